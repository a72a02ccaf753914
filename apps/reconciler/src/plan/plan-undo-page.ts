import { Injectable } from '@nestjs/common';
import {
  DirectoryStore,
  lostRow,
  SyncStore,
  type EffectiveOutcome,
  type IntegrationId,
  type PlannedPage,
  type Sync,
  type SyncId,
  type User,
  type UserId,
} from '#core';
import {
  factKind,
  isAsLeft,
  noClaims,
  reverseOutcome,
  type Decision,
  type KeyHolders,
  type RecordFact,
} from '#reconciliation';
import { RemovalFinder } from '../settle/find-removals.js';
import { findKeyHolders } from './find-key-holders.js';
import { plannedPage } from './plan-page.js';
import type { UndoPage } from './undo-pages.js';

interface Decided {
  seq: number;
  decision: Decision;
}

/** Plans one page of an undo: a handful of batched reads, then outcome by outcome; writes nothing. */
@Injectable()
export class UndoPagePlanner {
  constructor(
    private readonly directory: DirectoryStore,
    private readonly syncs: SyncStore,
    private readonly removals: RemovalFinder,
  ) {}

  async plan(sync: Sync, { page, firstSeq, undone }: UndoPage, claim: number): Promise<PlannedPage> {
    const { tenantId, integrationId, id: syncId } = sync;
    const ids = undone.flatMap((row) => row?.userId ?? []);
    const users = await this.directory.users(tenantId, [...new Set(ids)]);
    const heirs = await this.heirs(sync, undone, users);
    const authors = await this.authors(sync, undone, users);
    const decided: Decided[] = [];
    for (const [index, row] of undone.entries()) {
      const seq = firstSeq + index;
      if (row === null) {
        decided.push({ seq, decision: lost(seq) });
        continue;
      }
      const user = userOf(row, users);
      const decision = reverseOutcome(seq, row, user, {
        frozen: sync.frozen,
        now: sync.now,
        isHeldByOther: user !== null && heirs.has(user.id),
        changedBy: changedBy(sync, row, user, authors),
      });
      decided.push({ seq, decision });
    }
    const holders = await this.holders(sync, decided);
    const facts = decided.map(({ seq, decision }): RecordFact => ({
      decision,
      sourceId: decision.row?.sourceId ?? null,
      candidates: [],
      holders: holders.get(seq) ?? {},
    }));
    const reference = { tenantId, integrationId, syncId, page, firstSeq, records: undone.length, claim };
    return plannedPage(reference, syncId, facts);
  }

  /** Whose access another primary integration would take over, among those that would lose it. */
  private async heirs(
    sync: Sync,
    undone: UndoPage['undone'],
    users: ReadonlyMap<UserId, User>,
  ): Promise<Map<UserId, IntegrationId>> {
    const leaving = undone.flatMap((row) => {
      if (row?.outcome !== 'created' && row?.outcome !== 'reactivated') return [];
      return userOf(row, users) ?? [];
    });
    return this.removals.heirs(sync, leaving);
  }

  private async holders(sync: Sync, decided: readonly Decided[]): Promise<Map<number, KeyHolders>> {
    const emails = new Set<string>();
    const employeeIds = new Set<string>();
    for (const { email, employeeId } of decided.map(({ decision }) => decision.claims)) {
      if (email !== null) emails.add(email);
      if (employeeId !== null) employeeIds.add(employeeId);
    }
    if (emails.size === 0 && employeeIds.size === 0) return new Map();
    const { tenantId, now } = sync;
    const byEmail = await this.directory.byEmailKeys(tenantId, [...emails]);
    const byEmployeeId = await this.directory.byEmployeeIdKeys(tenantId, [...employeeIds], now);
    return findKeyHolders(this.directory, tenantId, decided, { byEmail, byEmployeeId });
  }

  /** The syncs that last wrote those who have changed since. */
  private async authors(
    { tenantId }: Sync,
    undone: UndoPage['undone'],
    users: ReadonlyMap<UserId, User>,
  ): Promise<ReadonlyMap<SyncId, Sync>> {
    const ids = new Set<SyncId>();
    for (const row of undone) {
      const user = row === null ? null : userOf(row, users);
      if (row === null || user === null || isAsLeft(row, user)) continue;
      for (const [id] of Object.values(user.lastWrites)) ids.add(id);
    }
    return ids.size === 0 ? new Map() : this.syncs.byIds(tenantId, [...ids]);
  }
}

/** The newest sync among those that last wrote the user, unless it is the undone one itself. */
function changedBy(
  { undo }: Sync,
  row: EffectiveOutcome,
  user: User | null,
  authors: ReadonlyMap<SyncId, Sync>,
): SyncId | null {
  if (user === null || isAsLeft(row, user)) return null;
  let newest: Sync | null = null;
  for (const [id] of Object.values(user.lastWrites)) {
    const author = authors.get(id);
    if (author !== undefined && (newest === null || author.createdAt > newest.createdAt)) newest = author;
  }
  return newest === null || newest.id === undo?.syncId ? null : newest.id;
}

function userOf({ userId }: EffectiveOutcome, users: ReadonlyMap<UserId, User>): User | null {
  return userId === null ? null : (users.get(userId) ?? null);
}

function lost(seq: number): Decision {
  return { kind: factKind.failed, row: lostRow(seq), userId: null, refresh: null, claims: noClaims };
}
