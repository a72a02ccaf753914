import { setImmediate } from 'node:timers/promises';
import type {
  CountedKind,
  EffectiveOutcome,
  OutcomeCounts,
  OutcomeFilter,
  OutcomePlace,
  OutcomeRow,
  OutcomeSearch,
  OutcomeTotal,
  PagePlan,
  PlannedPage,
  SeenRefresh,
  SettledRow,
  SliceReport,
  SyncId,
  SyncProgress,
  TenantId,
  UserId,
} from '#core';
import {
  OutcomeStore,
  bucketsOf,
  changesDirectory,
  createdBy,
  isSamePlace,
  countKey,
  effectiveState,
  findByText,
  foldNeedle,
  isOpen,
  plannedTexts,
  removalsTexts,
  sumTotals,
  unchangedOutcome,
} from '#core';
import { IdNumbers } from './id-numbers.js';
import { listOutcomes } from './outcome-list.js';
import { OutcomePageLedger, readPages, type PageStatus } from './outcome-page-ledger.js';
import { decodeRowBody } from './outcome-row-body.js';
import { OutcomeRowTable, touchesOnlyLink, type StoredRow } from './outcome-row-table.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { OutcomeTextIndex } from './outcome-text-index.js';
import { findInSyncs, OutcomeTexts } from './outcome-texts.js';
import { PageSums } from './page-sums.js';
import { RareTextTable } from './rare-texts.js';
import { UserOutcomes } from './user-outcomes.js';
import { UnchangedUsers, encodeUnchanged } from './unchanged-codec.js';
import { listUnchanged } from './unchanged-list.js';

const insertPageSql = `INSERT OR IGNORE INTO outcome_pages
  (sync_no, page, state, first_seq, records, span, removals, link_rows, refreshes, has_texts, tells_rare_kinds, counts, digest)
  VALUES (?, ?, 'planned', ?, ?, ?, ?, ?, ?, 1, 1, ?, ?)`;

/** Rows under integer keys, one status row a page whose counts are kept exact by every write. */
export class SqliteOutcomeStore extends OutcomeStore {
  private readonly numbers: IdNumbers;
  private readonly sums: PageSums;

  constructor(private readonly database: SqliteDatabase) {
    super();
    this.numbers = new IdNumbers(database);
    this.sums = new PageSums(database);
  }

  override async insertPlanned(
    page: PlannedPage,
    userTexts: ReadonlyMap<UserId, string> = new Map(),
  ): Promise<'inserted' | 'duplicate' | 'ended'> {
    const syncNo = this.numbers.assign(page.tenantId, 'sync', page.syncId);
    const noted = this.noted(page.tenantId);
    const unchanged = encodeUnchanged(page.unchanged);
    const facts = Buffer.from(page.facts, 'base64');
    const texts = plannedTexts(page, userTexts);
    const refresh = page.refresh.length === 0 ? null : JSON.stringify(page.refresh);
    return this.database.transaction(() => {
      // In the same transaction: a page that comes late must not stand as planned in a sync that has ended.
      if (this.hasEnded(syncNo)) return 'ended';
      const { changes } = this.database
        .prepare(insertPageSql)
        .run(
          syncNo,
          page.page,
          page.firstSeq,
          page.records,
          page.records,
          0,
          page.rows.filter(touchesOnlyLink).length,
          page.refresh.length,
          JSON.stringify(page.counts),
          page.digest,
        );
      if (changes === 0) return 'duplicate';
      new OutcomeRowTable(this.database, syncNo).append(page.page, page.rows);
      noted.note(syncNo, page.rows);
      this.texts(syncNo).put(texts);
      new RareTextTable(this.database, syncNo).put(page.rows, page.counts, page.records, texts);
      this.database
        .prepare('INSERT INTO outcome_page_parts (sync_no, page, facts, refresh, unchanged) VALUES (?, ?, ?, ?, ?)')
        .run(syncNo, page.page, facts, refresh, unchanged);
      this.database
        .prepare(
          `INSERT INTO outcome_syncs (sync_no, planned_pages, planned_records, has_parts) VALUES (?, 1, ?, 1)
           ON CONFLICT (sync_no) DO UPDATE SET planned_pages = planned_pages + 1,
             planned_records = planned_records + excluded.planned_records, has_parts = 1, has_rows = 1`,
        )
        .run(syncNo, page.records);
      return 'inserted';
    });
  }

