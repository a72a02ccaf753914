import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MessageBus } from '#core';
import { ManualClock } from '#testing';
import { acmeHrDefaultMapping } from '../../connectors/acme-hr/src/acme-hr.mapping.js';
import { activateMapping } from '../support/acme-tenant.js';
import { marked } from '../support/canary.js';
import { directoryImage } from '../support/directory-image.js';
import { expectEveryRecordOnce } from '../support/every-record-once.js';
import type { OutcomeAnswer, SyncAnswer, SyncRequest } from '../support/muster-api.js';
import { RandomCompany, randomHistory } from '../support/random-company.js';
import { createRosterTenant, looseSafeguards, RosterSources, thirdOfAPage } from '../support/roster-source.js';
import { RunningMuster, startCompany } from '../support/running-muster.js';
import { UnrulyBus } from '../support/unruly-bus.js';

const seed = Number(process.env['MUSTER_TEST_SEED'] ?? 20260101);
const numRuns = Number(process.env['MUSTER_TEST_RUNS'] ?? 10);

const defaultMapping = {
  attributes: { ...acmeHrDefaultMapping.attributes },
  restricted: { expression: acmeHrDefaultMapping.restricted ?? '', onMissing: 'keep' },
};

describe('the same snapshot again', () => {
  const clock = new ManualClock('2025-06-01T09:00:00.000Z');
  let muster: RunningMuster;
  let company: Awaited<ReturnType<typeof startCompany>>;

  beforeAll(async () => {
    muster = await RunningMuster.start({ clock });
  });
  afterAll(() => muster.stop());

  const start = async (...args: Parameters<typeof startCompany> extends [unknown, ...infer Rest] ? Rest : never) => {
    company = await startCompany(muster, ...args);
    return company;
  };
  const live = async (body: SyncRequest = {}): Promise<SyncAnswer & { listed: OutcomeAnswer[] }> => {
    const { tenant, integration } = company;
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live', ...body });
    return { ...sync, listed: await expectEveryRecordOnce(muster.api, tenant, sync.id) };
  };
  /** What a sync says of one person; the unchanged are not listed. */
  const said = (sync: { listed: OutcomeAnswer[] }, sourceId: string): string => {
    const found = sync.listed.filter((row) => row.sourceId === sourceId);
    return found.length === 0
      ? 'skipped: unchanged'
      : found.map(({ outcome, reason }) => `${outcome}: ${reason}`).join();
  };
  const changesOf = (sync: { listed: OutcomeAnswer[] }, sourceId: string): unknown =>
    sync.listed.find((row) => row.sourceId === sourceId)?.changes;
  /** The user that a sync created for a person. */
  const userOf = (sync: { listed: OutcomeAnswer[] }, sourceId: string): string => {
    const id = sync.listed.find((row) => row.sourceId === sourceId)?.userId;
    if (id === null || id === undefined) throw new Error(`${sourceId} has no user`);
    return id;
  };
  const userPath = (id: string): string => `/v1/tenants/${company.tenant}/users/${id}`;
  const statusOf = async (id: string): Promise<string> =>
    (await muster.api.must<{ status: string }>('GET', userPath(id))).status;

  it('writes no user; every record is unchanged, or fails or is skipped as before', async () => {
    const { source, tenant } = await start({ people: 600, seed: 5, oddShare: 0.06 });
    source.addRaw(source.worker('W0000010'));
    source.addRaw({ ...source.worker('W0000011'), employeeNumber: marked('E-other') });
    source.patch('W0000012', { contact: { workEmail: marked('shared@acme.example') } });
    source.patch('W0000013', { contact: { workEmail: marked('Shared@acme.example') } });
    // It declares how many people there are, not how many rows.
    source.misbehave({ kind: 'wrongTotal', total: 600 });
    const first = await live();
    expect(first.state).toBe('completed');
    const settled = await directoryImage(muster, tenant);
    const reasons = new Map(first.listed.map(({ seq, outcome, reason }) => [seq, { outcome, reason }]));
    expect(new Set([...reasons.values()].map(({ reason }) => reason))).toEqual(
      new Set([
        'new',
        'alreadyTerminated',
        'requiredAttributeMissing',
        'typeMismatch',
        'duplicateRecord',
        'conflictingRecords',
        'keyCollision',
      ]),
    );

    clock.advance(3_600_000);
    for (const body of [{ replayOfSyncId: first.id }, {}, {}]) {
      const again = await live(body);
      expect(again.state).toBe('completed');
      const now = new Map(again.listed.map(({ seq, outcome, reason }) => [seq, { outcome, reason }]));
      for (const [seq, before] of reasons) {
        const unchanged = { outcome: 'skipped', reason: 'unchanged' };
        expect(now.get(seq) ?? unchanged, `record ${String(seq)}`).toEqual(
          before.outcome === 'created' ? unchanged : before,
        );
      }
      expect(await directoryImage(muster, tenant)).toEqual(settled);
      if ('replayOfSyncId' in body) expect(again.trigger).toBe('replay');
    }
    await source.stop();
  });

  it('with a new mapping version gives what the new expressions give, and nothing where they give the same', async () => {
    const { source, tenant, integration } = await start({ people: 80, seed: 6, oddShare: 0 });
    const first = await live();
    const users = await muster.users(tenant);

    await activateMapping(muster.api, tenant, integration, {
      ...defaultMapping,
      attributes: { ...defaultMapping.attributes, title: 'employment.jobTitle || `"none"`' },
    });
    const sameValues = await live({ replayOfSyncId: first.id });
    expect(sameValues.counts).toMatchObject({ created: 0, updated: 0, failed: 0, deprovisioned: 0 });
    expect(await muster.users(tenant)).toEqual(users);

    await activateMapping(muster.api, tenant, integration, {
      ...defaultMapping,
      attributes: {
        ...defaultMapping.attributes,
        title: "join(' / ', [employment.jobTitle, employment.orgUnit.code])",
      },
    });
    const dry = await muster.api.runSync(tenant, integration, { mode: 'dry', replayOfSyncId: sameValues.id });
    expect(dry.counts).toMatchObject({ updated: users.length });
    const changed = await live();
    expect(changed.counts).toMatchObject({ created: 0, updated: users.length, failed: 0, deprovisioned: 0 });
    const { employment } = source.worker('W0000007') as {
      employment: { jobTitle: string; orgUnit: { code: string } };
    };
    expect(changesOf(changed, 'W0000007')).toEqual({
      title: { before: employment.jobTitle, after: `${employment.jobTitle} / ${employment.orgUnit.code}` },
    });
    const settled = await muster.users(tenant);
    expect((await live()).counts).toMatchObject({ updated: 0 });
    expect(await muster.users(tenant)).toEqual(settled);
    await source.stop();
  });

  it('ends the access of those whose termination date has come, by the tenant’s date, and only theirs', async () => {
    clock.set('2025-06-01T09:00:00.000Z');
    const { source, tenant } = await start({ people: 60, seed: 7, oddShare: 0 }, { timeZone: 'Pacific/Auckland' });
    source.patch('W0000020', { employment: { status: 'A', endDate: '2025-06-04' } });
    source.patch('W0000021', { employment: { status: 'A', endDate: '2025-06-09' } });
    const first = await live();
    const user = userOf(first, 'W0000020');

    clock.set('2025-06-03T11:59:00.000Z');
    const dayBefore = await live({ replayOfSyncId: first.id });
    expect(said(dayBefore, 'W0000020')).toBe('skipped: unchanged');

    // In Auckland it is the 4th by now.
    clock.set('2025-06-03T12:01:00.000Z');
    const others = (await muster.users(tenant)).filter(({ id }) => id !== user);
    const dry = await muster.api.runSync(company.tenant, company.integration, { mode: 'dry' });
    expect(dry.counts).toMatchObject({ deprovisioned: 1, updated: 0 });
    expect(await statusOf(user)).toBe('active');
    const reached = await live();
    expect(reached.counts).toMatchObject({ deprovisioned: 1, updated: 0, created: 0 });
    expect(said(reached, 'W0000020')).toBe('deprovisioned: terminationDate');
    expect(await statusOf(user)).toBe('deactivated');
    expect((await muster.users(tenant)).filter(({ id }) => id !== user)).toEqual(others);

    const settled = await directoryImage(muster, tenant);
    const after = await live();
    expect(said(after, 'W0000020')).toBe('skipped: alreadyTerminated');
    expect(said(after, 'W0000021')).toBe('skipped: unchanged');
    expect(await directoryImage(muster, tenant)).toEqual(settled);
    await source.stop();
  });

  it('overwrites a value set by hand as updated, and leaves alone what nothing is mapped to', async () => {
    const { source, tenant } = await start(
      { people: 40, seed: 8, oddShare: 0 },
      { attributes: { 'custom.note': { label: 'Note', type: 'string' } } },
    );
    const first = await live();
    const user = userOf(first, 'W0000015');
    const { jobTitle } = (source.worker('W0000015') as { employment: { jobTitle: string } }).employment;
    await muster.api.must('PATCH', userPath(user), {
      attributes: { title: marked('Head of Nothing'), 'custom.note': marked('kept') },
    });
    const edited = (await muster.users(tenant)).filter(({ id }) => id !== user);

    const again = await live({ replayOfSyncId: first.id });
    expect(again.counts).toMatchObject({ created: 0, updated: 1, failed: 0, deprovisioned: 0 });
    expect(said(again, 'W0000015')).toBe('updated: changed');
    expect(changesOf(again, 'W0000015')).toEqual({ title: { before: marked('Head of Nothing'), after: jobTitle } });
    const { attributes } = await muster.api.must<{ attributes: Record<string, unknown> }>('GET', userPath(user));
    expect(attributes).toMatchObject({ title: jobTitle, 'custom.note': marked('kept') });
    expect((await muster.users(tenant)).filter(({ id }) => id !== user)).toEqual(edited);
    expect((await live()).counts).toMatchObject({ updated: 0 });
    await source.stop();
  });

  it('lets a deprovisioning by hand stand until the source has shown the person away and then active', async () => {
    const { source } = await start({ people: 60, seed: 9, oddShare: 0, terminatedShare: 0 });
    const first = await live();
    const [ends, vanishes, undone, onlyDry] = ['W0000050', 'W0000051', 'W0000052', 'W0000053'] as const;
    const all = [ends, vanishes, undone, onlyDry];
    for (const id of all) await muster.api.must('POST', `${userPath(userOf(first, id))}/deprovision`);
    const statuses = () => Promise.all(all.map((id) => statusOf(userOf(first, id))));
    expect(await statuses()).toEqual(['deactivated', 'deactivated', 'deactivated', 'deactivated']);

    for (const body of [{ replayOfSyncId: first.id }, {}]) {
      const again = await live(body);
      expect(all.map((id) => said(again, id))).toEqual(all.map(() => 'skipped: manual'));
    }
    source.rename(all);
    const renamed = await live();
    expect(all.map((id) => said(renamed, id))).toEqual(all.map(() => 'skipped: manual'));
    expect(await statuses()).toEqual(['deactivated', 'deactivated', 'deactivated', 'deactivated']);

    // A dry sync sees it and leaves no trace: the word stands.
    source.patch(onlyDry, { employment: { status: 'T' } });
    await muster.api.runSync(company.tenant, company.integration, { mode: 'dry' });
    source.patch(onlyDry, { employment: { status: 'A' } });
    source.terminate([ends], '2025-06-01');
    source.remove([vanishes]);
    await muster.api.must('POST', `${userPath(userOf(first, undone))}/reactivate`);
    const away = await live();
    expect(said(away, ends)).toBe('skipped: alreadyTerminated');
    expect(said(away, undone)).toBe('updated: changed');
    expect(said(away, onlyDry)).toBe('skipped: manual');
    expect(away.counts).toMatchObject({ deprovisioned: 0, reactivated: 0 });

    source.restore([ends, vanishes]);
    const back = await live();
    expect(said(back, ends)).toBe('reactivated: returned');
    expect(said(back, vanishes)).toBe('reactivated: returned');
    expect(said(back, onlyDry)).toBe('skipped: manual');
    expect(await statuses()).toEqual(['active', 'active', 'active', 'deactivated']);
    await source.stop();
  });
});

