import type { CountedPage, OutcomeClass, OutcomeCounts, TextIndex } from '#core';
import { effectiveState, outcomeSearchText } from '#core';
import { bucketsOf, type PageBucket, type PageState } from './outcome-page-ledger.js';
import { decodeRowBody } from './outcome-row-body.js';
import { OutcomeRowKeys, ranksPerSeq } from './outcome-row-key.js';
import { OutcomeRowTable } from './outcome-row-table.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { OutcomeTexts } from './outcome-texts.js';

/** One sync's outcomes as {@link findByText} asks for them. */
export class OutcomeTextIndex implements TextIndex {
  private statuses = new Map<number, SearchedPage>();
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
    const select = this.database.prepare(
      'SELECT page, first_seq, span, has_texts, state, counts FROM outcome_pages WHERE sync_no = ? ORDER BY first_seq',
    );
    select.setReturnArrays(true);
    const rows = select.all(this.syncNo) as unknown as PageColumns[];
    const pages = rows.map((row) => new SearchedPage(row, this.superseded));
    const blocks = this.texts.blocksOf(needle);
    this.blocks = blocks === null ? null : byPage(pages, blocks);
    const searched = this.blocks === null ? pages : pages.filter(({ page }) => this.blocks?.has(page));
    this.statuses = new Map(searched.map((page) => [page.page, page]));
    return searched;
  }

  async seqs(pages: readonly number[], needle: string): Promise<ReadonlyMap<number, readonly number[]>> {
    return new Map(pages.map((page) => [page, this.seqsOf(page, needle)]));
  }

  /** The page, of those last given, that a sequence is on. */
  pageOf(seq: number): number {
    for (const { page, firstSeq, end } of this.statuses.values()) {
      if (firstSeq <= seq && seq < end) return page;
    }
    throw new RangeError(`sequence ${String(seq)} is on none of the pages`);
  }

  async classes(seqs: readonly number[]): Promise<ReadonlyMap<number, OutcomeClass>> {
    const select = this.database.prepare(
      `SELECT s.value AS seq, r.page, r.outcome, r.reason, r.state FROM json_each(?2) AS s
       CROSS JOIN outcome_rows AS r ON r.id >= ?1 + s.value * ?3 AND r.id < ?1 + (s.value + 1) * ?3
       WHERE r.overridden = 0`,
    );
    const rows = select.all(this.keys.first(0), JSON.stringify(seqs), ranksPerSeq) as unknown as StoredClass[];
    return new Map(
      rows.map(({ seq, page, outcome, reason, state }) => {
        const pageState = this.statuses.get(page)?.state ?? 'planned';
        return [seq, { outcome, reason, state: effectiveState(outcome, state, pageState, this.superseded) }];
      }),
    );
  }

  private seqsOf(page: number, needle: string): number[] {
    const status = this.statuses.get(page);
    if (status === undefined) return [];
    if (!status.hasTexts) return this.seqsOfRows(status, needle);
    const blocks = this.blocks?.get(page);
    return blocks === undefined
      ? this.texts.findBetween(status.firstSeq, status.end, needle)
      : this.texts.find(blocks, needle);
  }

  private seqsOfRows(page: SearchedPage, needle: string): number[] {
    const rows = this.rows.effectiveBetween(page.firstSeq, page.end);
    return rows.flatMap(({ seq, body }) =>
      outcomeSearchText(decodeRowBody(body), null).includes(needle) ? [seq] : [],
    );
  }
}

type PageColumns = [page: number, firstSeq: number, span: number, hasTexts: number, state: PageState, counts: string];

/** A page, whose counts are read when somebody asks for them. */
class SearchedPage implements CountedPage {
  readonly page: number;
  readonly firstSeq: number;
  readonly end: number;
  readonly hasTexts: boolean;
  readonly state: PageState;
  private readonly counts: string;
  private made: readonly PageBucket[] | null = null;

  constructor(
    [page, firstSeq, span, hasTexts, state, counts]: PageColumns,
    private readonly superseded: boolean,
  ) {
    this.page = page;
    this.firstSeq = firstSeq;
    this.end = firstSeq + span;
    this.hasTexts = hasTexts === 1;
    this.state = state;
    this.counts = counts;
  }

  get buckets(): readonly PageBucket[] {
    const counted = () => ({ state: this.state, counts: JSON.parse(this.counts) as OutcomeCounts });
    return (this.made ??= bucketsOf(counted(), this.superseded));
  }
}

/** Blocks by the page that they are of, and the pages that have no texts. */
function byPage(pages: readonly SearchedPage[], blocks: readonly number[]): Map<number, readonly number[]> {
  const found = new Map<number, readonly number[]>();
  let next = 0;
  for (const [index, { page, hasTexts }] of pages.entries()) {
    const end = pages[index + 1]?.firstSeq ?? Infinity;
    const from = next;
    while ((blocks[next] ?? Infinity) < end) next += 1;
    if (next > from || !hasTexts) found.set(page, blocks.slice(from, next));
  }
  return found;
}

interface StoredClass extends OutcomeClass {
  seq: number;
  page: number;
}