  override async insertRemovals(
    tenantId: TenantId,
    syncId: SyncId,
    page: number,
    firstSeq: number,
    rows: OutcomeRow[],
  ): Promise<void> {
    const syncNo = this.numbers.assign(tenantId, 'sync', syncId);
    const stored = rows.map(withTransferState);
    const counts: OutcomeCounts = {};
    let span = 0;
    for (const row of stored) {
      const key = countKey(row.outcome, row.reason, row.state);
      counts[key] = (counts[key] ?? 0) + 1;
      span = Math.max(span, row.seq - firstSeq + 1);
    }
    const linkRows = stored.filter(touchesOnlyLink).length;
    const texts = removalsTexts(stored);
    const noted = this.noted(tenantId);
    this.database.transaction(() => {
      const { changes } = this.database
        .prepare(insertPageSql)
        .run(syncNo, page, firstSeq, 0, span, 1, linkRows, 0, JSON.stringify(counts), '');
      if (changes === 0) return;
      new OutcomeRowTable(this.database, syncNo).append(page, stored);
      noted.note(syncNo, stored);
      this.texts(syncNo).put(texts);
      new RareTextTable(this.database, syncNo).put(stored, counts, span, texts);
      this.database
        .prepare(
          `INSERT INTO outcome_syncs (sync_no, removal_pages) VALUES (?, 1)
           ON CONFLICT (sync_no) DO UPDATE SET removal_pages = removal_pages + 1, has_rows = 1`,
        )
        .run(syncNo);
    });
  }

  override async insertExceptions(tenantId: TenantId, syncId: SyncId, rows: SettledRow[]): Promise<void> {
    const noted = this.noted(tenantId);
    this.change(this.numbers.assign(tenantId, 'sync', syncId), (table, ledger, syncNo) => {
      let inserted = 0;
      for (const row of rows) {
        if (table.settle(row.page, withTransferState(row), ledger)) inserted += 1;
      }
      noted.note(syncNo, rows);
      this.database
        .prepare(
          `INSERT INTO outcome_syncs (sync_no, exceptions) VALUES (?, ?)
           ON CONFLICT (sync_no) DO UPDATE SET exceptions = exceptions + excluded.exceptions, has_rows = 1`,
        )
        .run(syncNo, inserted);
    });
  }

  override async reject(tenantId: TenantId, syncId: SyncId, seqs: number[]): Promise<void> {
    this.endOpen(tenantId, syncId, seqs, 'rejected');
  }

  override async supersede(tenantId: TenantId, syncId: SyncId, seqs: readonly number[]): Promise<void> {
    this.endOpen(tenantId, syncId, seqs, 'superseded');
  }

  override async recordSlice(report: SliceReport): Promise<void> {
    this.change(this.numbers.assign(report.tenantId, 'sync', report.syncId), (table, ledger, syncNo) => {
      const { changes } = this.database
        .prepare('INSERT OR IGNORE INTO outcome_slices (sync_no, round, slice) VALUES (?, ?, ?)')
        .run(syncNo, report.round, report.slice);
      if (changes === 0) return;
      const drifted = new Set<number>();
      for (const { seq, cause } of report.drifted) {
        const row = table.effective(seq);
        if (row === null || drifted.has(seq)) continue;
        drifted.add(seq);
        table.end(row, 'drifted', ledger, cause);
      }
      for (const seq of report.applied) {
        const row = drifted.has(seq) ? null : table.effective(seq);
        if (row !== null) table.end(row, 'applied', ledger);
      }
      if (report.wholePage !== null) ledger.setState(report.wholePage, 'applied');
    });
  }

  override async slicesEnded(tenantId: TenantId, syncId: SyncId, round: number): Promise<number> {
    const row = this.database
      .prepare('SELECT count(*) AS ended FROM outcome_slices WHERE sync_no = ? AND round = ?')
      .get(this.numbers.find(tenantId, 'sync', syncId), round) as { ended: number };
    return row.ended;
  }

