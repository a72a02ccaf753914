import { Injectable } from '@nestjs/common';
import {
  DirectoryStore,
  SyncStore,
  type EffectiveOutcome,
  type IntegrationId,
  type PlannedPage,
  type Sync,
  type SyncId,
  type User,
  type UserId,
} from '#core';
import { factKind, noClaims, reverseOutcome, type Decision, type KeyHolders, type RecordFact } from '#reconciliation';
import { RemovalFinder } from '../settle/find-removals.js';
import { findKeyHolders } from './find-key-holders.js';
import { plannedPage } from './plan-page.js';
import type { UndoPage } from './undo-pages.js';

interface Decided {
  seq: number;
  decision: Decision;
}

/** When each sync that wrote a user was queued; null: there is no such sync. */
type Authors = Map<SyncId, string | null>;

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
    const authors: Authors = new Map();
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
        changedBy: await this.changedBy(sync, row, user, authors),
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

  /** The newest sync among those that last wrote the user, unless it is the undone one itself. */
  private async changedBy(
    { tenantId, undo }: Sync,
    row: EffectiveOutcome,
    user: User | null,
    authors: Authors,
  ): Promise<SyncId | null> {
    if (user === null || user.version === (row.userVersion ?? 0) + 1) return null;
    let newest: { id: SyncId; createdAt: string } | null = null;
    for (const [id] of Object.values(user.lastWrites)) {
      let createdAt = authors.get(id);
      if (createdAt === undefined) {
        createdAt = (await this.syncs.sync(tenantId, id))?.createdAt ?? null;
        authors.set(id, createdAt);
      }
      if (createdAt !== null && (newest === null || createdAt > newest.createdAt)) newest = { id, createdAt };
    }
    return newest === null || newest.id === undo?.syncId ? null : newest.id;
  }
}

function userOf({ userId }: EffectiveOutcome, users: ReadonlyMap<UserId, User>): User | null {
  return userId === null ? null : (users.get(userId) ?? null);
}

/** An outcome whose row is gone: nobody knows whom it was about. */
function lost(seq: number): Decision {
  return {
    kind: factKind.failed,
    row: {
      seq,
      outcome: 'failed',
      reason: 'lost',
      state: null,
      sourceId: null,
      userId: null,
      label: null,
      changes: {},
      problems: [],
      userVersion: null,
      link: 'none',
      recordHash: null,
      dueDate: null,
    },
    userId: null,
    refresh: null,
    claims: noClaims,
  };
}
