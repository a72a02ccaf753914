import { Injectable } from '@nestjs/common';
import {
  changesDirectory,
  Clock,
  DirectoryStore,
  OutcomeStore,
  RejectedRecordError,
  SettlementStore,
  type ApplySlice,
  type Drift,
  type EffectiveOutcome,
  type Link,
  type PagePlan,
  type SliceReport,
  type Sync,
  type User,
  type UserId,
  type UserWrite,
} from '#core';
import { buildWrite, linkOf } from '#reconciliation';
import { SyncCache } from '../sync-cache.js';

/** Writes one slice of a plan to the directory, each user by compare-and-set, and reports what did not fit. */
@Injectable()
export class SliceApplier {
  constructor(
    private readonly outcomes: OutcomeStore,
    private readonly settlements: SettlementStore,
    private readonly directory: DirectoryStore,
    private readonly syncs: SyncCache,
    private readonly clock: Clock,
  ) {}

  async apply({ tenantId, integrationId, syncId, round, slice }: ApplySlice): Promise<SliceReport> {
    const { sync } = await this.syncs.get(tenantId, syncId);
    const found = await this.settlements.slice(tenantId, syncId, round, slice);
    if (found === null) {
      throw new RejectedRecordError(
        'recordRefused',
        `sync ${syncId} has no slice ${String(slice)} in round ${String(round)}`,
      );
    }
    const report = { kind: 'slice', tenantId, integrationId, syncId, round, slice } as const;
    if (found.kind === 'page') {
      const plan = await this.outcomes.pagePlan(tenantId, syncId, found.page);
      const drifted = await this.applyPage(sync, plan);
      return { ...report, wholePage: found.page, applied: [], drifted };
    }
    const rows = await this.outcomes.bySeqs(tenantId, syncId, found.seqs);
    const open = rows.filter(isOpen);
    const writes = await this.writes(sync, open);
    const drifted =
      found.kind === 'transfer'
        ? spread(open, await this.directory.writeTransfer(tenantId, writes))
        : await this.directory.write(tenantId, writes);
    const missed = new Set(drifted.map(({ seq }) => seq));
    return {
      ...report,
      wholePage: null,
      applied: open.map(({ seq }) => seq).filter((seq) => !missed.has(seq)),
      drifted,
    };
  }

  private async applyPage(sync: Sync, { rows, refresh }: PagePlan): Promise<Drift[]> {
    const passing = rows.filter(
      (row) => isOpen(row) && row.effectiveState === 'planned' && row.detail?.transfer === undefined,
    );
    const drifted = await this.directory.write(sync.tenantId, await this.writes(sync, passing));
    const links: Link[] = [];
    for (const row of rows) {
      if (changesDirectory(row.outcome) || row.link === 'none' || row.userId === null) continue;
      const link = linkOf(sync, row, { id: row.userId, version: row.userVersion ?? 0 });
      if (link !== null) links.push(link);
    }
    const { mapping, attributesRevision, settingsRevision } = sync.frozen;
    if (mapping !== null) {
      // What was planned as unchanged and has a row now was overruled by settling: its link is not to be renewed.
      const overruled = new Set(rows.map(({ seq }) => seq));
      for (const { seq, sourceId, userId, recordHash, userVersion, dueDate } of refresh) {
        if (overruled.has(seq)) continue;
        const seen = {
          recordHash,
          mappingVersion: mapping.version,
          attributesRevision,
          settingsRevision,
          userVersion,
          dueDate,
        };
        links.push({ sourceId, userId, presence: 'present', seen });
      }
    }
    if (links.length > 0) await this.directory.writeLinks(sync.tenantId, sync.integrationId, links);
    return drifted;
  }

  private async writes(sync: Sync, rows: readonly EffectiveOutcome[]): Promise<UserWrite[]> {
    const existing = rows.flatMap(({ userId, userVersion }) =>
      userId === null || userVersion === null ? [] : [userId],
    );
    const users = existing.length === 0 ? new Map<UserId, User>() : await this.directory.users(sync.tenantId, existing);
    const at = this.clock.now();
    return rows.map((row) => {
      const user = row.userId === null || row.userVersion === null ? null : (users.get(row.userId) ?? null);
      return buildWrite(sync, row, user, at);
    });
  }
}

/** An outcome that can still be written: planned, or held and now named by a person. */
function isOpen(row: EffectiveOutcome): boolean {
  return changesDirectory(row.outcome) && (row.effectiveState === 'planned' || row.effectiveState === 'held');
}

/** A transfer drifts as one: whoever did not miss their own version missed it with the others. */
function spread(rows: readonly EffectiveOutcome[], drifts: readonly Drift[]): Drift[] {
  if (drifts.length === 0) return [];
  const causes = new Map(drifts.map(({ seq, cause }) => [seq, cause]));
  return rows.map(({ seq }) => ({ seq, cause: causes.get(seq) ?? 'version' }));
}