  override async cancelPlanned(tenantId: TenantId, syncId: SyncId): Promise<void> {
    const syncNo = this.numbers.find(tenantId, 'sync', syncId);
    for (const { page, firstSeq, span, counts } of readPages(this.database, syncNo)) {
      if (!Object.keys(counts).some((key) => key.endsWith(':planned') || key.endsWith(':held'))) continue;
      this.change(syncNo, (table, ledger) => {
        for (const row of table.effectiveBetween(firstSeq, firstSeq + span)) {
          if (row.page === page && isOpen(row.state)) table.end(row, 'cancelled', ledger);
        }
      });
      await setImmediate();
    }
    this.database.transaction(() => {
      this.database
        .prepare("UPDATE outcome_pages SET state = 'cancelled' WHERE sync_no = ? AND state = 'planned'")
        .run(syncNo);
    });
  }

  override async progress(tenantId: TenantId, syncId: SyncId): Promise<SyncProgress> {
    const row = this.database
      .prepare(
        `SELECT planned_pages AS plannedPages, planned_records AS plannedRecords, removal_pages AS removalPages, exceptions
         FROM outcome_syncs WHERE sync_no = ?`,
      )
      .get(this.numbers.find(tenantId, 'sync', syncId));
    if (row === undefined) return { plannedPages: 0, plannedRecords: 0, removalPages: 0, exceptions: 0 };
    return { ...(row as unknown as SyncProgress) };
  }

  override async missingPages(tenantId: TenantId, syncId: SyncId, from: number, to: number): Promise<number[]> {
    const rows = this.database
      .prepare('SELECT page FROM outcome_pages WHERE sync_no = ? AND page >= ? AND page < ?')
      .all(this.numbers.find(tenantId, 'sync', syncId), from, to) as { page: number }[];
    const present = new Set(rows.map((row) => row.page));
    const missing: number[] = [];
    for (let page = from; page < to; page += 1) if (!present.has(page)) missing.push(page);
    return missing;
  }

  override async facts(
    tenantId: TenantId,
    syncId: SyncId,
    fromPage: number,
    limit: number,
  ): Promise<{ page: number; firstSeq: number; records: number; facts: Uint8Array; digest: string }[]> {
    const rows = this.database
      .prepare(
        `SELECT p.page, p.first_seq AS firstSeq, p.records, f.facts, p.digest
         FROM outcome_pages AS p JOIN outcome_page_parts AS f ON f.sync_no = p.sync_no AND f.page = p.page
         WHERE p.sync_no = ? AND p.page >= ? AND p.removals = 0 ORDER BY p.page LIMIT ?`,
      )
      .all(this.numbers.find(tenantId, 'sync', syncId), fromPage, limit);
    return rows as { page: number; firstSeq: number; records: number; facts: Uint8Array; digest: string }[];
  }

  override async pagePlan(tenantId: TenantId, syncId: SyncId, page: number): Promise<PagePlan> {
    const syncNo = this.numbers.find(tenantId, 'sync', syncId);
    const status = new OutcomePageLedger(this.database, syncNo).page(page);
    if (status === null) return { rows: [], refresh: [] };
    const superseded = this.isSuperseded(syncNo);
    const rows = new OutcomeRowTable(this.database, syncNo)
      .effectiveBetween(status.firstSeq, status.firstSeq + status.span)
      .map((row) => outcome(syncId, row, status, superseded));
    return { rows, refresh: this.refresh(syncNo, page) };
  }

  override async applicablePages(tenantId: TenantId, syncId: SyncId): Promise<number[]> {
    const syncNo = this.numbers.find(tenantId, 'sync', syncId);
    if (this.isSuperseded(syncNo)) return [];
    return readPages(this.database, syncNo)
      .filter(
        (page) =>
          (page.state === 'planned' && (page.linkRows > 0 || page.refreshes > 0)) ||
          bucketsOf(page, false).some((bucket) => isOpen(bucket.state)),
      )
      .map((page) => page.page);
  }

  override async bySeqs(tenantId: TenantId, syncId: SyncId, seqs: readonly number[]): Promise<EffectiveOutcome[]> {
    const syncNo = this.numbers.find(tenantId, 'sync', syncId);
    const table = new OutcomeRowTable(this.database, syncNo);
    const ledger = new OutcomePageLedger(this.database, syncNo);
    const superseded = this.isSuperseded(syncNo);
    return seqs.flatMap((seq) => {
      const row = table.effective(seq);
      return row === null ? [] : [outcome(syncId, row, ledger.page(row.page), superseded)];
    });
  }

