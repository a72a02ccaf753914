import type { CountedPage, OutcomeClass, TextIndex } from '#core';
import { effectiveState, outcomeSearchText } from '#core';
import { bucketsOf, readPages, type PageStatus } from './outcome-page-ledger.js';
import { decodeRowBody } from './outcome-row-body.js';
import { OutcomeRowKeys } from './outcome-row-key.js';
import { OutcomeRowTable } from './outcome-row-table.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { OutcomeTexts } from './outcome-texts.js';

/** One sync's outcomes as {@link findByText} asks for them. */
export class OutcomeTextIndex implements TextIndex {
  private statuses = new Map<number, PageStatus>();
  /** By page, where the needle may be; null: anywhere. */
  private blocks: ReadonlyMap<number, readonly number[]> | null = null;
  private readonly texts: OutcomeTexts;
  private readonly keys: OutcomeRowKeys;
  private readonly rows: OutcomeRowTable;

  constructor(
    private readonly database: SqliteDatabase,
    private readonly syncNo: number,
    private readonly superseded: boolean,
  ) {
    this.texts = new OutcomeTexts(database, syncNo);
    this.keys = new OutcomeRowKeys(syncNo);
    this.rows = new OutcomeRowTable(database, syncNo);
  }

  /** Pages of older versions have no texts; their rows are read. */
  async pages(needle: string): Promise<readonly CountedPage[]> {
    const blocks = this.texts.blocksOf(needle);
    this.blocks = blocks === null ? null : this.byPage(blocks);
    const statuses = readPages(this.database, this.syncNo, this.blocks === null ? null : [...this.blocks.keys()]);
    this.statuses = new Map(statuses.map((status) => [status.page, status]));
    return statuses
      .map((status) => ({
        page: status.page,
        firstSeq: status.firstSeq,
        end: status.firstSeq + status.span,
        buckets: bucketsOf(status, this.superseded),
      }))
      .sort((a, b) => a.firstSeq - b.firstSeq);
  }

  async seqs(pages: readonly number[], needle: string): Promise<ReadonlyMap<number, readonly number[]>> {
    return new Map(pages.map((page) => [page, this.seqsOf(page, needle)]));
  }

  /** The page, of those last given, that a sequence is on. */
  pageOf(seq: number): number {
    for (const { page, firstSeq, span } of this.statuses.values()) {
      if (firstSeq <= seq && seq < firstSeq + span) return page;
    }
    throw new RangeError(`sequence ${String(seq)} is on none of the pages`);
  }

  async classes(seqs: readonly number[]): Promise<ReadonlyMap<number, OutcomeClass>> {
    const select = this.database.prepare(
      'SELECT page, outcome, reason, state FROM outcome_rows WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 1',
    );
    const classes = new Map<number, OutcomeClass>();
    this.database.transaction(() => {
      for (const seq of seqs) {
        const row = select.get(this.keys.first(seq), this.keys.first(seq + 1)) as StoredClass | undefined;
        if (row === undefined) continue;
        const pageState = this.statuses.get(row.page)?.state ?? 'planned';
        const state = effectiveState(row.outcome, row.state, pageState, this.superseded);
        classes.set(seq, { outcome: row.outcome, reason: row.reason, state });
      }
    });
    return classes;
  }

  /** Blocks by the page that they are of, and the pages that have no texts. */
  private byPage(blocks: readonly number[]): Map<number, number[]> {
    const select = this.database.prepare(
      'SELECT page, first_seq, has_texts FROM outcome_pages WHERE sync_no = ? ORDER BY first_seq',
    );
    select.setReturnArrays(true);
    const pages = select.all(this.syncNo) as unknown as [page: number, firstSeq: number, hasTexts: number][];
    const found = new Map<number, number[]>();
    let next = 0;
    for (const [index, [page, , hasTexts]] of pages.entries()) {
      const end = pages[index + 1]?.[1] ?? Infinity;
      const from = next;
      while ((blocks[next] ?? Infinity) < end) next += 1;
      if (next > from || hasTexts === 0) found.set(page, blocks.slice(from, next));
    }
    return found;
  }

  private seqsOf(page: number, needle: string): number[] {
    const status = this.statuses.get(page);
    if (status === undefined) return [];
    if (!status.hasTexts) return this.seqsOfRows(status, needle);
    const blocks = this.blocks?.get(page);
    return blocks === undefined
      ? this.texts.findBetween(status.firstSeq, status.firstSeq + status.span, needle)
      : this.texts.find(blocks, needle);
  }

  private seqsOfRows(status: PageStatus, needle: string): number[] {
    const rows = this.rows.effectiveBetween(status.firstSeq, status.firstSeq + status.span);
    return rows.flatMap(({ seq, body }) =>
      outcomeSearchText(decodeRowBody(body), null).includes(needle) ? [seq] : [],
    );
  }
}

interface StoredClass extends OutcomeClass {
  page: number;
}
