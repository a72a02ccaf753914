import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqliteDatabase, SqliteSettingsStore, SqliteSyncStore } from '#adapter-sqlite';
import { type Integration, newId, type Sync } from '#core';
import { Metrics, SilentLogger } from '#telemetry';
import { buildIntegration, buildSync, ManualClock } from '#testing';
import { LastGoodSyncs } from './last-good-syncs.js';

const tenantId = newId('tenant');

describe('the age of the last good sync', () => {
  let database: SqliteDatabase;
  let settings: SqliteSettingsStore;
  let syncs: SqliteSyncStore;
  let clock: ManualClock;
  let metrics: Metrics;
  let ages: LastGoodSyncs;

  beforeEach(async () => {
    database = SqliteDatabase.open({ memory: true });
    settings = new SqliteSettingsStore(database);
    syncs = new SqliteSyncStore(database);
    clock = new ManualClock('2026-01-02T00:00:00.000Z');
    metrics = new Metrics();
    ages = new LastGoodSyncs(settings, syncs, clock, metrics, new SilentLogger());
    await settings.createTenant({
      id: tenantId,
      name: 'Acme',
      timeZone: 'UTC',
      deprovisioningDelayDays: 7,
      contacts: [],
      revision: 1,
      attributesRevision: 1,
      createdAt: '2026-01-01T00:00:00.000Z',
    });
  });
  afterEach(async () => {
    await ages.beforeApplicationShutdown();
    database.close();
  });

  async function integrate(parts: Partial<Integration> = {}): Promise<Integration> {
    const integration = buildIntegration({ tenantId, ...parts });
    await settings.createIntegration(integration, '');
    return integration;
  }

  async function endSync({ id }: Integration, endedAt: string): Promise<Sync> {
    const sync = { ...buildSync(tenantId, id), generation: 1 };
    await syncs.queue(sync);
    await syncs.move(tenantId, sync.id, 'queued', 'completed', { endedAt });
    return sync;
  }

  /** Integration → seconds. */
  async function shown(): Promise<Record<string, number>> {
    const { text } = await metrics.expose();
    const lines = text.matchAll(/^muster_last_good_sync_age_seconds\{integration="(\w+)"\} (\S+)$/gm);
    return Object.fromEntries([...lines].map(([, id = '', seconds]) => [id, Number(seconds)] as const));
  }

  it('counts from the end of that sync, and from the making of the integration until there is one', async () => {
    const [good, fresh] = [await integrate(), await integrate()];
    await endSync(good, '2026-01-01T23:00:00.000Z');
    ages.onApplicationBootstrap();
    await expect.poll(shown).toEqual({ [good.id]: 3_600, [fresh.id]: 86_400 });
    clock.advance(60_000);
    expect(await shown()).toEqual({ [good.id]: 3_660, [fresh.id]: 86_460 });
  });

  it('is told of enabled live integrations only', async () => {
    const live = await integrate();
    await integrate({ enabled: false });
    await integrate({ standing: 'observe' });
    ages.onApplicationBootstrap();
    await expect.poll(shown).toEqual({ [live.id]: 86_400 });
  });

  it('knows at once of a sync that ended here, and of an integration disabled before it', async () => {
    const integration = await integrate();
    ages.onApplicationBootstrap();
    await expect.poll(shown).toEqual({ [integration.id]: 86_400 });
    ages.look(await endSync(integration, '2026-01-01T23:59:50.000Z'));
    await expect.poll(shown).toEqual({ [integration.id]: 10 });
    await settings.updateIntegration({ ...integration, enabled: false }, null);
    ages.look(await endSync(integration, '2026-01-01T23:59:55.000Z'));
    await expect.poll(shown).toEqual({});
  });

  it('goes through more integrations than one list holds', async () => {
    for (let count = 0; count < 205; count += 1) await integrate();
    ages.onApplicationBootstrap();
    await expect.poll(async () => Object.keys(await shown()).length).toBe(205);
  });
});