  override async unchangedUser(tenantId: TenantId, syncId: SyncId, seq: number): Promise<UserId | null> {
    const syncNo = this.numbers.find(tenantId, 'sync', syncId);
    return new OutcomeRowTable(this.database, syncNo).effective(seq) === null ? this.packedUser(syncNo, seq) : null;
  }

  private packedUser(syncNo: number, seq: number): UserId | null {
    const page = this.pageOf(syncNo, seq);
    if (page === null) return null;
    const packed = this.packedUsers(syncNo, page)?.userOf(seq);
    return packed ?? this.refresh(syncNo, page).find((refresh) => refresh.seq === seq)?.userId ?? null;
  }

  private packed(syncId: SyncId, syncNo: number, seq: number): EffectiveOutcome {
    return unchangedOutcome(syncId, seq, this.pageOf(syncNo, seq) ?? 0, this.packedUser(syncNo, seq));
  }

  private pageOf(syncNo: number, seq: number): number | null {
    const row = this.database
      .prepare(
        `SELECT page FROM outcome_pages WHERE sync_no = ?1 AND removals = 0 AND first_seq <= ?2 AND first_seq + records > ?2
         ORDER BY first_seq DESC LIMIT 1`,
      )
      .get(syncNo, seq) as { page: number } | undefined;
    return row?.page ?? null;
  }

  /** The users of the unchanged records of a page; null without such records, and once retention has deleted them. */
  private packedUsers(syncNo: number, page: number): UnchangedUsers | null {
    const row = this.database
      .prepare('SELECT unchanged FROM outcome_page_parts WHERE sync_no = ? AND page = ?')
      .get(syncNo, page) as { unchanged: Uint8Array | null } | undefined;
    const packed = row?.unchanged ?? null;
    return packed === null ? null : new UnchangedUsers(packed);
  }

  override async totals(tenantId: TenantId, syncId: SyncId): Promise<OutcomeTotal[]> {
    return sumTotals(this.buckets(tenantId, syncId));
  }

  override async totalsOfEach(tenantId: TenantId, syncIds: readonly SyncId[]): Promise<OutcomeTotal[][]> {
    return Promise.all(syncIds.map(async (syncId) => this.totals(tenantId, syncId)));
  }

  override async list(
    tenantId: TenantId,
    syncId: SyncId,
    filter: OutcomeFilter,
    afterSeq: number,
    limit: number,
  ): Promise<EffectiveOutcome[]> {
    const syncNo = this.numbers.find(tenantId, 'sync', syncId);
    const rows = await listOutcomes(this.database, syncNo, this.isSuperseded(syncNo), filter, afterSeq, limit);
    return rows.map((row) => toOutcome(syncId, row, row.effectiveState));
  }

  override async listUnchanged(
    tenantId: TenantId,
    syncId: SyncId,
    afterSeq: number,
    limit: number,
  ): Promise<EffectiveOutcome[]> {
    const syncNo = this.numbers.find(tenantId, 'sync', syncId);
    const listed = await listUnchanged(this.database, syncNo, afterSeq, limit);
    const usersOf = this.usersOfPages(syncNo);
    return listed.map(({ seq, page, row }) =>
      row === null
        ? unchangedOutcome(syncId, seq, page, usersOf(page)?.userOf(seq) ?? null)
        : toOutcome(syncId, row, null),
    );
  }

  /** The users of the unchanged records of pages, each of which is read once. */
  private usersOfPages(syncNo: number): (page: number) => UnchangedUsers | null {
    const users = new Map<number, UnchangedUsers | null>();
    return (page) => {
      const known = users.get(page) ?? this.packedUsers(syncNo, page);
      users.set(page, known);
      return known;
    };
  }

  override async find(
    tenantId: TenantId,
    syncId: SyncId,
    filters: readonly OutcomeFilter[],
    q: string,
    afterSeq: number,
    limit: number,
  ): Promise<OutcomeSearch> {
    const syncNo = this.numbers.find(tenantId, 'sync', syncId);
    const index = new OutcomeTextIndex(this.database, syncNo, this.isSuperseded(syncNo));
    const { seqs, ...found } = await findByText(index, filters, q, afterSeq, limit);
    const withRow = new Map((await this.bySeqs(tenantId, syncId, seqs)).map((row) => [row.seq, row]));
    const usersOf = this.usersOfPages(syncNo);
    const rows = seqs.map((seq) => {
      const row = withRow.get(seq);
      if (row !== undefined) return row;
      const page = index.pageOf(seq);
      return unchangedOutcome(syncId, seq, page, usersOf(page)?.userOf(seq) ?? null);
    });
    return { rows, ...found };
  }

