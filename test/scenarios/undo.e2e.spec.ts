import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MessageBus, SyncStore, type SyncId, type TenantId } from '#core';
import { marked } from '../support/canary.js';
import { followSyncEvents, type StreamPosition } from '../support/follow-sync-events.js';
import { interceptBus } from '../support/intercept-bus.js';
import type { OutcomeAnswer, SyncAnswer } from '../support/muster-api.js';
import { looseIfWhole, type RosterPerson } from '../support/roster-source.js';
import { RunningMuster, type UserAnswer } from '../support/running-muster.js';
import { person, persons, type ScriptedCompany as Company, ScriptedSources } from '../support/scripted-source.js';

interface UndoAnswer {
  id: string;
  code?: string;
  detail?: string;
}

interface IntegrationAnswer {
  revision: number;
  paused: { syncId: string; message: string } | null;
  schedule: { nextRunAt: string | null } | null;
}

const numRuns = Number(process.env['MUSTER_TEST_RUNS'] ?? 20);

/** Two who stay and some of eight, with titles, roles and leavers by chance; addresses and employee ids pass between them. */
const roster = fc
  .record({
    numbers: fc.subarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 2 }),
    mails: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }),
    nums: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }),
    titles: fc.array(fc.constantFrom(marked('Cook'), marked('Chef'), null), { minLength: 8, maxLength: 8 }),
    access: fc.array(fc.constantFrom('R' as const, 'N' as const), { minLength: 8, maxLength: 8 }),
    stay: fc.array(fc.constantFrom(true, true, true, false), { minLength: 8, maxLength: 8 }),
  })
  .map(({ numbers, mails, nums, titles, access, stay }) => [
    ...numbers.map((number) =>
      person(number, {
        mail: marked(`p${String(mails[number])}@x.example`),
        num: marked(`N${String(nums[number])}`),
        title: titles[number] ?? null,
        access: access[number] ?? 'N',
        active: stay[number] ?? true,
      }),
    ),
    ...persons(10).slice(8),
  ]);

