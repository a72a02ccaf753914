import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  SqliteDatabase,
  SqliteDirectoryStore,
  SqliteOutcomeStore,
  SqliteSnapshotStore,
  SqliteSyncStore,
} from '#adapter-sqlite';
import { newId, type OutcomeRow, type PlannedPage, type Sync, type SyncId, type UserId } from '#core';
import { buildLink, buildOutcomeRow, buildPlannedPage, buildSync, buildUser, buildWrite } from '#testing';
import { SyncTrail } from '../syncs/sync-trail.js';
import { UserHistory } from '../users/user-history.js';
import { LastRecordFinder } from './last-record.js';

const tenantId = newId('tenant');
const integrationId = newId('integration');
const userId = 'usr_missing' as UserId;
const others = (seq: number) => `usr_${String(seq)}` as UserId;

describe('the last record of somebody who is missing', () => {
  let database: SqliteDatabase;
  let directory: SqliteDirectoryStore;
  let syncs: SqliteSyncStore;
  let outcomes: SqliteOutcomeStore;
  let snapshots: SqliteSnapshotStore;
  let finder: LastRecordFinder;

  beforeEach(async () => {
    database = SqliteDatabase.open({ memory: true });
    directory = new SqliteDirectoryStore(database);
    syncs = new SqliteSyncStore(database);
    outcomes = new SqliteOutcomeStore(database);
    snapshots = new SqliteSnapshotStore(database);
    const history = new UserHistory(outcomes, syncs);
    finder = new LastRecordFinder(directory, syncs, outcomes, snapshots, history, new SyncTrail(syncs));
    const user = buildUser(tenantId, userId, {
      owner: integrationId,
      attributes: { fullName: 'Ada Lovelace', email: 'ada@x.y' },
    });
    const by = { integrationId, syncId: newId('sync') };
    await directory.write(tenantId, [buildWrite(by, 0, user, { link: buildLink('W-0004', userId) })]);
  });
  afterEach(() => database.close());

  it('is of the newest sync that had it, also where it changed nothing', async () => {
    await sync([updated(0)]);
    const seen = await sync([], { unchanged: [7, 8, 9], theirs: 8 });
    await sync([], { unchanged: [0], theirs: null }, { person: 'x' });
    expect(await missing()).toMatchObject({ syncId: seen, seq: 8 });
  });

  it('is found among many', async () => {
    await sync([updated(0)]);
    const seen = await sync([], { unchanged: Array.from({ length: 600 }, (_, seq) => seq), theirs: 555 });
    expect(await missing()).toMatchObject({ syncId: seen, seq: 555 });
  });

  it('is found by the address, where an older version wrote no source id', async () => {
    const seen = await sync([], { unchanged: [0, 1], theirs: 1, withSourceIds: false });
    expect(await missing()).toMatchObject({ syncId: seen, seq: 1 });
  });

  it('is of the newest sync, of those whose records are still stored', async () => {
    await sync([updated(0)]);
    const stored = await sync([], { unchanged: [0], theirs: 0 });
    await store(stored);
    const newest = await sync([updated(0)]);
    expect(await missing()).toMatchObject({ syncId: stored });
    await store(newest);
    expect(await missing()).toMatchObject({ syncId: newest });
  });

  it('is not known of somebody of whom no record is', async () => {
    await sync([], { unchanged: [0], theirs: null });
    expect(await missing()).toBeNull();
  });

  const updated = (seq: number): OutcomeRow =>
    buildOutcomeRow(newId('sync'), seq, { outcome: 'updated', reason: 'changed', userId, sourceId: 'W-0004' });

  async function sync(
    rows: OutcomeRow[],
    packed: { unchanged: number[]; theirs: number | null; withSourceIds?: boolean } = { unchanged: [], theirs: null },
    parts: Partial<Sync> = {},
  ): Promise<SyncId> {
    const { id } = await queued(parts);
    const { unchanged: seqs, theirs, withSourceIds = true } = packed;
    const unchanged: PlannedPage['unchanged'] = {
      seqs,
      userIds: seqs.map((seq) => (seq === theirs ? userId : others(seq))),
      ...(withSourceIds ? { sourceIds: seqs.map((seq) => (seq === theirs ? 'W-0004' : `V-${String(seq)}`)) } : {}),
    };
    const firstSeq = seqs[0] ?? rows[0]?.seq ?? 0;
    const page = buildPlannedPage({ tenantId, integrationId, syncId: id }, 0, firstSeq, { rows, unchanged });
    const texts = await directory.searchTexts(tenantId, [userId]);
    await outcomes.insertPlanned(page, texts);
    return id;
  }

  async function queued(parts: Partial<Sync>): Promise<Omit<Sync, 'generation'>> {
    const one = buildSync(tenantId, integrationId, { state: 'planning', ...parts });
    await syncs.queue(one);
    return one;
  }

  async function store(id: SyncId): Promise<void> {
    const page = { page: 0, firstSeq: 0, records: 1, bytes: 1, contentHash: '', cursorAfter: null, claim: 1 };
    await snapshots.insertPage(tenantId, id, page, Buffer.from('{}'));
  }

  /** What is told of them by a sync in which they are missing. */
  async function missing() {
    const one = await queued({});
    const row = buildOutcomeRow(one.id, 0, {
      outcome: 'deprovisioned',
      reason: 'missingFromSnapshot',
      userId,
      sourceId: 'W-0004',
      recordHash: null,
    });
    await outcomes.insertRemovals(tenantId, one.id, 0, 0, [row]);
    const [gone] = await outcomes.bySeqs(tenantId, one.id, [0]);
    return finder.find({ ...one, generation: 9 }, gone ?? null);
  }
});
