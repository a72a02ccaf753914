import { setImmediate, setTimeout } from 'node:timers/promises';
import {
  SqliteDatabase,
  SqliteDirectoryStore,
  SqliteOutcomeStore,
  SqliteSnapshotStore,
  SqliteSyncStore,
} from '#adapter-sqlite';
import {
  createdUserId,
  type IntegrationId,
  newId,
  nameOf,
  type OutcomeRow,
  type SyncId,
  type TenantId,
  type User,
  type UserId,
  usersOfPage,
} from '#core';
import {
  buildLink,
  buildManifest,
  buildOutcomeRow,
  buildPlannedPage,
  buildSync,
  buildUser,
  buildWrite,
} from '#testing';
import { inventedPerson, scatter } from './invented-person.js';

const pageSize = 500;

/** Where a loaded company is: its syncs, oldest first. */
export interface LoadedCompany {
  tenantId: TenantId;
  integrationId: IntegrationId;
  people: number;
  syncIds: SyncId[];
}

interface Place {
  tenantId: TenantId;
  integrationId: IntegrationId;
}

/**
 * Fills a data directory through the store ports: as many users, and so many syncs with an outcome for each. The first
 * sync creates everybody but one in a hundred, who failed; the others change few, and few are held.
 */
export async function loadCompany(
  dataDirectory: string,
  place: Place,
  people: number,
  syncs: number,
  say: (line: string) => void,
): Promise<LoadedCompany> {
  const database = SqliteDatabase.open({ dataDirectory });
  try {
    const loader = new CompanyLoader(database, place, people);
    const syncIds: SyncId[] = [];
    for (let number = 0; number < syncs; number += 1) {
      syncIds.push(await loader.loadSync(number));
      say(`sync ${String(number + 1)} of ${String(syncs)} is loaded`);
    }
    return { ...place, people, syncIds };
  } finally {
    database.close();
  }
}

class CompanyLoader {
  private readonly directory: SqliteDirectoryStore;
  private readonly outcomes: SqliteOutcomeStore;
  private readonly syncs: SqliteSyncStore;
  private readonly snapshots: SqliteSnapshotStore;
  private firstSync = newId('sync');

  constructor(
    private readonly database: SqliteDatabase,
    private readonly place: Place,
    private readonly people: number,
  ) {
    this.directory = new SqliteDirectoryStore(database);
    this.outcomes = new SqliteOutcomeStore(database);
    this.syncs = new SqliteSyncStore(database);
    this.snapshots = new SqliteSnapshotStore(database);
  }

  async loadSync(number: number): Promise<SyncId> {
    const { tenantId, integrationId } = this.place;
    const at = new Date(Date.now() - (20 - number) * 3_600_000).toISOString();
    const sync = buildSync(tenantId, integrationId, { createdAt: at, now: at, startedAt: at, progressedAt: at });
    await this.syncs.queue(sync);
    if (number === 0) this.firstSync = sync.id;
    for (let firstSeq = 0; firstSeq < this.people; firstSeq += pageSize) {
      await this.loadPage(sync.id, number, firstSeq, Math.min(pageSize, this.people - firstSeq));
      await this.diskHasRoom();
    }
    await this.snapshots.insertManifest(tenantId, sync.id, buildManifest({ records: this.people }), 1);
    await this.syncs.move(tenantId, sync.id, 'queued', 'completed', {
      endedAt: at,
      settledAt: at,
      plannedAt: at,
      round: 0,
    });
    return sync.id;
  }

  /** Lets the write-ahead log be put back into the file, as it is wherever the event loop turns. */
  private async diskHasRoom(): Promise<void> {
    await setImmediate();
    while (this.database.isBehind) await setTimeout(20);
  }