describe('the undo of a sync', () => {
  const sources = new ScriptedSources();
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start({ connectors: [sources.connector] });
  });
  afterAll(() => muster.stop());

  it('shows first what it would do, and brings everybody back when it is approved', async () => {
    const company = await live(persons(10));
    const before = await active(company);
    const sync = await show(company, shaken());
    expect(sync, sync.summary).toMatchObject({
      state: 'completed',
      counts: { created: 2, updated: 5, deprovisioned: 2 },
    });
    const after = await muster.users(company.tenant);

    const dry = await undo(company, sync.id);
    expect(dry, dry.summary).toMatchObject({
      state: 'completed',
      mode: 'dry',
      trigger: 'undo',
      undoOfSyncId: sync.id,
      counts: { created: 0, updated: 5, deprovisioned: 2, reactivated: 2, failed: 0 },
    });
    expect(dry.summary).toContain(
      `Dry undo of sync ${sync.id}: 5 people would be updated, 2 given their access back and 2 removed. Nobody has been changed.`,
    );
    expect(await muster.users(company.tenant)).toEqual(after);
    expect((await integration(company)).paused).toBeNull();

    const path = `/v1/tenants/${company.tenant}/syncs/${dry.id}`;
    await muster.api.must('POST', `${path}/approve`, { all: true, planHash: dry.planHash });
    await expect.poll(async () => (await muster.api.sync(company.tenant, dry.id)).mode).toBe('live');
    await expect.poll(async () => applied(await muster.api.sync(company.tenant, dry.id))).toBe(9);
    expect(await active(company)).toEqual(before);
    const created = (await muster.users(company.tenant)).filter(({ id }) => !before.some((user) => user.id === id));
    expect(created.map(({ status }) => status)).toEqual(['deactivated', 'deactivated']);
    expect(await muster.api.sync(company.tenant, sync.id)).toMatchObject({ undoneBySyncId: dry.id });
  });

  it('tells each of its states to who follows it, then those that its approval leads through', async () => {
    const company = await live(persons(3));
    const sync = await show(company, [...persons(3), person(3)]);
    const { body } = await ask(company, sync.id);
    const position: StreamPosition = { lastId: null };
    const follow = async () => followSyncEvents(muster.api, { tenant: company.tenant, sync: body.id }, position);
    expect(await follow()).toEqual(['queued', 'planning', 'settling', 'completed', 'end']);
    const { planHash } = await muster.api.sync(company.tenant, body.id);
    const path = `/v1/tenants/${company.tenant}/syncs/${body.id}`;
    await muster.api.must('POST', `${path}/approve`, { all: true, planHash });
    expect(await follow()).toEqual(['applying', 'completed', 'end']);
  });

  it('says of each outcome what it takes back, and why it is done', async () => {
    const company = await live(persons(3));
    const sync = await show(company, [person(0, { title: marked('Cook') }), person(1), person(2)]);
    const [done] = await muster.api.outcomes(company.tenant, sync.id);
    const taken = await undo(company, sync.id, 'live');
    const [row] = await muster.api.outcomes(company.tenant, taken.id);
    expect(row).toMatchObject({
      outcome: 'updated',
      reason: 'undone',
      state: 'applied',
      undoesOutcomeId: done?.id,
      changes: { title: { before: marked('Cook'), after: null } },
    });
    const explanation = await muster.api.must<{ why: string; record: { note: string } }>(
      'GET',
      `/v1/tenants/${company.tenant}/outcomes/${row?.id ?? ''}/explanation`,
    );
    expect(explanation.why).toContain('undone');
    expect(explanation.record.note).toContain(sync.id);
  });

  it('can be undone itself: the same people come back under the same ids', async () => {
    const company = await live(persons(10));
    const before = await active(company);
    const sync = await show(company, shaken());
    const after = await active(company);
    const first = await undo(company, sync.id, 'live');
    expect(first, first.summary).toMatchObject({ state: 'completed' });
    expect(await active(company)).toEqual(before);
    const again = await ask(company, sync.id, 'live');
    expect(again).toMatchObject({ status: 409, body: { code: 'alreadyUndone' } });
    expect(again.body.detail).toContain(`undo sync ${first.id}`);

    const second = await undo(company, first.id, 'live');
    expect(second, second.summary).toMatchObject({ state: 'completed', counts: { reactivated: 2, deprovisioned: 2 } });
    expect(await active(company)).toEqual(after);
    expect((await ask(company, sync.id, 'live')).body.detail).toContain(`undo sync ${second.id}`);
  });

  it('leaves alone whom something else has changed since, says what, and takes back the others', async () => {
    const company = await live(persons(6));
    const sync = await show(
      company,
      persons(6).map((one) => ({ ...one, title: marked('Cook') })),
    );
    const byHand = await edit(company, marked('Person 1'), { title: marked('Chef') });
    const later = await show(company, [
      ...persons(6)
        .slice(0, 2)
        .map((one) => ({ ...one, title: marked('Cook') })),
      person(2, { title: marked('Baker') }),
      ...persons(6)
        .slice(3)
        .map((one) => ({ ...one, title: marked('Cook') })),
    ]);
    const taken = await undo(company, sync.id, 'live');
    expect(taken, taken.summary).toMatchObject({ state: 'completed' });
    expect(taken.summary).toContain('2 people have been changed by something else since and were left alone.');
    const drifted = await outcomes(company, taken.id, 'drifted');
    expect(drifted.map(({ changedBySyncId }) => changedBySyncId)).toEqual([later.id, later.id]);
    expect(drifted[0]?.note).toContain(later.id);
    const titles = (await muster.users(company.tenant)).map(({ attributes }) => attributes['title'] ?? null);
    expect(titles.toSorted()).toEqual([marked('Baker'), marked('Cook'), null, null, null, null].toSorted());
    expect(byHand).not.toBe(later.id);
  });

  it('takes a change by hand back, too, and lets the integration run on', async () => {
    const company = await live(persons(3));
    const before = await active(company);
    const syncId = await edit(company, marked('Person 1'), { title: marked('Chef') });
    const taken = await undo(company, syncId, 'live');
    expect(taken, taken.summary).toMatchObject({ state: 'completed', counts: { updated: 1 } });
    expect(await active(company)).toEqual(before);
    expect((await integration(company)).paused).toBeNull();
  });

  it('takes back what has been approved later, too, and not what nobody has let through', async () => {
    const company = await live(persons(10), { ...looseIfWhole, inferredRemovals: 0 });
    const before = await active(company);
    const sync = await show(company, [person(0, { title: marked('Cook') }), ...persons(7).slice(1)]);
    expect(sync, sync.summary).toMatchObject({ state: 'awaitingApproval', held: 3 });
    expect(await undo(company, sync.id)).toMatchObject({ counts: { updated: 1, reactivated: 0 } });
    const path = `/v1/tenants/${company.tenant}/syncs/${sync.id}`;
    const { planHash } = sync;
    await muster.api.must('POST', `${path}/approve`, { all: true, includeHeld: true, planHash });
    await expect.poll(async () => (await muster.api.sync(company.tenant, sync.id)).state).toBe('completed');
    expect(await active(company)).toHaveLength(7);
    const taken = await undo(company, sync.id, 'live');
    expect(taken, taken.summary).toMatchObject({ state: 'completed', counts: { updated: 1, reactivated: 3 } });
    expect(await active(company)).toEqual(before);
  });

  it('ends nobody’s access whom another primary source shows by now', async () => {
    const company = await live(persons(3));
    const sync = await show(company, persons(5));
    const other = await sources.integrate(muster.api, company.tenant, `${company.source}-other`, {
      safeguards: looseIfWhole,
    });
    sources.set(`${company.source}-other`, [person(4, { id: marked('x4') })]);
    const shown = await muster.api.runSync(company.tenant, other, { mode: 'live' });
    expect(shown, shown.summary).toMatchObject({ counts: { skipped: 1, created: 0 } });
    const taken = await undo(company, sync.id, 'live');
    expect(taken, taken.summary).toMatchObject({ state: 'completed' });
    const [row] = await outcomes(company, taken.id, 'drifted');
    expect(row?.note).toContain('another primary source');
    const names = (await active(company)).map(({ attributes }) => attributes['fullName']);
    expect(names.toSorted()).toEqual([marked('Person 0'), marked('Person 1'), marked('Person 2'), marked('Person 4')]);
  });

  it('of a removal by hand, undone in its turn, stands by hand', async () => {
    const company = await live(persons(3));
    const user = (await active(company)).find(({ attributes }) => attributes['fullName'] === marked('Person 1'));
    const path = `/v1/tenants/${company.tenant}/users/${user?.id ?? ''}/deprovision`;
    const { syncId } = await muster.api.must<{ syncId: string }>('POST', path);
    await muster.api.ended(company.tenant, syncId);
    const back = await undo(company, syncId, 'live');
    expect(back.counts).toMatchObject({ reactivated: 1 });
    expect((await undo(company, back.id, 'live')).counts).toMatchObject({ deprovisioned: 1 });
    const next = await show(company, persons(3));
    expect(next.totals).toContainEqual({ outcome: 'skipped', reason: 'manual', state: null, count: 1 });
    expect(await active(company)).toHaveLength(2);
  });

  it('fails when its sync has gone on meanwhile, and changes nobody', async () => {
    const company = await live(persons(3));
    const sync = await show(company, persons(4));
    const before = await muster.users(company.tenant);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const stop = interceptBus(muster.part(MessageBus), 'outcomes', async ({ tenantId, kind }) => {
      if (kind === 'planned' && tenantId === (company.tenant as TenantId)) await promise;
      return true;
    });
    const { body } = await ask(company, sync.id, 'live');
    await expect.poll(async () => (await muster.api.sync(company.tenant, body.id)).state).toBe('planning');
    const ids = [company.tenant as TenantId, sync.id as SyncId] as const;
    await muster.part(SyncStore).move(...ids, 'completed', 'completed', { round: 1 });
    resolve(undefined);
    const failed = await muster.api.ended(company.tenant, body.id);
    stop();
    expect(failed).toMatchObject({ state: 'failed', failure: { code: 'undoneSyncWentOn' } });
    expect(await muster.users(company.tenant)).toEqual(before);
    expect(await undo(company, sync.id, 'live')).toMatchObject({ state: 'completed', counts: { deprovisioned: 1 } });
  });

  it('pauses the integration, says why, and the source does it all again once somebody has resumed it', async () => {
    const company = await live(persons(10));
    const path = `/v1/tenants/${company.tenant}/integrations/${company.integration}`;
    await patch(company, { schedule: { mode: 'live', every: 24 } });
    const sync = await show(company, shaken());
    const after = await active(company);
    expect((await integration(company)).schedule?.nextRunAt).not.toBeNull();
    const taken = await undo(company, sync.id, 'live');
    const paused = await integration(company);
    expect(paused).toMatchObject({ paused: { syncId: taken.id }, schedule: { nextRunAt: null } });
    expect(paused.paused?.message).toContain('resume');
    // Another schedule is set, and still rests.
    await patch(company, { schedule: { mode: 'live', every: 3 } });
    expect((await integration(company)).schedule?.nextRunAt).toBeNull();
    await patch(company, { paused: false });
    const resumed = await muster.api.must<IntegrationAnswer>('GET', path);
    expect(resumed.paused).toBeNull();
    expect(resumed.schedule?.nextRunAt).not.toBeNull();

    const next = await show(company, shaken());
    expect(next, next.summary).toMatchObject({
      state: 'completed',
      counts: { created: 0, reactivated: 2, updated: 5, deprovisioned: 2 },
    });
    expect(await active(company)).toEqual(after);
  });

  it('is refused where there is nothing to take back, and says what to do', async () => {
    const company = await live(persons(3));
    const dry = await muster.api.runSync(company.tenant, company.integration, { mode: 'dry' });
    expect(await ask(company, dry.id)).toMatchObject({ status: 409, body: { code: 'nothingToUndo' } });
    const unchanged = await show(company, persons(3));
    expect(await ask(company, unchanged.id)).toMatchObject({ status: 409, body: { code: 'nothingToUndo' } });
    const release = sources.setGated(company.source, persons(4));
    const { id } = await muster.api.must<{ id: string }>(
      'POST',
      `/v1/tenants/${company.tenant}/integrations/${company.integration}/syncs`,
      { mode: 'live' },
    );
    expect(await ask(company, id)).toMatchObject({ status: 409, body: { code: 'notEnded' } });
    release();
    await muster.api.ended(company.tenant, id);
    expect((await ask(company, 'syn_0000000000000000')).status).toBe(404);
  });

  it('waits for a live sync that was there before, which may not do again what is taken back', async () => {
    const company = await live(persons(4));
    const sync = await show(company, [...persons(4), person(4)]);
    const release = sources.setGated(company.source, [...persons(4), person(4, { title: marked('Cook') })]);
    const { id } = await muster.api.must<{ id: string }>(
      'POST',
      `/v1/tenants/${company.tenant}/integrations/${company.integration}/syncs`,
      { mode: 'live' },
    );
    await expect.poll(async () => (await muster.api.sync(company.tenant, id)).state).toBe('fetching');
    const answer = await ask(company, sync.id, 'live');
    expect(answer.status).toBe(202);
    release();
    const taken = await muster.api.ended(company.tenant, answer.body.id);
    const before = await muster.api.sync(company.tenant, id);
    expect(before.endedAt! <= taken.endedAt!).toBe(true);
    // The sync before has changed the one person of whom this is.
    expect(taken).toMatchObject({
      state: 'completed',
      totals: [{ outcome: 'deprovisioned', state: 'drifted', count: 1 }],
    });
  });

  it.each([
    ['everybody', {}],
    ['some', { extent: 'delta' as const }],
  ])('that was dry waits, once approved, for a live sync that reads %s by then', async (_whom, parts) => {
    const company = await live(persons(4));
    const cooks = persons(4).map((one) => ({ ...one, title: marked('Cook') }));
    const sync = await show(company, cooks);
    const dry = await undo(company, sync.id);
    const later = [...cooks.slice(0, 3), person(3, { title: marked('Chef') })];
    const release = sources.setGated(company.source, later, parts);
    const { id } = await muster.api.must<{ id: string }>(
      'POST',
      `/v1/tenants/${company.tenant}/integrations/${company.integration}/syncs`,
      { mode: 'live' },
    );
    await expect.poll(async () => (await muster.api.sync(company.tenant, id)).state).toBe('fetching');
    const path = `/v1/tenants/${company.tenant}/syncs/${dry.id}`;
    await muster.api.must('POST', `${path}/approve`, { all: true, planHash: dry.planHash });
    await expect.poll(async () => (await muster.api.sync(company.tenant, dry.id)).mode).toBe('live');
    await setTimeout(300);
    expect(applied(await muster.api.sync(company.tenant, dry.id))).toBe(0);

    release();
    expect(await muster.api.ended(company.tenant, id)).toMatchObject({ state: 'completed', counts: { updated: 1 } });
    await expect.poll(async () => applied(await muster.api.sync(company.tenant, dry.id))).toBe(3);
    const taken = await muster.api.ended(company.tenant, dry.id);
    expect(taken.totals).toContainEqual({ outcome: 'updated', reason: 'undone', state: 'drifted', count: 1 });
    const titles = (await active(company)).map(({ attributes }) => attributes['title'] ?? null);
    expect(titles.toSorted()).toEqual([marked('Chef'), null, null, null]);
  });

  it('can be asked for again when some of it failed, and takes back what is left', async () => {
    const company = await live(persons(4));
    const changed = [
      person(0, { mail: marked('new0@x.example') }),
      person(1, { title: marked('Cook') }),
      person(2),
      person(3),
    ];
    const sync = await show(company, changed);
    await show(company, [...changed, person(9, { mail: person(0).mail! })]);
    const first = await undo(company, sync.id, 'live');
    expect(first.totals).toContainEqual({ outcome: 'failed', reason: 'keyCollision', state: null, count: 1 });
    expect(applied(first)).toBe(1);
    expect(await muster.api.sync(company.tenant, sync.id)).toMatchObject({ undoneBySyncId: null });

    await edit(company, marked('Person 9'), { email: marked('nine@x.example') });
    const second = await undo(company, sync.id, 'live');
    expect(second, second.summary).toMatchObject({ state: 'completed', counts: { failed: 0 } });
    expect(applied(second)).toBe(1);
    const [drifted] = await outcomes(company, second.id, 'drifted');
    expect(drifted?.changedBySyncId).toBe(first.id);
    const back = (await active(company)).find(({ attributes }) => attributes['fullName'] === marked('Person 0'));
    expect(back?.attributes['email']).toBe(person(0).mail);
    expect(await muster.api.sync(company.tenant, sync.id)).toMatchObject({ undoneBySyncId: second.id });
    expect(await ask(company, sync.id, 'live')).toMatchObject({ status: 409, body: { code: 'alreadyUndone' } });
  });

  it('can be asked for again when some of its dry plan was approved and the rest rejected', async () => {
    const company = await live(persons(4));
    const before = await active(company);
    const sync = await show(
      company,
      persons(4).map((one) => ({ ...one, title: marked('Cook') })),
    );
    const dry = await undo(company, sync.id);
    const path = `/v1/tenants/${company.tenant}/syncs/${dry.id}`;
    const [one, ...rest] = (await muster.api.outcomes(company.tenant, dry.id)).map(({ id }) => id);
    await muster.api.must('POST', `${path}/approve`, { outcomeIds: [one], planHash: dry.planHash });
    await expect.poll(async () => (await muster.api.sync(company.tenant, dry.id)).state).toBe('awaitingApproval');
    const early = await ask(company, sync.id, 'live');
    expect(early).toMatchObject({ status: 409, body: { code: 'alreadyUndone' } });
    expect(early.body.detail).toContain('Approve the rest there, or reject it');

    await muster.api.must('POST', `${path}/reject`, { outcomeIds: rest, planHash: dry.planHash });
    await expect.poll(async () => (await muster.api.sync(company.tenant, dry.id)).state).toBe('completed');
    const second = await undo(company, sync.id, 'live');
    expect(applied(second)).toBe(3);
    expect(await outcomes(company, second.id, 'drifted')).toHaveLength(1);
    expect(await active(company)).toEqual(before);
  });

  it('is done once when it is asked for twice at the same moment', async () => {
    const company = await live(persons(4));
    const sync = await show(company, [...persons(4), person(4)]);
    const answers = await Promise.all([1, 2, 3].map(async () => ask(company, sync.id, 'live')));
    const taken = answers.filter(({ status }) => status === 202);
    expect(taken.length).toBeGreaterThanOrEqual(1);
    const ends = await Promise.all(taken.map(async ({ body }) => muster.api.ended(company.tenant, body.id)));
    expect(ends.filter(({ state }) => state === 'completed')).toHaveLength(1);
    for (const { state, failure } of ends.filter((end) => end.state !== 'completed')) {
      expect({ state, code: failure?.code }).toEqual({ state: 'failed', code: 'alreadyUndone' });
    }
    expect(ends.reduce((sum, end) => sum + applied(end), 0)).toBe(1);
  });

  it('holds for several pages of people', async () => {
    const company = await live(persons(1_300));
    const before = await active(company);
    // The first and the last ten swap their addresses: what passes between them passes between pages.
    const swapped = persons(1_300).map((one, number) =>
      number < 10 || number >= 1_290
        ? { ...one, mail: person(1_299 - number).mail! }
        : { ...one, title: marked('Cook') },
    );
    const sync = await show(company, swapped);
    expect(sync, sync.summary).toMatchObject({ state: 'completed', counts: { updated: 1_300 } });
    const taken = await undo(company, sync.id, 'live');
    expect(taken, taken.summary).toMatchObject({ state: 'completed', counts: { updated: 1_300, failed: 0 } });
    expect(applied(taken)).toBe(1_300);
    expect(await active(company)).toEqual(before);
  });

  it('ends any history as it was before its last sync, and the undo of it as it was after', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(roster, { minLength: 2, maxLength: 4 }), async (history) => {
        const company = await sources.anotherCompany(muster.api, { safeguards: looseIfWhole });
        for (const people of history.slice(0, -1)) await show(company, people);
        const before = await active(company);
        const sync = await show(company, history.at(-1) ?? []);
        expect(sync, sync.summary).toMatchObject({ state: 'completed' });
        fc.pre(applied(sync) > 0);
        const after = await active(company);

        const taken = await undo(company, sync.id, 'live');
        expect(taken, taken.summary).toMatchObject({ state: 'completed', counts: { failed: 0 } });
        expect(await active(company)).toEqual(before);
        const again = await undo(company, taken.id, 'live');
        expect(again, again.summary).toMatchObject({ state: 'completed', counts: { failed: 0 } });
        expect(await active(company)).toEqual(after);
      }),
      { numRuns },
    );
  });

  /**
   * Ten persons once more: the first two are gone and their addresses have passed to two newcomers; two have swapped
   * addresses and two employee ids; one is promoted.
   */
  function shaken(): RosterPerson[] {
    return [
      person(2, { mail: marked('p3@x.example') }),
      person(3, { mail: marked('p2@x.example') }),
      person(4, { title: marked('Chef') }),
      person(5, { num: marked('N6') }),
      person(6, { num: marked('N5') }),
      ...persons(10).slice(7),
      person(20, { mail: marked('p0@x.example') }),
      person(21, { mail: marked('p1@x.example') }),
    ];
  }

  async function live(people: RosterPerson[], limits = looseIfWhole): Promise<Company> {
    const company = await sources.anotherCompany(muster.api, { safeguards: limits });
    const first = await show(company, people);
    expect(first, first.summary).toMatchObject({ state: 'completed', counts: { created: people.length } });
    return company;
  }

  async function show({ tenant, integration: id, source }: Company, people: RosterPerson[]): Promise<SyncAnswer> {
    sources.set(source, people);
    return muster.api.runSync(tenant, id, { mode: 'live' });
  }

  async function ask({ tenant }: Company, sync: string, mode?: 'live') {
    const body = mode === undefined ? undefined : { mode };
    return muster.api.call<UndoAnswer>('POST', `/v1/tenants/${tenant}/syncs/${sync}/undo`, body);
  }

  async function undo(company: Company, sync: string, mode?: 'live'): Promise<SyncAnswer> {
    const { status, body } = await ask(company, sync, mode);
    expect({ status, code: body.code }).toEqual({ status: 202, code: undefined });
    return muster.api.ended(company.tenant, body.id);
  }

  async function active({ tenant }: Company): Promise<UserAnswer[]> {
    const users = (await muster.users(tenant)).filter(({ status }) => status === 'active');
    return users.map(({ id, status, role, attributes }) => ({ id, status, role, attributes }));
  }

  async function edit({ tenant }: Company, name: string, attributes: object): Promise<string> {
    const user = (await muster.users(tenant)).find((one) => one.attributes['fullName'] === name);
    const path = `/v1/tenants/${tenant}/users/${user?.id ?? ''}`;
    const { syncId } = await muster.api.must<{ syncId: string }>('PATCH', path, { attributes });
    await muster.api.ended(tenant, syncId);
    return syncId;
  }

  async function integration({ tenant, integration: id }: Company): Promise<IntegrationAnswer> {
    return muster.api.must<IntegrationAnswer>('GET', `/v1/tenants/${tenant}/integrations/${id}`);
  }

  async function patch(company: Company, body: object): Promise<void> {
    const { revision } = await integration(company);
    const path = `/v1/tenants/${company.tenant}/integrations/${company.integration}`;
    await muster.api.must('PATCH', path, body, { 'if-match': `"${String(revision)}"` });
  }

  async function outcomes({ tenant }: Company, sync: string, state: string) {
    const found: (OutcomeAnswer & { note: string | null; changedBySyncId: string | null })[] = [];
    const path = `/v1/tenants/${tenant}/syncs/${sync}/outcomes?state=${state}`;
    for await (const row of muster.api.list<(typeof found)[number]>(path)) found.push(row);
    return found;
  }

  function applied({ totals }: SyncAnswer): number {
    return totals.reduce((sum, { state, count: people }) => (state === 'applied' ? sum + people : sum), 0);
  }
});
