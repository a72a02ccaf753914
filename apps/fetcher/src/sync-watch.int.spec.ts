import { afterEach, beforeEach, expect, it } from 'vitest';
import { SqliteDatabase, SqliteSyncStore } from '#adapter-sqlite';
import { newId, type Sync } from '#core';
import { buildSync, ManualClock } from '#testing';
import { SyncWatch, type Watch } from './sync-watch.js';

const tenantId = newId('tenant');
const watched: Watch[] = [];
let database: SqliteDatabase;
let syncs: SqliteSyncStore;
let watch: SyncWatch;

beforeEach(() => {
  database = SqliteDatabase.open({ memory: true });
  syncs = new SqliteSyncStore(database);
  watch = new SyncWatch(syncs, new ManualClock('2026-01-05T08:00:00.000Z'));
});

afterEach(() => {
  for (const each of watched.splice(0)) each.stop();
  database.close();
});

async function queued(integrationId = newId('integration')): Promise<Sync> {
  const sync = buildSync(tenantId, integrationId);
  return { ...sync, generation: await syncs.queue(sync) };
}

async function begin(sync: Sync): Promise<Watch> {
  const begun = await watch.begin(sync, new AbortController().signal);
  if (begun === null) throw new Error('There is nothing to fetch.');
  watched.push(begun);
  return begun;
}

it('lets a cancelled fetch know before another of its integration begins', async () => {
  const sync = await queued();
  const [first, other] = [await begin(sync), await begin(await queued())];
  await syncs.requestCancel(tenantId, sync.id);
  expect(first.signal.aborted).toBe(false);
  await begin(await queued(sync.integrationId));
  expect(first.signal.aborted).toBe(true);
  expect(first.verdict()).toBe('cancelled');
  expect(other.signal.aborted).toBe(false);
});

it('leaves a fetch alone that goes on beside another of its integration', async () => {
  const sync = await queued();
  const first = await begin(sync);
  await begin(await queued(sync.integrationId));
  expect(first.signal.aborted).toBe(false);
});
