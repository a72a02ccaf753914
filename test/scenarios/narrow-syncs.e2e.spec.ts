import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DirectoryStore, MessageBus, type TenantId, type UserId } from '#core';
import { marked } from '../support/canary.js';
import { interceptBus } from '../support/intercept-bus.js';
import type { OutcomeAnswer, SyncAnswer, SyncRequest } from '../support/muster-api.js';
import { RunningMuster } from '../support/running-muster.js';
import { person, persons, type ScriptedCompany as Company, ScriptedSources } from '../support/scripted-source.js';

describe('a live sync of less than everyone', () => {
  const sources = new ScriptedSources();
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start({ connectors: [sources.connector] });
  });
  afterAll(() => muster.stop());

  it('takes back what an older sync holds about its person, and nothing else', async () => {
    const company = await live(20);
    const held = await holdLeavers(company, [15, 16, 17, 18, 19]);
    sources.set(company.source, persons(20));
    const one = await run(company, { mode: 'live', person: marked('s17') });
    expect(one, one.summary).toMatchObject({ state: 'completed', counts: { skipped: 1 } });

    expect(await muster.api.sync(company.tenant, held.id)).toMatchObject({ state: 'awaitingApproval', held: 4 });
    const superseded = await rows(company, held, '?state=superseded');
    expect(superseded.map(({ sourceId }) => sourceId)).toEqual([marked('s17')]);
    const named = await decide(company, held, 'approve', { outcomeIds: superseded.map(({ id }) => id) });
    expect(named).toMatchObject({ status: 409, body: { code: 'superseded' } });
    expect(await decide(company, held, 'approve', { all: true, includeHeld: true })).toMatchObject({ status: 202 });
    await expect.poll(() => statuses(company)).toEqual({ active: 16, deactivated: 4 });
    expect(await muster.api.ended(company.tenant, held.id)).toMatchObject({ state: 'completed', held: 0 });
  });

  it('reads one user again from the source that owns them, dry or live, and changes nobody else', async () => {
    const company = await live(4);
    const second = await sources.integrate(muster.api, company.tenant, 'second', { precedence: 'secondary' });
    sources.set('second', persons(4));
    await muster.api.runSync(company.tenant, second, { mode: 'live' });
    const [user] = (await muster.users(company.tenant)).filter(
      ({ attributes }) => attributes['email'] === person(2).mail,
    );
    sources.set(
      company.source,
      persons(4).map((one) => ({ ...one, title: marked('Chef') })),
    );
    const path = `/v1/tenants/${company.tenant}/users/${user?.id ?? ''}/sync`;
    const dry = await muster.api.must<SyncAnswer>('POST', path, {});
    const { person: whom, mode, integrationId } = dry;
    expect({ whom, mode, integrationId }).toEqual({
      whom: person(2).id,
      mode: 'dry',
      integrationId: company.integration,
    });
    const planned = await muster.api.ended(company.tenant, dry.id);
    expect(planned).toMatchObject({ state: 'completed', manifest: { extent: 'person' }, counts: { updated: 1 } });
    expect(await titles(company)).toEqual({});

    const key = { 'idempotency-key': 'again' };
    const live1 = await muster.api.must<SyncAnswer>('POST', path, { mode: 'live' }, key);
    const again = await muster.api.must<SyncAnswer>('POST', path, { mode: 'live' }, key);
    expect(again.id).toBe(live1.id);
    expect(await muster.api.ended(company.tenant, live1.id)).toMatchObject({ counts: { updated: 1 } });
    expect(await titles(company)).toEqual({ [marked('Chef')]: 1 });
  });

  it('ends a sync anew when it takes back the last that was held', async () => {
    const company = await live(5);
    const held = await holdLeavers(company, [2, 3, 4]);
    sources.set(company.source, persons(5));
    for (const id of [marked('s2'), marked('s3')]) await run(company, { mode: 'live', person: id });
    expect(await muster.api.sync(company.tenant, held.id)).toMatchObject({ state: 'awaitingApproval', held: 1 });
    await run(company, { mode: 'live', person: marked('s4') });
    expect(await muster.api.sync(company.tenant, held.id)).toMatchObject({ state: 'completed', held: 0 });
    expect(await decide(company, held, 'approve', { all: true, includeHeld: true })).toMatchObject({ status: 409 });
    expect(await statuses(company)).toEqual({ active: 5 });
  });

  it('takes back a whole transfer when it shows one member of it', async () => {
    const company = await live(10);
    const joiner = person(20, { mail: marked('p9@x.example') });
    sources.set(company.source, [...persons(6), joiner]);
    const held = await run(company, { mode: 'live' });
    expect(held, held.summary).toMatchObject({ state: 'awaitingApproval', held: 5 });
    sources.set(company.source, persons(10));
    await run(company, { mode: 'live', person: marked('s9') });
    const superseded = await rows(company, held, '?state=superseded');
    expect(superseded.map(({ sourceId }) => sourceId).sort()).toEqual([marked('s20'), marked('s9')]);
    expect(await muster.api.sync(company.tenant, held.id)).toMatchObject({ held: 3 });
  });

  it('takes back planned rows of a dry plan, also when it is a delta, and a dry sync takes back nothing', async () => {
    const company = await live(10);
    const changed = persons(10).map((one) => ({ ...one, title: marked('Cook') }));
    sources.set(company.source, changed);
    const dry = await run(company, { mode: 'dry' });
    expect(dry).toMatchObject({ state: 'completed', counts: { updated: 10 } });
    await run(company, { mode: 'dry', person: marked('s3') });
    expect(await rows(company, dry, '?state=superseded')).toEqual([]);

    const delta = [person(3, { title: marked('Chef') }), person(4, { title: marked('Chef') })];
    sources.set(company.source, delta, { extent: 'delta' });
    const narrow = await run(company, { mode: 'live' });
    expect(narrow).toMatchObject({ state: 'completed', manifest: { extent: 'delta' }, counts: { updated: 2 } });
    expect((await rows(company, dry, '?state=superseded')).map(({ sourceId }) => sourceId)).toEqual([
      marked('s3'),
      marked('s4'),
    ]);
    expect(await decide(company, dry, 'approve', { all: true })).toMatchObject({ status: 202 });
    await expect.poll(() => titles(company)).toEqual({ [marked('Cook')]: 8, [marked('Chef')]: 2 });
  });

  it('takes back rows of a dry plan that ended after it, though it was asked for before', async () => {
    const company = await live(6);
    const release = sources.setGated(company.source, persons(4));
    const path = `/v1/tenants/${company.tenant}/integrations/${company.integration}/syncs`;
    const { id } = await muster.api.must<{ id: string }>('POST', path, { mode: 'dry' });
    await expect.poll(async () => (await muster.api.sync(company.tenant, id)).state).toBe('fetching');
    sources.set(company.source, persons(6));
    await run(company, { mode: 'live', person: marked('s5') });
    release();
    const dry = await muster.api.ended(company.tenant, id);
    expect(dry, dry.summary).toMatchObject({ state: 'completed', counts: { deprovisioned: 2 } });
    await expect
      .poll(async () => (await rows(company, dry, '?state=superseded')).map(({ sourceId }) => sourceId))
      .toEqual([marked('s5')]);
  });

  it('plans a drifted person anew at once, three times at most, and then shows the drift', async () => {
    const company = await live(4);
    sources.set(company.source, [person(1, { title: marked('Chef') })]);
    for (const [times, ends] of [
      [2, ['drifted', 'drifted', 'applied']],
      [9, ['drifted', 'drifted', 'drifted', 'drifted']],
    ] as const) {
      sources.set(company.source, [person(1, { title: marked(`Chef ${String(times)}`) })]);
      const stop = await driftEachTime(company, marked('Person 1'), times);
      const first = await run(company, { mode: 'live', person: marked('s1') });
      await expect.poll(() => endsOf(company, first)).toEqual(ends);
      stop();
    }
    expect(await titles(company)).toMatchObject({ [marked('Chef 2')]: 1 });
  });

  it('plans a drifted person anew before a later sync brings newer records of them', async () => {
    const company = await live(4);
    sources.set(company.source, [person(1, { title: marked('Older') })]);
    const stop = await driftEachTime(company, marked('Person 1'), 1);
    let newer: Promise<SyncAnswer> | null = null;
    const stopToo = interceptBus(muster.part(MessageBus), 'apply-slices', () => {
      sources.set(company.source, [person(1, { title: marked('Newer') })]);
      newer ??= run(company, { mode: 'live', person: marked('s1') });
      return true;
    });
    const first = await run(company, { mode: 'live', person: marked('s1') });
    await expect.poll(() => endsOf(company, first)).toEqual(['drifted', 'applied']);
    const last = await (newer as Promise<SyncAnswer> | null);
    stopToo();
    stop();
    expect(last).toMatchObject({ state: 'completed', counts: { updated: 1 } });
    expect(await titles(company)).toEqual({ [marked('Newer')]: 1 });
  });

  it('never plans anew what a person approved, nor a full pull', async () => {
    const company = await live(4);
    sources.set(
      company.source,
      persons(4).map((one) => ({ ...one, title: marked('Cook') })),
    );
    const dry = await run(company, { mode: 'dry', person: marked('s1') });
    let stop = await driftEachTime(company, marked('Person 1'), 1);
    expect(await decide(company, dry, 'approve', { all: true })).toMatchObject({ status: 202 });
    await expect.poll(async () => (await rows(company, dry)).map(({ state }) => state)).toEqual(['drifted']);
    await muster.api.ended(company.tenant, dry.id);
    stop();
    stop = await driftEachTime(company, marked('Person 2'), 1);
    const full = await run(company, { mode: 'live' });
    expect((await rows(company, full, '?state=drifted')).map(({ sourceId }) => sourceId)).toEqual([marked('s2')]);
    stop();
    for (const sync of [dry, full]) expect(await endsOf(company, sync)).toHaveLength(1);
    const next = await run(company, { mode: 'live' });
    expect(next, next.summary).toMatchObject({ state: 'completed', counts: { updated: 1 } });
    expect(await titles(company)).toEqual({ [marked('Cook')]: 4 });
  });

  async function live(people: number): Promise<Company> {
    const company = await sources.anotherCompany(muster.api);
    sources.set(company.source, persons(people));
    const first = await run(company, { mode: 'live' });
    expect(first, first.summary).toMatchObject({ state: 'completed', counts: { created: people } });
    return company;
  }

  const run = ({ tenant, integration }: Company, body: SyncRequest) => muster.api.runSync(tenant, integration, body);

  const rows = ({ tenant }: Company, { id }: SyncAnswer, query = ''): Promise<OutcomeAnswer[]> =>
    muster.api.outcomes(tenant, id, query);

  const decide = ({ tenant }: Company, { id, planHash }: SyncAnswer, word: 'approve' | 'reject', body: object) =>
    muster.api.call('POST', `/v1/tenants/${tenant}/syncs/${id}/${word}`, { planHash, ...body });

  /** A live full sync without these people, whose removals are held. */
  async function holdLeavers(company: Company, leavers: number[]): Promise<SyncAnswer> {
    const { active = 0 } = await statuses(company);
    sources.set(
      company.source,
      persons(active).filter((_, number) => !leavers.includes(number)),
    );
    const held = await run(company, { mode: 'live' });
    expect(held, held.summary).toMatchObject({ state: 'awaitingApproval', held: leavers.length });
    return held;
  }

  async function statuses({ tenant }: Company): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { status } of await muster.users(tenant)) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }

  async function titles({ tenant }: Company): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { attributes } of await muster.users(tenant)) {
      const title = attributes['title'];
      if (typeof title !== 'string') continue;
      counts[title] = (counts[title] ?? 0) + 1;
    }
    return counts;
  }

  /** States of a sync's only row and of those of the replays that followed it, oldest first; all have ended. */
  async function endsOf(company: Company, first: SyncAnswer): Promise<(string | null)[]> {
    const syncs: SyncAnswer[] = [];
    const path = `/v1/tenants/${company.tenant}/syncs?integration=${company.integration}`;
    for await (const sync of muster.api.list<SyncAnswer>(path)) {
      syncs.unshift(sync);
      if (sync.id === first.id) break;
    }
    const states: (string | null)[] = [];
    for (const sync of syncs.filter(({ id, trigger }) => id === first.id || trigger === 'replay')) {
      if (sync.endedAt === null) return [];
      states.push((await rows(company, sync, '?outcome=updated'))[0]?.state ?? null);
    }
    return states;
  }

  /** Somebody else writes this user between plan and apply, some times. */
  async function driftEachTime({ tenant }: Company, name: string, times: number): Promise<() => void> {
    const user = (await muster.users(tenant)).find(({ attributes }) => attributes['fullName'] === name);
    const directory = muster.part(DirectoryStore);
    let left = times;
    return interceptBus(muster.part(MessageBus), 'apply-slices', async () => {
      if (left === 0) return true;
      left -= 1;
      const found = await directory.user(tenant as TenantId, user?.id as UserId);
      if (found === null) throw new Error(`there is no ${name}`);
      const { version } = found;
      await directory.write(found.tenantId, [
        {
          seq: 0,
          user: { ...found, version: version + 1 },
          expectedVersion: version,
          integrationId: found.owner as never,
          turn: Infinity,
          link: null,
        },
      ]);
      return true;
    });
  }
});
