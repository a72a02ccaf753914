import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '#testing';
import type { SyncAnswer } from '../support/muster-api.js';
import { RunningMuster } from '../support/running-muster.js';
import { persons, ScriptedSources } from '../support/scripted-source.js';

interface ScheduleAnswer {
  effectiveMode: string;
  runsDryBecause: string | null;
  nextRunAt: string | null;
  consecutiveFailures: number;
  lastRun: { at: string; syncId: string } | null;
  lastRefused: { at: string; reason: string; message: string; syncId: string | null } | null;
}
interface IntegrationAnswer {
  revision: number;
  schedule: ScheduleAnswer;
}

/** In winter, an hour before the first run of a day. */
const start = '2026-03-28T23:00:00.000Z';

describe('an integration that runs by itself', () => {
  const sources = new ScriptedSources();
  const clock = new ManualClock(start);
  let muster: RunningMuster;
  let tenant: string;
  let integration: string;
  let path: string;

  beforeAll(async () => {
    muster = await RunningMuster.start({ connectors: [sources.connector], clock });
    sources.set('hr', persons(4));
    const company = await sources.company(muster.api, 'hr', { standing: 'observe' });
    ({ tenant, integration } = company);
    path = `/v1/tenants/${tenant}/integrations/${integration}`;
  });
  afterAll(() => muster.stop());

  const schedule = async () => (await muster.api.must<IntegrationAnswer>('GET', path)).schedule;

  async function scheduled(): Promise<SyncAnswer[]> {
    const list = `/v1/tenants/${tenant}/syncs?trigger=schedule`;
    const syncs: SyncAnswer[] = [];
    for await (const sync of muster.api.list<SyncAnswer>(list)) syncs.push(sync);
    return syncs.reverse();
  }

  async function set(body: object): Promise<ScheduleAnswer> {
    const { revision } = await muster.api.must<IntegrationAnswer>('GET', path);
    const headers = { 'if-match': `"${String(revision)}"` };
    return (await muster.api.must<IntegrationAnswer>('PATCH', path, { schedule: body }, headers)).schedule;
  }

  /** Moves the clock to a time at which a run is due, and gives its sync, ended. */
  async function run(instant: string): Promise<SyncAnswer> {
    const before = (await scheduled()).length;
    clock.set(instant);
    await expect.poll(async () => (await scheduled()).length, { timeout: 15_000 }).toBe(before + 1);
    const { id } = (await scheduled()).at(-1) ?? { id: '' };
    return muster.api.ended(tenant, id, 30_000);
  }

  it('runs dry while it is in observe, though its schedule is live, and says so', async () => {
    expect(await set({ mode: 'live', every: 3 })).toMatchObject({
      effectiveMode: 'dry',
      runsDryBecause: 'observe',
      nextRunAt: '2026-03-29T00:00:00.000Z',
    });
    const sync = await run('2026-03-29T00:00:00.000Z');
    expect(sync).toMatchObject({ trigger: 'schedule', mode: 'dry', state: 'completed', counts: { created: 4 } });
    expect(sync.summary).toContain('Scheduled dry run: 4 people would be created.');
    expect(await muster.users(tenant)).toEqual([]);
    await expect.poll(schedule).toMatchObject({
      nextRunAt: '2026-03-29T03:00:00.000Z',
      lastRun: { at: '2026-03-29T00:00:00.000Z', syncId: sync.id },
      lastRefused: null,
    });
  });

  it('runs live once a first live sync has been asked for', async () => {
    expect((await muster.api.runSync(tenant, integration, { mode: 'live' })).state).toBe('completed');
    expect(await muster.users(tenant)).toHaveLength(4);
    expect(await schedule()).toMatchObject({ effectiveMode: 'live', runsDryBecause: null });
    sources.set('hr', persons(6));
    const sync = await run('2026-03-29T03:00:00.000Z');
    expect(sync).toMatchObject({ mode: 'live', state: 'completed', counts: { created: 2, skipped: 4 } });
    expect(sync.summary).toContain('Scheduled live sync: 2 people were created.');
    expect(await muster.users(tenant)).toHaveLength(6);
  });

  it('takes another schedule at once, to the hour on the wall of the day on which clocks go forward', async () => {
    const changed = await set({ mode: 'live', cron: '0 6 * * *', timeZone: 'Europe/Berlin' });
    expect(changed.nextRunAt).toBe('2026-03-29T04:00:00.000Z');
    expect((await run('2026-03-29T04:00:00.000Z')).state).toBe('completed');
    expect((await schedule()).nextRunAt).toBe('2026-03-30T04:00:00.000Z');
  });

  it('refuses a run whose predecessor has not ended, says so, and is not stopped by it', async () => {
    const release = sources.setGated('hr', persons(7));
    clock.set('2026-03-30T04:00:00.000Z');
    await expect.poll(async () => (await scheduled()).at(-1)?.state, { timeout: 15_000 }).toBe('fetching');
    const slow = (await scheduled()).at(-1);
    const before = (await scheduled()).length;
    clock.set('2026-03-31T04:00:00.000Z');
    await expect
      .poll(async () => (await schedule()).lastRefused, { timeout: 15_000 })
      .toMatchObject({
        at: '2026-03-31T04:00:00.000Z',
        reason: 'predecessorOpen',
        syncId: slow?.id,
      });
    expect((await schedule()).nextRunAt).toBe('2026-04-01T04:00:00.000Z');
    expect(await scheduled()).toHaveLength(before);
    release();
    const ended = await muster.api.ended(tenant, slow?.id ?? '', 30_000);
    expect(ended).toMatchObject({ state: 'completed', counts: { created: 1, skipped: 6 } });
    expect((await run('2026-04-01T04:00:00.000Z')).state).toBe('completed');
  });

  it('catches up once when Muster was down, and keeps its times over the restart', async () => {
    const before = (await scheduled()).length;
    await muster.restart();
    expect((await schedule()).nextRunAt).toBe('2026-04-02T04:00:00.000Z');
    const sync = await run('2026-04-06T17:00:00.000Z');
    expect(sync).toMatchObject({ state: 'completed', createdAt: '2026-04-06T17:00:00.000Z' });
    expect(await schedule()).toMatchObject({ nextRunAt: '2026-04-07T04:00:00.000Z' });
    expect(await scheduled()).toHaveLength(before + 1);
  });
});
