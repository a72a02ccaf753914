import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  changesDirectory,
  Clock,
  DirectoryStore,
  isOpen,
  OutcomeStore,
  RejectedRecordError,
  SettlementStore,
  type ApplySlice,
  type Drift,
  type EffectiveOutcome,
  type Link,
  type PagePlan,
  type Slice,
  type SliceReport,
  type Sync,
  type TenantId,
  type User,
  type UserId,
  type UserWrite,
} from '#core';
import { buildWrite, linkOf } from '#reconciliation';
import { SyncCache } from '../sync-cache.js';

/** What is to be written, and the rows for which not even the write could be made. */
interface Writes {
  writes: UserWrite[];
  refused: Drift[];
}

/** What became of slices that were applied. */
export interface AppliedSlices {
  /** One for each slice. */
  reports: SliceReport[];
  /** How many users carry their outcome now. */
  written: number;
  /** How many links stayed as they are, because the turn was over. */
  late: number;
}

/** A page's slice, made ready to be written. */
interface PageSlice extends Writes {
  report: SliceReport;
  links: Link[];
}

/** Writes slices of a plan to the directory, each user by compare-and-set, and reports what did not fit. */
@Injectable()
export class SliceApplier {
  constructor(
    private readonly outcomes: OutcomeStore,
    private readonly settlements: SettlementStore,
    private readonly directory: DirectoryStore,
    private readonly syncs: SyncCache,
    private readonly clock: Clock,
  ) {}

  /**
   * Applies slices of one sync; gives a report of each. Whole pages are written together, so that what they have in
   * common (the pages of an index) is written once; the event loop gets a turn between the steps.
   */
  async apply(slices: readonly ApplySlice[], turn: number): Promise<AppliedSlices> {
    const reports: SliceReport[] = [];
    let written = 0;
    const pages: PageSlice[] = [];
    for (const slice of slices) {
      const { tenantId, integrationId, syncId, round, slice: index } = slice;
      const sync = { ...(await this.syncs.get(tenantId, syncId)).sync, turn };
      const found = await this.settlements.slice(tenantId, syncId, round, index);
      if (found === null) {
        throw new RejectedRecordError(
          'recordRefused',
          `sync ${syncId} has no slice ${String(index)} in round ${String(round)}`,
        );
      }
      const named = { kind: 'slice', tenantId, integrationId, syncId, round, slice: index } as const;
      if (found.kind === 'page') {
        const plan = await this.outcomes.pagePlan(tenantId, syncId, found.page);
        const report: SliceReport = { ...named, wholePage: found.page, applied: [], drifted: [] };
        reports.push(report);
        pages.push({ report, ...(await this.pageSlice(sync, plan)) });
      } else {
        const { applied, drifted } = await this.applyNamed(sync, found);
        reports.push({ ...named, wholePage: null, applied, drifted });
        written += applied.length;
      }
      await nextTurn();
    }
    const whole = await this.writePages(pages, turn);
    return { reports, written: written + whole.written, late: whole.late };
  }

  private async applyNamed(
    sync: Sync,
    slice: Exclude<Slice, { kind: 'page' }>,
  ): Promise<Pick<SliceReport, 'applied' | 'drifted'>> {
    const { tenantId, id } = sync;
    const open = (await this.outcomes.bySeqs(tenantId, id, slice.seqs)).filter((row) => isOpen(row.effectiveState));
    const { writes, refused } = await this.writes(sync, open);
    const drifted =
      slice.kind === 'transfer'
        ? spread(open, refused.length > 0 ? refused : await this.directory.writeTransfer(tenantId, writes))
        : [...refused, ...(await this.write(tenantId, writes))];
    const missed = new Set(drifted.map(({ seq }) => seq));
    return { applied: open.map(({ seq }) => seq).filter((seq) => !missed.has(seq)), drifted };
  }

  private async writePages(pages: readonly PageSlice[], turn: number): Promise<Omit<AppliedSlices, 'reports'>> {
    const [first] = pages;
    if (first === undefined) return { written: 0, late: 0 };
    const { tenantId, integrationId } = first.report;
    const writes = pages.flatMap((page) => page.writes);
    const drifts = writes.length === 0 ? [] : await this.write(tenantId, writes);
    const causes = new Map(drifts.map((drift) => [drift.seq, drift]));
    for (const { report, writes: own, refused } of pages) {
      report.drifted = [...refused, ...(causes.size === 0 ? [] : own.flatMap(({ seq }) => causes.get(seq) ?? []))];
    }
    const links = pages.flatMap((page) => page.links);
    const inTurn = links.length === 0 || (await this.directory.writeLinks(tenantId, integrationId, turn, links));
    return { written: writes.length - drifts.length, late: inTurn ? 0 : links.length };
  }

  private async pageSlice(sync: Sync, { rows, refresh }: PagePlan): Promise<Omit<PageSlice, 'report'>> {
    const passing = rows.filter(
      (row) => isOpen(row.effectiveState) && row.effectiveState === 'planned' && row.detail?.transfer === undefined,
    );
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
    return { ...(await this.writes(sync, passing)), links };
  }

  /** Writes users; those that the store refuses, each alone, are given back as drifts and harm nobody else. */
  private async write(tenantId: TenantId, writes: readonly UserWrite[]): Promise<Drift[]> {
    try {
      return await this.directory.write(tenantId, writes);
    } catch (error) {
      const [first] = writes;
      if (first === undefined || !(error instanceof RejectedRecordError)) throw error;
      if (writes.length === 1) return [{ seq: first.seq, cause: 'refused' }];
      const half = Math.ceil(writes.length / 2);
      return [
        ...(await this.write(tenantId, writes.slice(0, half))),
        ...(await this.write(tenantId, writes.slice(half))),
      ];
    }
  }

  private async writes(sync: Sync, rows: readonly EffectiveOutcome[]): Promise<Writes> {
    const existing = rows.flatMap(({ userId, userVersion }) =>
      userId === null || userVersion === null ? [] : [userId],
    );
    const users = existing.length === 0 ? new Map<UserId, User>() : await this.directory.users(sync.tenantId, existing);
    const at = this.clock.now();
    const made: Writes = { writes: [], refused: [] };
    for (const row of rows) {
      const user = row.userId === null || row.userVersion === null ? null : (users.get(row.userId) ?? null);
      try {
        made.writes.push(buildWrite(sync, row, user, at));
      } catch {
        made.refused.push({ seq: row.seq, cause: 'refused' });
      }
    }
    return made;
  }
}

/** A transfer drifts as one: whoever did not miss their own version missed it with the others. */
function spread(rows: readonly EffectiveOutcome[], drifts: readonly Drift[]): Drift[] {
  if (drifts.length === 0) return [];
  const causes = new Map(drifts.map(({ seq, cause }) => [seq, cause]));
  return rows.map(({ seq }) => ({ seq, cause: causes.get(seq) ?? 'version' }));
}