  override async findAmong(
    tenantId: TenantId,
    syncIds: readonly SyncId[],
    q: string,
    limit: number,
  ): Promise<EffectiveOutcome[]> {
    const numbers = syncIds.map((syncId) => this.numbers.find(tenantId, 'sync', syncId));
    const found: EffectiveOutcome[] = [];
    for (const [place, seqs] of findInSyncs(this.database, numbers, foldNeedle(q), limit)) {
      const [syncId, syncNo = 0] = [syncIds[place], numbers[place]];
      if (syncId === undefined) continue;
      const withRow = new Map((await this.bySeqs(tenantId, syncId, seqs)).map((row) => [row.seq, row]));
      found.push(...seqs.map((seq) => withRow.get(seq) ?? this.packed(syncId, syncNo, seq)));
      if (found.length >= limit) break;
    }
    return found.slice(0, limit);
  }

  override async history(
    tenantId: TenantId,
    userId: UserId,
    after: OutcomePlace | null,
    limit: number,
  ): Promise<EffectiveOutcome[]> {
    const creation = createdBy(userId);
    const found: EffectiveOutcome[] = [];
    const noted = new UserOutcomes(this.database, this.numbers.find(tenantId, 'tenant', ''));
    let from = after;
    if (creation !== null && isSamePlace(from, creation)) return [];
    for (;;) {
      const start = from === null ? null : { syncNo: this.numbers.find(tenantId, 'sync', from.syncId), seq: from.seq };
      const places = noted.list(userId, start, limit - found.length);
      for (const { syncId, seq } of places) {
        const [row] = await this.bySeqs(tenantId, syncId, [seq]);
        if (row?.userId === userId) found.push(row);
      }
      if (found.length >= limit) return found;
      from = places.at(-1) ?? null;
      if (from === null) break;
    }
    if (creation === null) return found;
    const [created] = await this.bySeqs(tenantId, creation.syncId, [creation.seq]);
    return created?.outcome === 'created' && created.userId === userId ? [...found, created] : found;
  }

  override async countHeld(tenantId: TenantId, syncId: SyncId): Promise<number> {
    let held = 0;
    for (const { state, count } of this.buckets(tenantId, syncId)) if (isOpen(state)) held += count;
    return held;
  }

  override async deleteEndedBefore(
    packedBefore: string,
    rowsBefore: string,
    keep: readonly SyncId[],
    limit: number,
  ): Promise<number> {
    const due = this.database
      .prepare(
        `SELECT o.sync_no AS syncNo, coalesce(t.no, 0) AS tenantNo, s.ended_at < ?2 AS rowsToo
         FROM outcome_syncs AS o JOIN syncs AS s ON s.no = o.sync_no
         LEFT JOIN id_numbers AS t ON t.tenant_id = s.tenant_id AND t.kind = 'tenant' AND t.id = ''
         WHERE s.has_ended = 1 AND s.is_open = 0 AND s.id NOT IN (SELECT value FROM json_each(?3))
           AND ((o.has_parts = 1 AND s.ended_at < ?1) OR (o.has_rows = 1 AND s.ended_at < ?2))
         ORDER BY s.ended_at LIMIT ?4`,
      )
      .all(packedBefore, rowsBefore, JSON.stringify(keep), limit) as {
      syncNo: number;
      tenantNo: number;
      rowsToo: number;
    }[];
    for (const { syncNo, tenantNo, rowsToo } of due) {
      await this.deleteOne(syncNo, rowsToo === 1, new UserOutcomes(this.database, tenantNo));
    }
    return due.length;
  }

