import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  SqliteCheckStore,
  SqliteDatabase,
  SqliteIdempotencyStore,
  SqliteLeaseStore,
  SqliteNoticeStore,
  SqliteOutcomeStore,
  SqliteScimRequestLog,
  SqliteScimResourceStore,
  SqliteSnapshotStore,
  SqliteSyncChangeLog,
  SqliteSyncStore,
} from '#adapter-sqlite';
import { loadConfig } from '#config';
import {
  encodePage,
  type IntegrationId,
  type Manifest,
  type ScimResourceId,
  type SyncId,
  SystemClock,
  type TenantId,
} from '#core';
import { WorkLoops } from '#pipeline';
import { Metrics, SilentLogger } from '#telemetry';
import { ManualClock } from '#testing';
import { Retention, RetentionStores } from './retention.js';

const tenant = 'ten_1' as TenantId;
const finishedAt = '2026-01-01T00:00:00.000Z';
const day = 24 * 60 * 60 * 1000;

let database: SqliteDatabase;
let snapshots: SqliteSnapshotStore;
let checks: SqliteCheckStore;
let resources: SqliteScimResourceStore;
let clock: ManualClock;
let retention: Retention;

beforeEach(() => {
  database = SqliteDatabase.open({ memory: true });
  snapshots = new SqliteSnapshotStore(database);
  checks = new SqliteCheckStore(database);
  resources = new SqliteScimResourceStore(database);
  clock = new ManualClock(finishedAt);
  const stores = new RetentionStores(
    new SqliteSyncStore(database),
    snapshots,
    new SqliteOutcomeStore(database),
    checks,
    new SqliteIdempotencyStore(database),
    new SqliteSyncChangeLog(database),
    new SqliteNoticeStore(database),
    resources,
    new SqliteScimRequestLog(database),
  );
  const config = loadConfig({ env: {}, directory: '/nowhere' });
  const loops = new WorkLoops(
    new SqliteLeaseStore(database, new SystemClock()),
    config,
    new SilentLogger(),
    new Metrics(),
  );
  retention = new Retention(stores, config, clock, new SilentLogger(), loops);
});

afterEach(() => {
  database.close();
});

const manifest: Manifest = {
  pages: 1,
  records: 1,
  bytes: 2,
  extent: 'full',
  wholeness: 'complete',
  evidence: { declaredFirst: null, declaredLast: null, distinctSourceIds: null, endSeen: true, reason: 'all of it' },
  fetch: { requests: 1, retries: 0, byStatus: {}, startedAt: finishedAt },
  failure: null,
  finishedAt,
};

describe('retention', () => {
  it('lets snapshots go after their days, manifests stay', async () => {
    const body = await encodePage([{ bytes: Buffer.from('{}') }]);
    const ids = Array.from({ length: 12 }, (_, index) => `syn_${index}` as SyncId);
    for (const id of ids) {
      const page = { page: 0, firstSeq: 0, records: 1, bytes: 2, contentHash: '', cursorAfter: null, claim: 1 };
      await snapshots.insertPage(tenant, id, page, body);
      await snapshots.insertManifest(tenant, id, manifest, 1);
    }
    const bodies = async () =>
      (await Promise.all(ids.map(async (id) => snapshots.body(tenant, id, 0)))).filter(Boolean);

    clock.advance(14 * day - 1);
    await retention.run(new AbortController().signal);
    expect(await bodies()).toHaveLength(12);
    clock.advance(2);
    await retention.run(new AbortController().signal);
    expect(await bodies()).toHaveLength(0);
    expect(await snapshots.manifest(tenant, 'syn_3' as SyncId)).toMatchObject({ records: 1 });
  });

  it('lets answered checks go after 30 days', async () => {
    const check = { id: 'chk_1', tenantId: tenant, integrationId: 'int_1' as IntegrationId, requestedAt: finishedAt };
    await checks.request({ ...check, finishedAt: null, steps: [] });
    await checks.answer({ ...check, finishedAt, steps: [] });
    clock.advance(31 * day);
    await retention.run(new AbortController().signal);
    expect(await checks.check(tenant, 'chk_1')).toBeNull();
  });

  it('forgets what an identity provider deleted after 30 days', async () => {
    const scope = { tenantId: tenant, integrationId: 'int_1' as IntegrationId };
    const ids = Array.from({ length: 150 }, (_, index) => `scm_${String(index)}` as ScimResourceId);
    for (const id of ids) {
      const attributes = { userName: id };
      await resources.create(scope, { id, type: 'User', attributes, members: null, at: finishedAt });
      await resources.delete(scope, { id, type: 'User', version: null, at: finishedAt });
    }
    const kept = async () =>
      (await resources.list(scope, 'User', { after: null, limit: 500 }, { deleted: true })).length;
    clock.advance(30 * day);
    await retention.run(new AbortController().signal);
    expect(await kept()).toBe(150);
    clock.advance(1);
    await retention.run(new AbortController().signal);
    expect(await kept()).toBe(0);
  });
});
