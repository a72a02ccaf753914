import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostileMode } from '../../connectors/hostile/src/index.js';
import { activateMapping } from '../support/acme-tenant.js';
import { RunningMuster, startCompany } from '../support/running-muster.js';

const hostile = path.join(import.meta.dirname, '../../dist/connectors/hostile/src/index.js');
const mib = 1024 * 1024;

/** Nothing ends these by itself: they are there all the time. */
const lasting = ['waits', 'neverGoesOn', 'neverGoesOnAndSpeaks'] as const satisfies HostileMode[];

/** What the sync of each of the others says; `completed`: it does no harm, and its people are taken. */
const endings: Record<Exclude<HostileMode, (typeof lasting)[number]>, string> = {
  healthy: 'completed',
  leaksHeap: 'connectorOutOfMemory',
  leaksBuffers: 'connectorOutOfMemory',
  spins: 'connectorBlocked',
  neverEnds: 'connectorTooManyRecords',
  throwsLater: 'connectorCrashed',
  rejectsLater: 'connectorCrashed',
  exits: 'connectorCrashed',
  aborts: 'connectorCrashed',
  isKilled: 'connectorCrashed',
  throwsNull: 'unclassified',
  throwsText: 'unclassified',
  throwsError: 'unclassified',
  isRetriable: 'asTold',
  lacksCredentials: 'asTold',
  isMisconfigured: 'asTold',
  isFatal: 'asTold',
  yieldsText: 'connectorMisbehaved',
  yieldsNoRecords: 'connectorMisbehaved',
  yieldsNoObjects: 'connectorMisbehaved',
  yieldsTextBytes: 'connectorMisbehaved',
  yieldsNumberIds: 'connectorMisbehaved',
  yieldsTooMany: 'connectorMisbehaved',
  yieldsGiant: 'completed',
  yieldsCyclicCursor: 'connectorMisbehaved',
  yieldsBigCursor: 'connectorMisbehaved',
  yieldsDateCursor: 'connectorMisbehaved',
  yieldsBigIntCursor: 'connectorMisbehaved',
  yieldsNoCursor: 'connectorMisbehaved',
  yieldsOddTotal: 'connectorMisbehaved',
  endsWithNothing: 'connectorMisbehaved',
  endsWithOddState: 'connectorMisbehaved',
  endsWithBigState: 'connectorMisbehaved',
  writesOutput: 'completed',
  logsMuch: 'completed',
  throwsItsToken: 'unclassified',
  throwsItsTokenLater: 'connectorCrashed',
  writesItsToken: 'completed',
  readsFiles: 'connectorNotPermitted',
  writesFiles: 'connectorNotPermitted',
  connectsItself: 'connectorNotPermitted',
  fetches: 'unclassified',
  startsProcesses: 'connectorNotPermitted',
  startsThreads: 'connectorNotPermitted',
  loadsAddons: 'unclassified',
  writesIntoItsChannel: 'connectorMisbehaved',
  writesJsonIntoItsChannel: 'connectorMisbehaved',
  confirmsWhatNobodySent: 'connectorMisbehaved',
  greets: 'unreachable',
  dialsEndlessly: 'connectorMisbehaved',
  dialsAndEnds: 'completed',
  dialsAndIsKilled: 'unreachable',
  renewsItsToken: 'completed',
  asksForItsToken: 'unreachable',
};

describe('connectors that leak, spin, crash and yield junk', () => {
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start({
      settings: {
        MUSTER_CONNECTORS: hostile,
        MUSTER_CONNECTOR_MEMORY_MB: '200',
        MUSTER_CONNECTOR_BLOCKED_SECONDS: '8',
        MUSTER_CONNECTOR_MAX_RECORDS: '5000',
      },
    });
  });
  afterAll(() => muster.stop());

  it('fail their own syncs, say why, and keep nobody else from syncing', async () => {
    const { api } = muster;
    const before = process.memoryUsage.rss();
    const { id: tenant } = await api.must<{ id: string }>('POST', '/v1/tenants', { name: 'Hostile' });
    const start = async (mode: HostileMode): Promise<string> => {
      const { id: integration } = await api.must<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
        name: mode,
        connectorId: 'hostile',
        config: { mode, address: 'tcp://127.0.0.1:9' },
        secrets: { token: 'goes-nowhere' },
        standing: 'live',
      });
      await activateMapping(api, tenant, integration, { default: true });
      const body = { mode: 'live' };
      const url = `/v1/tenants/${tenant}/integrations/${integration}/syncs`;
      return (await api.must<{ id: string }>('POST', url, body)).id;
    };
    const forever = await Promise.all(lasting.map(start));
    const modes = Object.keys(endings) as (keyof typeof endings)[];
    const bad = await Promise.all(modes.map(async (mode) => ({ mode, sync: await start(mode) })));

    const healthy = await startCompany(muster, { people: 300, seed: 7 });
    const synced = await api.runSync(healthy.tenant, healthy.integration, { mode: 'live' });
    expect(synced).toMatchObject({ state: 'completed', manifest: { wholeness: 'complete' } });
    expect(await muster.users(healthy.tenant)).toHaveLength(synced.counts['created'] ?? -1);
    for (const sync of forever) expect(await api.sync(tenant, sync)).toMatchObject({ state: 'fetching' });

    for (const { mode, sync } of bad) {
      const ended = await api.ended(tenant, sync);
      expect({ mode, ending: ended.failure?.code ?? ended.state }).toEqual({ mode, ending: endings[mode] });
      expect(ended.summary).toContain(ended.failure?.message ?? '');
    }
    for (const sync of forever) {
      await api.must('POST', `/v1/tenants/${tenant}/syncs/${sync}/cancel`);
      expect(await api.ended(tenant, sync)).toMatchObject({ state: 'cancelled' });
    }
    // Whom all of those that do no harm have.
    const names = (await muster.users(tenant)).map(({ attributes }) => attributes['fullName']);
    expect(names.sort()).toEqual(['Person 0', 'Person 1', 'Person 2']);

    const again = await api.runSync(healthy.tenant, healthy.integration, { mode: 'live' });
    expect(again).toMatchObject({ state: 'completed', counts: { created: 0, updated: 0, deprovisioned: 0 } });
    expect((await api.as(null).call('GET', '/readyz')).status).toBe(200);
    expect(process.memoryUsage.rss() - before).toBeLessThan(256 * mib);
    await healthy.source.stop();
  });
});
