import { Injectable } from '@nestjs/common';
import { DirectoryStore, hash64, type OutcomeRow, type Sync, type User, type UserId } from '#core';
import { claimsOf, resolveKeys, type KeyClaim, type OutcomeRef } from '#reconciliation';
import type { Overlay } from './overlay.js';
import { exception, type People } from './settle-people.js';
import { holderIds, type PlanScan } from './scan-facts.js';

/** The sequence and row of a holder's removal, found while walking the missing. */
export type RemovalsOfHolders = ReadonlyMap<UserId, OutcomeRow>;

/** Decides who gets which e-mail address and employee id, and which outcomes pass one between them. */
@Injectable()
export class KeySettler {
  constructor(private readonly directory: DirectoryStore) {}

  /** Puts failures into the overlay; gives the transfers as groups of sequences. */
  async settle(
    sync: Sync,
    scan: PlanScan,
    overlay: Overlay,
    people: People,
    removals: RemovalsOfHolders,
    loadRows: (seqs: readonly number[]) => Promise<void>,
  ): Promise<number[][]> {
    const releases = await this.releases(sync, scan, overlay, people, removals, loadRows);
    const claims = await this.claims(sync, scan, overlay, people, releases);
    const { failed, transfers } = resolveKeys(claims);
    for (const [seq, { kind, otherSeqs, otherUserIds }] of failed) {
      const row = overlay.row(seq);
      if (row === undefined) continue;
      overlay.put(
        exception(
          row,
          { seq, sourceId: row.sourceId, recordHash: row.recordHash ?? '', values: {} },
          'failed',
          'keyCollision',
          { key: kind, otherSeqs, otherUserIds },
        ),
      );
    }
    return transfers.map((group) =>
      group.map((ref) => (typeof ref === 'number' ? ref : (removals.get(ref)?.seq ?? -1))).filter((seq) => seq >= 0),
    );
  }

  private async claims(
    sync: Sync,
    scan: PlanScan,
    overlay: Overlay,
    people: People,
    releases: ReadonlyMap<UserId, Release>,
  ): Promise<KeyClaim[]> {
    const seqs = new Set([...scan.contested, ...scan.holders.keys()]);
    const rows = [...seqs].flatMap((seq) => {
      const row = overlay.row(seq);
      return row === undefined || people.dropped.has(seq) ? [] : [row];
    });
    const returning = rows.flatMap((row) => (row.outcome === 'reactivated' && row.userId !== null ? [row.userId] : []));
    const users = await this.directory.users(sync.tenantId, returning);
    const claims: KeyClaim[] = [];
    for (const row of rows) {
      const user = row.userId === null ? null : (users.get(row.userId) ?? null);
      const wanted = claimsOf(row, user);
      const holders = scan.holders.get(row.seq) ?? {};
      for (const kind of ['email', 'employeeId'] as const) {
        const key = wanted[kind];
        if (key === null) continue;
        const userId = holders[kind];
        const holder =
          userId === undefined || userId === row.userId
            ? null
            : { userId, releasedBy: releases.get(userId)?.[kind] ?? null };
        claims.push({ seq: row.seq, kind, key, holder });
      }
    }
    return claims;
  }

  /** For every holder of a claimed key: the outcome of this plan by which each of its keys becomes free, if any. */
  private async releases(
    sync: Sync,
    scan: PlanScan,
    overlay: Overlay,
    people: People,
    removals: RemovalsOfHolders,
    loadRows: (seqs: readonly number[]) => Promise<void>,
  ): Promise<Map<UserId, Release>> {
    const ids = holderIds(scan.holders);
    const links = await this.directory.linksOfUsers(sync.tenantId, ids);
    const words = new Uint32Array(2);
    const records = new Map<UserId, number>();
    for (const userId of ids) {
      const matched = people.taken.get(userId);
      if (matched !== undefined) {
        records.set(userId, matched);
        continue;
      }
      for (const { integrationId, sourceId } of links.get(userId) ?? []) {
        if (integrationId !== sync.integrationId) continue;
        hash64(sourceId, words, 0);
        const seq = people.standing.get(sourceId) ?? scan.sources.get(words[0] ?? 0, words[1] ?? 0);
        if (seq !== -1 && !people.dropped.has(seq)) records.set(userId, seq);
      }
    }
    await loadRows([...records.values()]);
    const users = await this.directory.users(sync.tenantId, ids);
    const releases = new Map<UserId, Release>();
    for (const userId of ids) {
      const seq = records.get(userId);
      const row = removals.get(userId) ?? (seq === undefined ? undefined : overlay.row(seq));
      // A row that drifted before it was applied changes nobody: its user keeps what they have.
      if (row !== undefined && row.userId === userId && row.state !== 'drifted') {
        releases.set(userId, releaseBy(row, removals.has(userId) ? userId : row.seq, users.get(userId) ?? null));
      }
    }
    return releases;
  }
}

interface Release {
  email: OutcomeRef | null;
  employeeId: OutcomeRef | null;
}

/** Which of a user's keys an outcome frees. */
function releaseBy(row: OutcomeRow, ref: OutcomeRef, user: User | null): Release {
  if (row.outcome === 'deprovisioned') return { email: ref, employeeId: ref };
  if (row.outcome !== 'updated' || user === null) return { email: null, employeeId: null };
  const { email, employeeId } = row.changes;
  const claims = claimsOf(row, user);
  return {
    email: claims.email !== null || (email !== undefined && email[1] === null) ? ref : null,
    employeeId: claims.employeeId !== null || (employeeId !== undefined && employeeId[1] === null) ? ref : null,
  };
}
