import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '#testing';
import type { HostileMode } from '../../connectors/hostile/src/index.js';
import { activateMapping } from '../support/acme-tenant.js';
import { RunningMuster } from '../support/running-muster.js';

const hostile = path.join(import.meta.dirname, '../../dist/connectors/hostile/src/index.js');
const mib = 1024 * 1024;

/** A sync in a list, as far as it matters here. */
interface Listed {
  id: string;
  state: string;
}

/** How much a fetcher reads at once. */
const slots = 16;
const due = '2026-03-29T00:00:00.000Z';
/** Processes are started meanwhile, on a busy machine: no measure of speed, and far below the hours that silence may last. */
const patience = { timeout: 60_000, interval: 100 };

describe('a company all of whose sources hang', () => {
  const clock = new ManualClock('2026-03-28T23:59:30.000Z');
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start({ clock, settings: { MUSTER_CONNECTORS: hostile } });
  });
  afterAll(() => muster.stop());

  async function company(name: string): Promise<string> {
    return (await muster.api.must<{ id: string }>('POST', '/v1/tenants', { name })).id;
  }

  async function integrate(tenant: string, mode: HostileMode, name: string, schedule?: object): Promise<string> {
    const settings = { name, connectorId: 'hostile', config: { mode }, secrets: {}, standing: 'live', schedule };
    const path = `/v1/tenants/${tenant}/integrations`;
    const { id } = await muster.api.must<{ id: string }>('POST', path, settings);
    await activateMapping(muster.api, tenant, id, { default: true });
    return id;
  }

  async function start(tenant: string, integration: string): Promise<string> {
    const url = `/v1/tenants/${tenant}/integrations/${integration}/syncs`;
    return (await muster.api.must<{ id: string }>('POST', url, { mode: 'live' })).id;
  }

  async function syncs(tenant: string, filter: string): Promise<Listed[]> {
    const found: Listed[] = [];
    for await (const sync of muster.api.list<Listed>(`/v1/tenants/${tenant}/syncs?${filter}`)) found.push(sync);
    return found;
  }

  const waiting = async (): Promise<number> =>
    (await muster.metrics()).sum('muster_work_waiting', { loop: 'fetcher/fetches' });

  it('keeps waiting for itself, and nobody else from syncing on schedule', async () => {
    const { api } = muster;
    const before = process.memoryUsage.rss();
    const hanging = await company('Hanging');
    for (let n = 0; n < slots; n += 1) {
      await start(hanging, await integrate(hanging, 'neverGoesOn', `hangs ${String(n)}`));
    }
    const fetching = async () => (await syncs(hanging, 'state=fetching')).length;
    const most = (slots * 3) / 4;
    await expect.poll(fetching, patience).toBe(most);
    await expect.poll(waiting, patience).toBe(slots - most);
    const [waits] = await syncs(hanging, 'state=queued');
    expect((await api.sync(hanging, waits?.id ?? '')).summary).toBe('Live sync: waiting for its turn.');

    // One of the other company's own hangs as well.
    const other = await company('Healthy');
    const stuck = await start(other, await integrate(other, 'neverGoesOn', 'hangs'));
    await expect.poll(async () => (await api.sync(other, stuck)).state, patience).toBe('fetching');
    await integrate(other, 'healthy', 'goes well', { mode: 'live', every: 3 });
    clock.set(due);
    const scheduled = async () => syncs(other, 'trigger=schedule');
    await expect.poll(async () => (await scheduled()).map(({ state }) => state), patience).toEqual(['completed']);
    const [run] = await scheduled();
    expect(await api.sync(other, run?.id ?? '')).toMatchObject({
      createdAt: due,
      counts: { created: 3 },
      manifest: { wholeness: 'complete' },
    });
    expect(await muster.users(other)).toHaveLength(3);
    expect(await fetching()).toBe(most);
    expect((await api.sync(other, stuck)).state).toBe('fetching');

    // As slots come free, those who waited begin.
    await api.must('POST', `/v1/tenants/${other}/syncs/${stuck}/cancel`);
    expect(await api.ended(other, stuck)).toMatchObject({ state: 'cancelled' });
    const [first] = await syncs(hanging, 'state=fetching');
    await api.must('POST', `/v1/tenants/${hanging}/syncs/${first?.id ?? ''}/cancel`);
    await expect.poll(async () => (await syncs(hanging, 'state=queued')).length, patience).toBe(slots - most - 1);
    await expect.poll(fetching, patience).toBe(most);

    // Nobody who waits needs a slot to be cancelled.
    for (const { id } of [...(await syncs(hanging, 'state=queued')), ...(await syncs(hanging, 'state=fetching'))]) {
      await api.must('POST', `/v1/tenants/${hanging}/syncs/${id}/cancel`);
    }
    await expect.poll(async () => (await syncs(hanging, 'state=cancelled')).length, patience).toBe(slots);
    await expect.poll(waiting, patience).toBe(0);
    expect(await muster.users(hanging)).toEqual([]);
    expect(process.memoryUsage.rss() - before).toBeLessThan(256 * mib);
  });
});
