import type { OutcomeCounts, OutcomeKind, OutcomeReason, OutcomeState, PageState } from '#core';
import { countKey } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

/** A page's status row. */
export interface PageStatus {
  page: number;
  state: PageState;
  firstSeq: number;
  records: number;
  span: number;
  removals: boolean;
  /** Effective rows that change no user but a link. */
  linkRows: number;
  refreshes: number;
  /** False for pages of older versions. */
  hasTexts: boolean;
  counts: OutcomeCounts;
}

interface PageRow {
  page: number;
  state: PageState;
  first_seq: number;
  records: number;
  span: number;
  removals: number;
  link_rows: number;
  refreshes: number;
  has_texts: number;
  counts: string;
}

const pagesAtOnce = 64;
const columns = 'page, state, first_seq, records, span, removals, link_rows, refreshes, has_texts, counts';

function toStatus(row: PageRow): PageStatus {
  return {
    page: row.page,
    state: row.state,
    firstSeq: row.first_seq,
    records: row.records,
    span: row.span,
    removals: row.removals === 1,
    linkRows: row.link_rows,
    refreshes: row.refreshes,
    hasTexts: row.has_texts === 1,
    counts: JSON.parse(row.counts) as OutcomeCounts,
  };
}

/** A sync's pages in order. */
export function readPages(database: SqliteDatabase, syncNo: number): PageStatus[] {
  const rows = database.prepare(`SELECT ${columns} FROM outcome_pages WHERE sync_no = ? ORDER BY page`).all(syncNo);
  return (rows as unknown as PageRow[]).map(toStatus);
}

/** A sync's pages that end after a sequence, in order of their sequences, one by one. */
export function* pagesAfter(database: SqliteDatabase, syncNo: number, seq: number): Generator<PageStatus> {
  const select = database.prepare(
    `SELECT ${columns} FROM outcome_pages WHERE sync_no = ?1 AND first_seq + span > ?2 + 1 AND first_seq >= coalesce(
       (SELECT max(first_seq) FROM outcome_pages WHERE sync_no = ?1 AND first_seq <= ?2), 0) ORDER BY first_seq LIMIT ?3`,
  );
  for (let after = seq; ;) {
    const rows = select.all(syncNo, after, pagesAtOnce) as unknown as PageRow[];
    yield* rows.map(toStatus);
    const last = rows.at(-1);
    if (last === undefined || rows.length < pagesAtOnce) return;
    after = last.first_seq + last.span - 1;
  }
}

/**
 * The status rows that one transaction changes: read when first asked for, written back by {@link flush}. Keeps counts
 * exact while rows move between buckets.
 */
export class OutcomePageLedger {
  private readonly pages = new Map<number, PageStatus | null>();
  private readonly changed = new Set<number>();
  /** Pages on which somebody has become of another kind than was planned. */
  private readonly recounted = new Set<number>();

  constructor(
    private readonly database: SqliteDatabase,
    private readonly syncNo: number,
  ) {}

  page(page: number): PageStatus | null {
    let status = this.pages.get(page);
    if (status === undefined) {
      const row = this.database
        .prepare(`SELECT ${columns} FROM outcome_pages WHERE sync_no = ? AND page = ?`)
        .get(this.syncNo, page) as PageRow | undefined;
      status = row === undefined ? null : toStatus(row);
      this.pages.set(page, status);
    }
    return status;
  }

  /** Counts `by` more (or fewer) outcomes of this kind on a page. */
  count(
    page: number,
    outcome: OutcomeKind,
    reason: OutcomeReason,
    state: OutcomeState | null,
    by: number,
    onlyLink: boolean,
  ): void {
    const status = this.page(page);
    if (status === null) return;
    const key = countKey(outcome, reason, state);
    const count = (status.counts[key] ?? 0) + by;
    if (count > 0) status.counts[key] = count;
    else Reflect.deleteProperty(status.counts, key);
    if (onlyLink) status.linkRows += by;
    this.changed.add(page);
    this.recounted.add(page);
  }

  setState(page: number, state: PageState): void {
    const status = this.page(page);
    if (status === null || status.state === state) return;
    status.state = state;
    this.changed.add(page);
  }

  flush(): void {
    const update = this.database.prepare(
      'UPDATE outcome_pages SET state = ?, link_rows = ?, counts = ?, tells_rare_kinds = tells_rare_kinds AND ? WHERE sync_no = ? AND page = ?',
    );
    for (const page of this.changed) {
      const status = this.pages.get(page);
      if (status === null || status === undefined) continue;
      const isAsPlanned = this.recounted.has(page) ? 0 : 1;
      update.run(status.state, status.linkRows, JSON.stringify(status.counts), isAsPlanned, this.syncNo, page);
    }
    this.changed.clear();
    this.recounted.clear();
  }
}