describe('the same snapshot again, of any company', () => {
  const clock = new ManualClock();
  const sources = new RosterSources();
  let muster: RunningMuster;
  let bus: UnrulyBus;

  beforeAll(async () => {
    muster = await RunningMuster.start({ clock, connectors: [sources.connector] });
    bus = new UnrulyBus(muster.part(MessageBus), seed);
  });
  afterAll(async () => {
    await bus.calm();
    await muster.stop();
  });

  /** What a record must come to when it is read again. */
  const again = ({ outcome, reason }: { outcome: string; reason: string }): string => {
    if (outcome === 'failed' || outcome === 'skipped') return `${outcome}: ${reason}`;
    if (outcome !== 'deprovisioned') return 'skipped: unchanged';
    return reason === 'outOfScope' ? 'skipped: outOfScope' : 'skipped: alreadyTerminated';
  };

  it('writes no user, whatever came before and in whatever order its pages come', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(randomHistory, async ({ people, steps, arePagesSmall, order }) => {
        bus.reseed(order);
        const roster = `company ${String((runs += 1))}`;
        const { tenant, integration } = await createRosterTenant(muster.api, roster, { safeguards: looseSafeguards });
        const company = new RandomCompany(people, arePagesSmall ? thirdOfAPage : '');
        for (const { changes, days } of steps) {
          clock.advance(days * 86_400_000);
          company.apply(changes, clock.nowMs());
          sources.set(roster, company.people);
          const first = await muster.api.runSync(tenant, integration, { mode: 'live' });
          const before = await expectEveryRecordOnce(muster.api, tenant, first.id);
          // Whom a safeguard stopped may pass once others have changed what it measures.
          if (first.state === 'awaitingApproval') return;
          const settled = await directoryImage(muster, tenant);

          for (const body of [{ replayOfSyncId: first.id }, {}]) {
            const second = await muster.api.runSync(tenant, integration, { mode: 'live', ...body });
            const after = await expectEveryRecordOnce(muster.api, tenant, second.id);
            const said = new Map(after.map(({ seq, outcome, reason }) => [seq, `${outcome}: ${reason}`]));
            const expected = new Map(before.map((row) => [row.seq, again(row)]));
            for (let seq = 0; seq < company.people.length; seq += 1) {
              expect(said.get(seq) ?? 'skipped: unchanged', `record ${String(seq)}`).toBe(
                expected.get(seq) ?? 'skipped: unchanged',
              );
            }
            const users = (await directoryImage(muster, tenant)).map(({ user }) => user);
            expect(users).toEqual(settled.map(({ user }) => user));
          }
        }
      }),
      { numRuns, seed, interruptAfterTimeLimit: 150_000, markInterruptAsFailure: true },
    );
  });
});
