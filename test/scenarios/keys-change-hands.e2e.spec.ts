import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AcmeSimulator } from '../../connectors/acme-hr/simulator/src/index.js';
import { marked } from '../support/canary.js';
import { directoryPicture, sourcePicture } from '../support/directory-picture.js';
import type { OutcomeAnswer, SyncAnswer } from '../support/muster-api.js';
import { passEmailOfVanished } from '../support/random-transfers.js';
import { RunningMuster, startCompany, type UserAnswer } from '../support/running-muster.js';

const everyone = { seed: 9, terminatedShare: 0, oddShare: 0, contingentShare: 0 };
const completed = { state: 'completed', held: 0, counts: { failed: 0 } } as const;

type Row = OutcomeAnswer & { transfer: number | null; heldBy: string[]; relatedOutcomeIds: string[] };
type Company = Awaited<ReturnType<typeof startCompany>>;

describe('keys that change hands within one sync', () => {
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start();
  });
  afterAll(() => muster.stop());

  it('pass from leavers to joiners, between two, and in a circle of three', async () => {
    const { tenant, integration, source } = await company(40);
    const terminated = source.passEmail();
    const vanished = passEmailOfVanished(source, 'W0000012');
    source.swapEmails(['W0000004', 'W0000005']);
    source.circleEmails(['W0000006', 'W0000007', 'W0000008']);
    const first = emailOf(source, 'W0000004');
    const leavers = await usersOf(tenant, [terminated.leaver, vanished.leaver]);

    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(sync, sync.summary).toMatchObject({ ...completed, counts: { created: 2, updated: 5, deprovisioned: 2 } });
    const rows = await changes(tenant, sync);
    expect(rows.map(({ state }) => state)).toEqual(Array(9).fill('applied'));
    expect(groups(rows)).toEqual([2, 2, 2, 3]);

    expect(await directoryPicture(muster, tenant)).toEqual(await sourcePicture(muster, source));
    for (const { id } of leavers) expect(await user(tenant, id)).toMatchObject({ status: 'deactivated' });
    expect(await emails(tenant)).toContain(terminated.email);
    expect(await emails(tenant)).toContain(vanished.email);
    expect(await emails(tenant)).toContain(first);
    await expectNothingMore(tenant, integration);
    await source.stop();
  });

  it('are employee ids just as well', async () => {
    const { tenant, integration, source } = await company(30);
    rotateNumbers(source, ['W0000004', 'W0000005']);
    rotateNumbers(source, ['W0000006', 'W0000007', 'W0000008']);
    const [leaver = ''] = source.terminate(['W0000020']);
    const [joiner = ''] = source.hire(1);
    source.patch(joiner, { employeeNumber: source.worker(leaver)['employeeNumber'] });

    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(sync, sync.summary).toMatchObject({ ...completed, counts: { created: 1, updated: 5, deprovisioned: 1 } });
    expect(groups(await changes(tenant, sync))).toEqual([2, 2, 3]);
    expect(await directoryPicture(muster, tenant)).toEqual(await sourcePicture(muster, source));
    await expectNothingMore(tenant, integration);
    await source.stop();
  });

  it('make one group of an address and an employee id that pass between the same people', async () => {
    const { tenant, integration, source } = await company(30);
    source.swapEmails(['W0000004', 'W0000005']);
    rotateNumbers(source, ['W0000005', 'W0000006']);
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(sync, sync.summary).toMatchObject({ ...completed, counts: { updated: 3 } });
    expect(groups(await changes(tenant, sync))).toEqual([3]);
    expect(await directoryPicture(muster, tenant)).toEqual(await sourcePicture(muster, source));
    await source.stop();
  });

  it('stay with those who keep them, and with those whose own record fails', async () => {
    const { tenant, integration, source } = await company(30);
    const [joiner = ''] = source.hire(1);
    source.patch(joiner, { contact: { workEmail: emailOf(source, 'W0000004') } });
    source.swapEmails(['W0000005', 'W0000006']);
    source.patch('W0000005', { legalName: { given: null, family: null, display: null } });
    const before = await directoryPicture(muster, tenant);
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(sync, sync.summary).toMatchObject({
      state: 'completed',
      counts: { created: 0, updated: 0, failed: 3, deprovisioned: 0 },
    });
    const failures = (await muster.api.outcomes(tenant, sync.id)).filter(({ outcome }) => outcome === 'failed');
    expect(Object.fromEntries(failures.map(({ sourceId, reason }) => [sourceId, reason]))).toEqual({
      W0000005: 'requiredAttributeMissing',
      W0000006: 'keyCollision',
      [joiner]: 'keyCollision',
    });
    expect(await directoryPicture(muster, tenant)).toEqual(before);

    source.restore();
    const good = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(good, good.summary).toMatchObject({ ...completed, counts: { created: 0, updated: 0 } });
    await source.stop();
  });

  it('are not given back to somebody who returns while another has them, but when that other leaves', async () => {
    const { tenant, integration, source } = await company(30);
    const { leaver, joiner, email } = source.passEmail('W0000010');
    await live(tenant, integration);
    source.patch(leaver, { employment: { status: 'A', endDate: null } });
    const refused = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(refused.totals).toContainEqual({ outcome: 'failed', reason: 'keyCollision', state: null, count: 1 });
    expect((await usersOf(tenant, [leaver]))[0]).toMatchObject({ status: 'deactivated' });

    source.terminate([joiner]);
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(sync, sync.summary).toMatchObject({ ...completed, counts: { reactivated: 1, deprovisioned: 1 } });
    expect(groups(await changes(tenant, sync))).toEqual([2]);
    expect((await usersOf(tenant, [leaver]))[0]).toMatchObject({ status: 'active', attributes: { email } });
    await source.stop();
  });

  describe('when a safeguard holds the one who has it', () => {
    const leavings = [
      {
        how: 'being terminated',
        rules: ['explicitLeavers'],
        leave: (source: AcmeSimulator) => {
          source.terminate(ids(20, 26));
          return source.passEmail('W0000010');
        },
      },
      {
        how: 'vanishing',
        rules: ['inferredRemovals', 'inferredRemovals7Days', 'whole'],
        leave: (source: AcmeSimulator) => {
          source.remove(ids(20, 26));
          return passEmailOfVanished(source, 'W0000010');
        },
      },
    ];

    it.for(leavings)('by $how, holds the joiner, and approves both when one is named', async ({ leave, rules }) => {
      const { tenant, integration, source } = await company(30);
      const { leaver, joiner, email } = leave(source);
      source.rename(['W0000003']);
      const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
      expect(sync, sync.summary).toMatchObject({
        state: 'awaitingApproval',
        held: 9,
        counts: { created: 1, updated: 1, deprovisioned: 8 },
      });
      const rows = await changes(tenant, sync);
      const [rowOfLeaver, rowOfJoiner] = [rowOf(rows, leaver), rowOf(rows, joiner)];
      expect(rowOfJoiner).toMatchObject({ outcome: 'created', state: 'held', heldBy: rules });
      expect(rowOfLeaver).toMatchObject({ outcome: 'deprovisioned', state: 'held', heldBy: rules });
      expect(rowOfJoiner.transfer).toBe(rowOfLeaver.transfer);
      expect(rowOfJoiner.relatedOutcomeIds).toEqual([rowOfLeaver.id]);
      expect(rows.filter(({ state }) => state === 'applied').map(({ sourceId }) => sourceId)).toEqual(['W0000003']);
      expect((await usersOf(tenant, [leaver]))[0]).toMatchObject({ status: 'active', attributes: { email } });

      const answer = await approve(tenant, sync, { outcomeIds: [rowOfJoiner.id] });
      expect(answer).toEqual([rowOfLeaver.id]);
      const after = await settled(tenant, sync.id);
      expect(after, after.summary).toMatchObject({ state: 'awaitingApproval', held: 7 });
      const later = await changes(tenant, sync);
      expect([rowOf(later, leaver).state, rowOf(later, joiner).state]).toEqual(['applied', 'applied']);
      expect((await usersOf(tenant, [leaver]))[0]).toMatchObject({ status: 'deactivated' });
      expect((await usersOf(tenant, [joiner]))[0]).toMatchObject({ status: 'active', attributes: { email } });
      expect((await muster.users(tenant)).filter(({ status }) => status === 'deactivated')).toHaveLength(1);

      await muster.api.must('POST', `/v1/tenants/${tenant}/syncs/${sync.id}/reject`, {
        all: true,
        planHash: sync.planHash,
      });
      const rejected = await settled(tenant, sync.id, 2);
      expect(rejected, rejected.summary).toMatchObject({ state: 'completed', held: 0 });
      expect((await muster.users(tenant)).filter(({ status }) => status === 'deactivated')).toHaveLength(1);
      await source.stop();
    });

    it('rejects both when one is named', async () => {
      const { tenant, integration, source } = await company(30);
      source.terminate(ids(20, 26));
      const { leaver, joiner } = source.passEmail('W0000010');
      const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
      const rows = await changes(tenant, sync);
      const answer = await muster.api.must<{ alsoNamed: string[] }>(
        'POST',
        `/v1/tenants/${tenant}/syncs/${sync.id}/reject`,
        { outcomeIds: [rowOf(rows, leaver).id], planHash: sync.planHash },
      );
      expect(answer.alsoNamed).toEqual([rowOf(rows, joiner).id]);
      expect(await settled(tenant, sync.id, 1)).toMatchObject({ state: 'awaitingApproval', held: 7 });
      const later = await changes(tenant, sync);
      expect([rowOf(later, leaver).state, rowOf(later, joiner).state]).toEqual(['rejected', 'rejected']);
      await source.stop();
    });

    it('names the leaver too when joiners are approved by a filter', async () => {
      const { tenant, integration, source } = await company(30);
      source.terminate(ids(20, 26));
      const { leaver, joiner, email } = source.passEmail('W0000010');
      const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
      const rows = await changes(tenant, sync);
      const answer = await approve(tenant, sync, { filter: { outcome: 'created' }, includeHeld: true });
      expect(answer).toEqual([rowOf(rows, leaver).id]);
      expect(await settled(tenant, sync.id)).toMatchObject({ state: 'awaitingApproval', held: 7 });
      const later = await changes(tenant, sync);
      expect([rowOf(later, leaver).state, rowOf(later, joiner).state]).toEqual(['applied', 'applied']);
      expect((await usersOf(tenant, [joiner]))[0]).toMatchObject({ status: 'active', attributes: { email } });
      await source.stop();
    });

    it('leaves all of a circle alone when one of them was changed by hand meanwhile', async () => {
      const { tenant, integration, source } = await company(30);
      source.circleEmails(['W0000004', 'W0000005', 'W0000006']);
      source.changeEmail(ids(20, 25));
      const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
      expect(sync, sync.summary).toMatchObject({ state: 'awaitingApproval', held: 9 });
      const [changed] = await usersOf(tenant, ['W0000005']);
      const edited = await muster.api.call('GET', `/v1/tenants/${tenant}/users/${changed?.id ?? ''}`);
      await muster.api.must(
        'PATCH',
        `/v1/tenants/${tenant}/users/${changed?.id ?? ''}`,
        { attributes: { title: marked('By hand') } },
        { 'if-match': edited.headers.get('etag') ?? '' },
      );
      const before = await usersOf(tenant, ['W0000004', 'W0000005', 'W0000006']);
      expect(before[1]).toMatchObject({ attributes: { title: marked('By hand') } });
      await approve(tenant, sync, { all: true, includeHeld: true });
      const approved = await settled(tenant, sync.id);
      expect(approved, approved.summary).toMatchObject({ state: 'completed', held: 0 });
      expect(approved.summary).toMatch(/3 people were changed by something else meanwhile and left alone/);
      const rows = await changes(tenant, sync);
      const drifted = rows.filter(({ state }) => state === 'drifted').map(({ sourceId }) => sourceId);
      expect(drifted.sort()).toEqual(['W0000004', 'W0000005', 'W0000006']);
      expect(await usersOf(tenant, ['W0000004', 'W0000005', 'W0000006'])).toEqual(before);
      await live(tenant, integration);
      expect(await directoryPicture(muster, tenant)).toEqual(await sourcePicture(muster, source));
      await source.stop();
    });

    it('holds both of a swap when one of them is held for something else', async () => {
      const { tenant, integration, source } = await company(30);
      source.swapEmails(['W0000004', 'W0000005']);
      for (const id of ['W0000004', ...ids(20, 25)]) source.patch(id, { employment: { jobTitle: null } });
      const before = await usersOf(tenant, ['W0000004', 'W0000005']);
      const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
      expect(sync, sync.summary).toMatchObject({ state: 'awaitingApproval', held: 8 });
      expect(rowOf(await changes(tenant, sync), 'W0000005')).toMatchObject({
        state: 'held',
        heldBy: ['blankedValues'],
      });
      expect(await usersOf(tenant, ['W0000004', 'W0000005'])).toEqual(before);

      await approve(tenant, sync, { all: true, includeHeld: true });
      expect(await settled(tenant, sync.id)).toMatchObject(completed);
      expect(await directoryPicture(muster, tenant)).toEqual(await sourcePicture(muster, source));
      await source.stop();
    });
  });

  async function company(people: number): Promise<Company> {
    const started = await startCompany(muster, { ...everyone, people });
    await live(started.tenant, started.integration);
    return started;
  }

  async function live(tenant: string, integration: string): Promise<void> {
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(sync, sync.summary).toMatchObject(completed);
  }

  async function expectNothingMore(tenant: string, integration: string): Promise<void> {
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(sync, sync.summary).toMatchObject({ ...completed, counts: { created: 0, updated: 0, deprovisioned: 0 } });
  }

  async function changes(tenant: string, sync: SyncAnswer): Promise<Row[]> {
    const rows = (await muster.api.outcomes(tenant, sync.id)) as Row[];
    return rows.filter(({ outcome }) => outcome !== 'skipped' && outcome !== 'failed');
  }

  async function approve(tenant: string, { id, planHash }: SyncAnswer, named: object): Promise<string[]> {
    const path = `/v1/tenants/${tenant}/syncs/${id}/approve`;
    return (await muster.api.must<{ alsoNamed: string[] }>('POST', path, { ...named, planHash })).alsoNamed;
  }

  /** The sync once it has carried out a person's word. */
  async function settled(tenant: string, id: string, round = 1): Promise<SyncAnswer> {
    await expect.poll(() => muster.api.sync(tenant, id), { interval: 10, timeout: 20_000 }).toMatchObject({ round });
    return muster.api.ended(tenant, id);
  }

  async function user(tenant: string, id: string): Promise<UserAnswer> {
    return muster.api.must<UserAnswer>('GET', `/v1/tenants/${tenant}/users/${id}`);
  }

  /** Users by the worker id that stands in their picture's address. */
  async function usersOf(tenant: string, workers: readonly string[]): Promise<UserAnswer[]> {
    const users = await muster.users(tenant);
    return workers.flatMap((id) => users.filter(({ attributes }) => String(attributes['pictureUrl']).includes(id)));
  }

  async function emails(tenant: string): Promise<unknown[]> {
    const active = (await muster.users(tenant)).filter(({ status }) => status === 'active');
    return active.map(({ attributes }) => attributes['email']);
  }
});

function ids(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `W${String(from + index).padStart(7, '0')}`);
}

function emailOf(source: AcmeSimulator, id: string): string | null {
  return (source.worker(id)['contact'] as { workEmail: string | null }).workEmail;
}

function rotateNumbers(source: AcmeSimulator, workers: readonly string[]): void {
  const numbers = workers.map((id) => source.worker(id)['employeeNumber']);
  workers.forEach((id, index) => source.patch(id, { employeeNumber: numbers[(index + 1) % numbers.length] }));
}

function rowOf(rows: readonly Row[], sourceId: string): Row {
  const row = rows.find((one) => one.sourceId === sourceId);
  if (row === undefined) throw new Error(`nothing happens to ${sourceId}`);
  return row;
}

/** Sizes of the groups between which keys pass, smallest first. */
function groups(rows: readonly Row[]): number[] {
  const sizes = new Map<number, number>();
  for (const { transfer } of rows) if (transfer !== null) sizes.set(transfer, (sizes.get(transfer) ?? 0) + 1);
  return [...sizes.values()].sort((left, right) => left - right);
}
