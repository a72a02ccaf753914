import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  SqliteDatabase,
  SqliteDirectoryStore,
  SqliteOutcomeStore,
  SqliteSettingsStore,
  SqliteSnapshotStore,
  SqliteSyncStore,
} from '#adapter-sqlite';
import { newId, type OutcomeRow, type Sync, type SyncId } from '#core';
import { buildIntegration, buildManifest, buildOutcomeRow, buildPlannedPage, buildSync } from '#testing';
import { LastRecordFinder } from '../outcomes/last-record.js';
import { SyncTrail } from '../syncs/sync-trail.js';
import { UserHistory } from '../users/user-history.js';
import { PeopleFinder } from './people-finder.js';

const tenantId = newId('tenant');
const integrationId = newId('integration');

describe('a look back over syncs', () => {
  let database: SqliteDatabase;
  let syncs: SqliteSyncStore;
  let outcomes: SqliteOutcomeStore;
  let snapshots: SqliteSnapshotStore;
  let finder: PeopleFinder;

  beforeEach(async () => {
    database = SqliteDatabase.open({ memory: true });
    const directory = new SqliteDirectoryStore(database);
    const settings = new SqliteSettingsStore(database);
    await settings.createIntegration(buildIntegration({ id: integrationId, tenantId }), '');
    syncs = new SqliteSyncStore(database);
    outcomes = new SqliteOutcomeStore(database);
    snapshots = new SqliteSnapshotStore(database);
    const history = new UserHistory(outcomes, syncs);
    const trail = new SyncTrail(syncs);
    const lastRecords = new LastRecordFinder(directory, syncs, outcomes, snapshots, history, trail);
    finder = new PeopleFinder(directory, settings, syncs, outcomes, history, trail, lastRecords);
  });
  afterEach(() => database.close());

  it('is bounded, and says how far it came', async () => {
    await failedIn(await sync({ trigger: 'push', createdAt: '2026-01-01T00:00:00.000Z' }), 'Oldest');
    for (let number = 0; number < 2_100; number += 1) {
      await sync({ trigger: 'push', createdAt: '2026-01-02T00:00:00.000Z' });
      if (number === 2_000) await failedIn(await sync({ trigger: 'push' }), 'Newer');
    }
    const { others, isPartial, searched } = await finder.find(tenantId, 'oldest');
    expect({ others, isPartial }).toEqual({ others: [], isPartial: true });
    expect(searched[0]?.isPartial).toBe(true);
    expect(searched[0]?.syncs.length).toBeGreaterThanOrEqual(200);
    expect(searched[0]?.syncs.at(-1)?.createdAt).toBe('2026-01-02T00:00:00.000Z');
    expect((await finder.find(tenantId, 'newer')).others).toMatchObject([{ row: { label: 'Newer' } }]);
  });

  it('ends at the second sync that read all of its source, large or small, and goes by the newest word', async () => {
    await endWhole(await failedIn(await sync({}), 'Ann Three'));
    const before = await endWhole(await failedIn(await sync({}), 'Ann Two', 600));
    const push = await failedIn(await sync({ trigger: 'push' }), 'Ann Two', 1, 's-1');
    const last = await endWhole(await failedIn(await sync({ mode: 'dry' }), 'Ann One', 1, 's-2'));
    const { others, isPartial, searched } = await finder.find(tenantId, 'ann ');
    expect(isPartial).toBe(false);
    expect(searched[0]?.syncs.map(({ id }) => id)).toEqual([last, push, before]);
    const told = others.map(({ row }) => [row.label, row.sourceId, row.syncId]);
    expect(told.slice(0, 4)).toEqual([
      ['Ann One', 's-2', last],
      ['Ann Two', 's-1', push],
      ['Ann Two', 's-0', before],
      ['Ann Two', 's-3', before],
    ]);
    expect((await finder.find(tenantId, 'three')).others).toEqual([]);
  });

  async function sync(parts: Partial<Sync>): Promise<SyncId> {
    const one = buildSync(tenantId, integrationId, { state: 'planning', ...parts });
    await syncs.queue(one);
    return one.id;
  }

  async function endWhole(id: SyncId): Promise<SyncId> {
    await snapshots.insertManifest(tenantId, id, buildManifest(), 1);
    await syncs.move(tenantId, id, 'planning', 'completed', {});
    return id;
  }

  async function failedIn(syncId: SyncId, label: string, people = 1, sourceId?: string): Promise<SyncId> {
    const failed = (seq: number): OutcomeRow =>
      buildOutcomeRow(syncId, seq, {
        outcome: 'failed',
        reason: 'typeMismatch',
        label,
        ...(sourceId === undefined ? {} : { sourceId }),
      });
    const rows = Array.from({ length: people }, (_, seq) => failed(seq));
    await outcomes.insertPlanned(buildPlannedPage({ tenantId, integrationId, syncId }, 0, 0, { rows }));
    return syncId;
  }
});