  /** Status rows stay: a sync's totals outlive its rows. Page by page, so that nobody waits for long. */
  private async deleteOne(syncNo: number, rowsToo: boolean, userOutcomes: UserOutcomes): Promise<void> {
    for (const page of readPages(this.database, syncNo)) {
      this.database.transaction(() => {
        this.database.prepare('DELETE FROM outcome_page_parts WHERE sync_no = ? AND page = ?').run(syncNo, page.page);
        this.database
          .prepare('UPDATE outcome_pages SET refreshes = 0 WHERE sync_no = ? AND page = ?')
          .run(syncNo, page.page);
        if (rowsToo) {
          userOutcomes.forget(syncNo, page.firstSeq, page.firstSeq + page.span);
          this.texts(syncNo).deleteBetween(page.firstSeq, page.firstSeq + page.span);
          new RareTextTable(this.database, syncNo).deleteBetween(page.firstSeq, page.firstSeq + page.span);
          new OutcomeRowTable(this.database, syncNo).deleteBetween(page.firstSeq, page.firstSeq + page.span);
        }
      });
      await setImmediate();
    }
    this.database.transaction(() => {
      this.database.prepare('UPDATE outcome_syncs SET has_parts = 0 WHERE sync_no = ?').run(syncNo);
      if (!rowsToo) return;
      this.database.prepare('UPDATE outcome_syncs SET has_rows = 0 WHERE sync_no = ?').run(syncNo);
      this.database.prepare('DELETE FROM outcome_slices WHERE sync_no = ?').run(syncNo);
    });
  }

  private change(
    syncNo: number,
    work: (table: OutcomeRowTable, ledger: OutcomePageLedger, syncNo: number) => void,
  ): void {
    this.database.transaction(() => {
      const ledger = new OutcomePageLedger(this.database, syncNo);
      work(new OutcomeRowTable(this.database, syncNo), ledger, syncNo);
      ledger.flush();
    });
  }

  private buckets(tenantId: TenantId, syncId: SyncId): CountedKind[] {
    const syncNo = this.numbers.find(tenantId, 'sync', syncId);
    return this.sums.of(syncNo, this.isSuperseded(syncNo));
  }

  private endOpen(tenantId: TenantId, syncId: SyncId, seqs: readonly number[], as: 'rejected' | 'superseded'): void {
    const syncNo = this.numbers.find(tenantId, 'sync', syncId);
    const superseded = this.isSuperseded(syncNo);
    this.change(syncNo, (table, ledger) => {
      for (const seq of seqs) {
        const row = table.effective(seq);
        const page = row === null ? null : ledger.page(row.page);
        if (row === null || page === null) continue;
        if (isOpen(effectiveState(row.outcome, row.state, page.state, superseded))) table.end(row, as, ledger);
      }
    });
  }

  /** Outside transactions: it may assign the tenant's number. */
  private noted(tenantId: TenantId): UserOutcomes {
    return new UserOutcomes(this.database, this.numbers.assign(tenantId, 'tenant', ''));
  }

  private texts(syncNo: number): OutcomeTexts {
    return new OutcomeTexts(this.database, syncNo);
  }

  private hasEnded(syncNo: number): boolean {
    return this.database.prepare('SELECT 1 FROM syncs WHERE no = ? AND has_ended = 1').get(syncNo) !== undefined;
  }

  private isSuperseded(syncNo: number): boolean {
    return (
      this.database.prepare('SELECT 1 FROM syncs WHERE no = ? AND superseded_by IS NOT NULL').get(syncNo) !== undefined
    );
  }

  private refresh(syncNo: number, page: number): SeenRefresh[] {
    const row = this.database
      .prepare('SELECT refresh FROM outcome_page_parts WHERE sync_no = ? AND page = ?')
      .get(syncNo, page) as { refresh: string | null } | undefined;
    return JSON.parse(row?.refresh ?? '[]') as SeenRefresh[];
  }
}

/** A transfer is applied by a slice of its own: its members don't follow their page. */
function withTransferState<Row extends OutcomeRow>(row: Row): Row {
  if (row.state !== null || row.detail?.transfer === undefined || !changesDirectory(row.outcome)) return row;
  return { ...row, state: 'planned' };
}

function outcome(syncId: SyncId, row: StoredRow, page: PageStatus | null, superseded: boolean): EffectiveOutcome {
  return toOutcome(syncId, row, effectiveState(row.outcome, row.state, page?.state ?? 'planned', superseded));
}

function toOutcome(syncId: SyncId, row: StoredRow, state: EffectiveOutcome['effectiveState']): EffectiveOutcome {
  return {
    seq: row.seq,
    outcome: row.outcome,
    reason: row.reason,
    state: row.state,
    ...decodeRowBody(row.body),
    syncId,
    page: row.page,
    rank: row.rank,
    effectiveState: state,
  };
}