  private async loadPage(syncId: SyncId, number: number, firstSeq: number, records: number): Promise<void> {
    const { tenantId, integrationId } = this.place;
    const seqs = Array.from({ length: records }, (_, index) => firstSeq + index);
    const rows: OutcomeRow[] = [];
    const unchanged: { seqs: number[]; userIds: UserId[]; sourceIds: string[] } = {
      seqs: [],
      userIds: [],
      sourceIds: [],
    };
    for (const seq of seqs) {
      const row = number === 0 ? this.firstRow(syncId, seq) : this.laterRow(syncId, number, seq);
      if (row !== null) rows.push(row);
      else {
        unchanged.seqs.push(seq);
        unchanged.userIds.push(createdUserId(this.firstSync, seq));
        unchanged.sourceIds.push(sourceIdOf(seq));
      }
    }
    const page = firstSeq / pageSize;
    const planned = buildPlannedPage({ tenantId, integrationId, syncId }, page, firstSeq, { rows, unchanged });
    await this.outcomes.insertPlanned(planned, await this.directory.searchTexts(tenantId, usersOfPage(planned)));
    if (number === 0) {
      const created = rows.filter(({ outcome }) => outcome === 'created').map(({ seq }) => this.user(seq));
      await this.directory.write(
        tenantId,
        created.map(({ seq, user }) =>
          buildWrite({ integrationId, syncId }, seq, user, { link: buildLink(sourceIdOf(seq), user.id) }),
        ),
      );
    }
    const { page: wholePage } = planned;
    const parts = { kind: 'slice', tenantId, integrationId, syncId, round: 0, slice: page, wholePage } as const;
    await this.outcomes.recordSlice({ ...parts, applied: [], drifted: [] });
  }

  private firstRow(syncId: SyncId, seq: number): OutcomeRow {
    const attributes = inventedPerson(seq);
    const parts = { sourceId: sourceIdOf(seq), label: nameOf({ attributes }), recordHash: 'h'.repeat(22) };
    if (hasFailed(seq)) {
      return buildOutcomeRow(syncId, seq, { ...parts, outcome: 'failed', reason: 'typeMismatch', changes: {} });
    }
    const changes = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, [null, value]]));
    return buildOutcomeRow(syncId, seq, { ...parts, changes: changes as OutcomeRow['changes'] });
  }

  /** Null: unchanged. */
  private laterRow(syncId: SyncId, number: number, seq: number): OutcomeRow | null {
    const parts = { sourceId: sourceIdOf(seq), label: nameOf({ attributes: inventedPerson(seq) }) };
    if (hasFailed(seq)) return { ...this.firstRow(syncId, seq) };
    const userId = createdUserId(this.firstSync, seq);
    const lot = scatter(seq * 31 + number) % 1_000;
    const changes: OutcomeRow['changes'] = { title: ['Specialist', `Specialist ${String(number)}`] };
    const updated = { ...parts, outcome: 'updated', reason: 'changed', userId, changes, userVersion: number } as const;
    if (lot < 30) return buildOutcomeRow(syncId, seq, updated);
    if (lot < 32)
      return buildOutcomeRow(syncId, seq, { ...updated, state: 'held', detail: { heldBy: ['managerChanges'] } });
    if (lot < 35) {
      return buildOutcomeRow(syncId, seq, { ...parts, outcome: 'skipped', reason: 'outOfScope', userId, changes: {} });
    }
    return null;
  }

  private user(seq: number): { seq: number; user: User } {
    const { tenantId, integrationId } = this.place;
    const id = createdUserId(this.firstSync, seq);
    const gone = scatter(seq * 7) % 50 === 0;
    const deactivation = {
      at: new Date(Date.now() - 86_400_000).toISOString(),
      reason: 'sourceDeactivated',
      syncId: this.firstSync,
      anonymizeAfter: '2099-01-01T00:00:00.000Z',
      byHand: false,
    } as const;
    const user = buildUser(tenantId, id, {
      owner: integrationId,
      attributes: inventedPerson(seq),
      ...(gone ? { status: 'deactivated', deactivation } : {}),
    });
    return { seq, user };
  }
}

export function sourceIdOf(seq: number): string {
  return `W-${String(seq).padStart(7, '0')}`;
}

export function hasFailed(seq: number): boolean {
  return scatter(seq * 13) % 100 === 0;
}
