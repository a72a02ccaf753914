import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { acmeHr } from '#connectors/acme-hr';
import { dataStages, lanes, MessageBus, topicAddress, type TopicName } from '#core';
import { catalogue, fitsLabel, type MetricEntry } from '#telemetry';
import type { Exposition } from '../support/exposition.js';
import { interceptBus } from '../support/intercept-bus.js';
import type { SyncAnswer } from '../support/muster-api.js';
import { RunningMuster, startCompany } from '../support/running-muster.js';
import { person, persons, ScriptedSources } from '../support/scripted-source.js';

const live = { mode: 'live' } as const;
/** Lag is asked of the bus every five seconds at most. */
const soon = { timeout: 30_000, interval: 500 };

describe('metrics', () => {
  const sources = new ScriptedSources();
  let muster: RunningMuster;
  let before: Exposition;
  const open: (() => Promise<void> | void)[] = [];

  beforeAll(async () => {
    muster = await RunningMuster.start({ connectors: [acmeHr, sources.connector] });
    await mark();
  });
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
    await mark();
  });
  afterAll(() => muster.stop());

  /** What was counted since the last mark. */
  async function counted(): Promise<Exposition> {
    return (await muster.metrics()).since(before);
  }

  async function mark(): Promise<void> {
    before = await muster.metrics();
  }

  /**
   * Expects what was counted since the last mark: metric, its labels behind it → sums by the values of these. Counting
   * follows the deed, by which a sync may have ended already: hence soon, not at once.
   */
  async function expectCounted(expected: Record<string, Record<string, number | undefined>>): Promise<void> {
    await expect
      .poll(async () => {
        const now = await counted();
        const names = Object.keys(expected).map((key) => [key, ...key.split(' ')] as [string, string, ...string[]]);
        return Object.fromEntries(names.map(([key, name, ...labels]) => [key, now.by(name, ...labels)]));
      }, soon)
      .toEqual(expected);
  }

  async function company(people: number) {
    const made = await startCompany(muster, { people, seed: 3 });
    open.push(() => made.source.stop());
    return made;
  }

  /** Holds back what is published to a topic, so that its producers acknowledge nothing, until the answer is called. */
  function hold(topic: TopicName): () => void {
    const gate = Promise.withResolvers<undefined>();
    const end = interceptBus(muster.part(MessageBus), topic, async () => {
      await gate.promise;
      return true;
    });
    const release = (): void => {
      gate.resolve(undefined);
      end();
    };
    open.push(release);
    return release;
  }

  it('of syncs: what went through every stage, what became of it, and how the source was read', async () => {
    const { tenant, integration } = await company(1_200);
    const first = await muster.api.runSync(tenant, integration, live);
    const records = first.manifest?.records ?? -1;
    await expectCounted({
      'muster_records_total stage': {
        fetcher: records,
        'mapper/raw-records': records,
        'reconciler/mapped-users': records,
        'reporter/outcomes': records,
        'reconciler/apply-slices': first.counts['created'],
      },
      'muster_outcomes_total outcome reason': totalsOf(first),
      'muster_syncs_ended_total mode state': { 'live:completed': 1 },
      'muster_fetch_requests_total connector status': prefixed('acme-hr', first.manifest?.fetch.byStatus ?? {}),
      'muster_fetch_seconds_count connector wholeness': { 'acme-hr:complete': 1 },
      'muster_fetch_records_sum connector wholeness': { 'acme-hr:complete': records },
      'muster_mapping_problems_total code': await problemsOf(tenant, first),
    });
    const one = await counted();
    expect(one.sum('muster_fetch_seconds_sum')).toBeLessThan(120);
    for (const stage of dataStages) {
      expect(one.sum('muster_stage_batch_seconds_count', { stage }), stage).toBeGreaterThan(0);
    }

    await mark();
    const again = await muster.api.runSync(tenant, integration, live);
    await expectCounted({
      'muster_records_total stage': {
        fetcher: records,
        'mapper/raw-records': records,
        'reconciler/mapped-users': records,
        'reporter/outcomes': records,
      },
      'muster_outcomes_total outcome reason': totalsOf(again),
      'muster_syncs_ended_total mode state': { 'live:completed': 1 },
      'muster_fetch_seconds_count connector wholeness': { 'acme-hr:complete': 1 },
    });
    expect(totalsOf(again)['skipped:unchanged']).toBeGreaterThan(1_000);

    await mark();
    const dry = await muster.api.runSync(tenant, integration, { replayOfSyncId: again.id });
    await expectCounted({
      // A replay reads no source.
      'muster_records_total stage': {
        'mapper/raw-records': records,
        'reconciler/mapped-users': records,
        'reporter/outcomes': records,
      },
      'muster_outcomes_total outcome reason': totalsOf(dry),
      'muster_syncs_ended_total mode state': { 'dry:completed': 1 },
      'muster_fetch_seconds_count connector': {},
      'muster_fetch_requests_total connector': {},
    });
  });

  it('of a fetch that fails: its end, its requests and retries; the last good sync is as old as it was', async () => {
    const { tenant, integration, source } = await company(60);
    const age = async (): Promise<number[]> =>
      (await muster.metrics()).of('muster_last_good_sync_age_seconds', { integration }).map(({ value }) => value);
    const good = await muster.api.runSync(tenant, integration, live);
    await expect.poll(age, soon).toEqual([ageNear(good)]);

    await mark();
    source.misbehave('truncate');
    const bad = await muster.api.runSync(tenant, integration, live);
    expect(bad.state).toBe('failed');
    const { byStatus = {}, retries, retriesByStatus = {} } = bad.manifest?.fetch ?? {};
    await expectCounted({
      'muster_syncs_ended_total mode state': { 'live:failed': 1 },
      'muster_fetch_seconds_count connector wholeness': { 'acme-hr:failed': 1 },
      'muster_fetch_requests_total connector status': prefixed('acme-hr', byStatus),
      'muster_fetch_retries_total connector': { 'acme-hr': retries },
      'muster_fetch_retries_total connector status': prefixed('acme-hr', retriesByStatus),
      'muster_outcomes_total outcome': {},
    });
    expect(retries).toBeGreaterThan(0);
    expect(retriesByStatus).toEqual({ network: retries });
    expect(await age()).toEqual([ageNear(good)]);
  });

  it('of safeguards and mapping problems', async () => {
    const { tenant, integration, source } = await sources.company(muster.api, 'safeguarded');
    sources.set(source, persons(40));
    await muster.api.runSync(tenant, integration, live);
    await mark();
    sources.set(source, [...persons(20), person(20, { mail: null })]);
    const sync = await muster.api.runSync(tenant, integration, live);
    expect(sync.state).toBe('awaitingApproval');
    const tripped = sync.safeguards.filter((rule) => rule.tripped).map(({ rule }) => [rule, 1]);
    expect(tripped.length).toBeGreaterThan(0);
    await expectCounted({
      'muster_safeguards_tripped_total safeguard': Object.fromEntries(tripped) as Record<string, number>,
      'muster_outcomes_total outcome reason': totalsOf(sync),
      'muster_mapping_problems_total code': { requiredAttributeMissing: 1 },
    });
    expect(totalsOf(sync)['deprovisioned:missingFromSnapshot']).toBe(19);
  });

  it('of a stage that is held up: who waits for it, in messages and in people; nobody once it goes on', async () => {
    const { tenant, integration } = await company(1_200);
    const stage = 'mapper/raw-records';
    const release = hold('mapped-users');
    const syncs = `/v1/tenants/${tenant}/integrations/${integration}/syncs`;
    const { id } = await muster.api.must<{ id: string }>('POST', syncs, live);
    await expect.poll(async () => (await muster.api.sync(tenant, id)).state, soon).toBe('planning');
    const { manifest } = await muster.api.sync(tenant, id);
    await expect
      .poll(async () => {
        const now = await muster.metrics();
        return {
          messages: now.sum('muster_stage_lag_messages', { stage, lane: 'bulk' }),
          people: now.sum('muster_stage_lag_people', { stage, lane: 'bulk' }),
          quick: now.sum('muster_stage_lag_people', { stage, lane: 'quick' }),
          planning: now.sum('muster_syncs_open', { state: 'planning' }),
        };
      }, soon)
      .toEqual({ messages: manifest?.pages, people: manifest?.records, quick: 0, planning: 1 });
    expect(manifest?.pages).toBeGreaterThan(1);

    release();
    await muster.api.ended(tenant, id);
    await expect
      .poll(async () => {
        const now = await muster.metrics();
        return [now.by('muster_stage_lag_messages', 'stage'), now.by('muster_stage_lag_people', 'stage')];
      }, soon)
      .toEqual([{}, {}]);
    const atRest = await muster.metrics();
    expect(atRest.of('muster_stage_lag_people')).toHaveLength(dataStages.length * lanes.length);
    expect(atRest.by('muster_syncs_open', 'state')).toEqual({});
    expect(atRest.by('muster_measurement_up', 'measurement')).toEqual({ lag: 1, openSyncs: 1, syncAges: 1 });
  });

  it('of poison: one dead letter, by stage and reason', async () => {
    const message = { key: 'x', headers: { schema: 'raw-records', version: '0' }, value: Buffer.from('?') };
    await muster.part(MessageBus).publish(topicAddress('raw-records', 'quick'), [message]);
    await expectCounted({
      'muster_dead_letters_total stage reason': { 'mapper/raw-records:undecodableMessage': 1 },
      'muster_stage_retries_total stage': {},
    });
  });

  it('are those of the catalogue, each with values from its lists: no tenant, no sync, no person', async () => {
    const { types, samples } = await muster.metrics();
    const entries: MetricEntry[] = Object.values(catalogue);
    expect([...types].sort()).toEqual(entries.map(({ name, type }) => [name, type]).sort());
    for (const { name, labels } of samples) {
      const entry =
        entries.find((known) => known.name === name.replace(/_(bucket|sum|count)$/, '')) ??
        entries.find((known) => known.name === name);
      if (entry === undefined) throw new Error(`${name} is in no catalogue`);
      const { le: _bound, ...own } = labels;
      expect(Object.keys(own).sort(), name).toEqual(Object.keys(entry.labels).sort());
      for (const [label, value] of Object.entries(own)) {
        const known = entry.labels[label];
        expect(known !== undefined && fitsLabel(known, value), `${name}{${label}="${value}"}`).toBe(true);
      }
    }
    const ids = samples.filter(({ labels }) =>
      Object.values(labels).some((value) => /^[a-z]{3}_[0-9a-z]{16}$/.test(value)),
    );
    expect(new Set(ids.map(({ name }) => name))).toEqual(new Set(['muster_last_good_sync_age_seconds']));
  });

  /** How old a good sync is now, give or take the time it takes to ask. */
  function ageNear({ endedAt }: SyncAnswer): unknown {
    const seconds = (Date.now() - Date.parse(endedAt ?? '')) / 1000;
    return expect.toSatisfy((value: number) => value >= 0 && Math.abs(value - seconds) < 40);
  }

  async function problemsOf(tenant: string, sync: SyncAnswer): Promise<Record<string, number>> {
    const codes: Record<string, number> = {};
    for (const { id } of await muster.api.outcomes(tenant, sync.id)) {
      const { problems } = await muster.api.must<{ problems: { code: string }[] }>(
        'GET',
        `/v1/tenants/${tenant}/outcomes/${id}`,
      );
      for (const { code } of problems) codes[code] = (codes[code] ?? 0) + 1;
    }
    return codes;
  }
});

/** A sync's totals as `outcome:reason` → count, states put together. */
function totalsOf({ totals }: SyncAnswer): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { outcome, reason, count } of totals) {
    if (count > 0) sums[`${outcome}:${reason}`] = (sums[`${outcome}:${reason}`] ?? 0) + count;
  }
  return sums;
}

function prefixed(prefix: string, counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([key, count]) => [`${prefix}:${key}`, count]));
}
