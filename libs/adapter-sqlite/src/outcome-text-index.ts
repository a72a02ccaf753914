import type { CountedPage, Needle, OutcomeClass, TextIndex } from '#core';
import { effectiveState, outcomeSearchText, packPageText } from '#core';
import { bucketsOf, readPages, type PageStatus } from './outcome-page-ledger.js';
import { decodeRowBody } from './outcome-row-body.js';
import { OutcomeRowKeys } from './outcome-row-key.js';
import { OutcomeRowTable } from './outcome-row-table.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { OutcomeTexts } from './outcome-texts.js';

/** One sync's outcomes as {@link findByText} asks for them. */
export class OutcomeTextIndex implements TextIndex {
  private statuses = new Map<number, PageStatus>();
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

  /** Pages of older versions have no signature. */
  async pages(bits: readonly number[]): Promise<readonly CountedPage[]> {
    const without = bits.length === 0 ? [] : this.texts.withoutBits(bits);
    const statuses = readPages(this.database, this.syncNo, without);
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

  async seqs(pages: readonly number[], needle: Needle): Promise<ReadonlyMap<number, readonly number[]>> {
    return new Map(pages.map((page) => [page, this.texts.find(page, needle) ?? this.seqsOfRows(page, needle)]));
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

  private seqsOfRows(page: number, needle: Needle): number[] {
    const status = this.statuses.get(page);
    if (status === undefined) return [];
    const rows = this.rows.effectiveBetween(status.firstSeq, status.firstSeq + status.span);
    const texts = rows.map(({ seq, body }): [number, string] => [seq, outcomeSearchText(decodeRowBody(body), null)]);
    return needle.seqsIn(packPageText(new Map(texts)));
  }
}

interface StoredClass extends OutcomeClass {
  page: number;
}
