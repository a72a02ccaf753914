import type { CountedKind, CountedPage, KindsOfPage, OutcomeClass, OutcomeCounts, PageState, TextIndex } from '#core';
import { bucketsOf, effectiveState, outcomeSearchText } from '#core';
import { decodeRowBody } from './outcome-row-body.js';
import { OutcomeRowKeys, ranksPerSeq } from './outcome-row-key.js';
import { OutcomeRowTable } from './outcome-row-table.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { OutcomeTexts } from './outcome-texts.js';
import { type RareOutcomes, RareTextTable } from './rare-texts.js';
import { isOneTrigram } from './trigrams.js';

/** Up to so many blocks, their pages are looked up; beyond, all of the sync's are read. */
const lookedUpBlocks = 200;
const columns = 'p.page, p.first_seq, p.span, p.has_texts, p.tells_rare_kinds, p.state, p.counts';

/** One sync's outcomes as {@link findByText} asks for them. */
export class OutcomeTextIndex implements TextIndex {
  private statuses = new Map<number, SearchedPage>();
  /** By page, where the needle may be; null: anywhere. */
  private blocks: ReadonlyMap<number, readonly number[]> | null = null;
  private readonly texts: OutcomeTexts;
  private readonly rare: RareTextTable;
  private readonly keys: OutcomeRowKeys;
  private readonly rows: OutcomeRowTable;

  constructor(
    private readonly database: SqliteDatabase,
    private readonly syncNo: number,
    private readonly superseded: boolean,
  ) {
    this.texts = new OutcomeTexts(database, syncNo);
    this.rare = new RareTextTable(database, syncNo);
    this.keys = new OutcomeRowKeys(syncNo);
    this.rows = new OutcomeRowTable(database, syncNo);
  }

  /** Pages of older versions have no texts; their rows are read. */
  async pages(needle: string): Promise<readonly CountedPage[]> {
    const blocks = this.texts.blocksOf(needle);
    const pages = this.read(blocks).map((row) => new SearchedPage(row, this.superseded));
    this.blocks = blocks === null ? null : byPage(pages, blocks);
    const searched = this.blocks === null ? pages : pages.filter(({ page }) => this.blocks?.has(page));
    if (isOneTrigram(needle)) for (const page of searched) page.atLeast = this.blocks?.get(page.page)?.length ?? 0;
    this.statuses = new Map(searched.map((page) => [page.page, page]));
    return searched;
  }

  /** The pages of some blocks and those that have no texts, or all. */
  private read(blocks: readonly number[] | null): PageColumns[] {
    const some = blocks !== null && blocks.length <= lookedUpBlocks;
    const select = this.database.prepare(
      some
        ? `WITH found AS (
             SELECT (SELECT first_seq FROM outcome_pages WHERE sync_no = ?1 AND first_seq <= b.value ORDER BY first_seq DESC LIMIT 1) AS seq
             FROM json_each(?2) AS b
             UNION SELECT first_seq FROM outcome_pages INDEXED BY outcome_pages_without_texts WHERE sync_no = ?1 AND has_texts = 0
           )
           SELECT ${columns} FROM found CROSS JOIN outcome_pages AS p INDEXED BY outcome_pages_by_seq ON p.sync_no = ?1 AND p.first_seq = found.seq ORDER BY p.first_seq`
        : `SELECT ${columns} FROM outcome_pages AS p WHERE p.sync_no = ? ORDER BY p.first_seq`,
    );
    select.setReturnArrays(true);
    return select.all(this.syncNo, ...(some ? [JSON.stringify(blocks)] : [])) as unknown as PageColumns[];
  }

  async seqs(pages: readonly number[], needle: string): Promise<ReadonlyMap<number, readonly number[]>> {
    const found = new Map<number, number[]>(pages.map((page) => [page, []]));
    const indexed: SearchedPage[] = [];
    for (const page of pages) {
      const status = this.statuses.get(page);
      if (status === undefined) continue;
      if (!status.hasTexts) found.set(page, this.seqsOfRows(status, needle));
      else if (this.blocks === null) found.set(page, this.texts.findBetween(status.firstSeq, status.end, needle));
      else indexed.push(status);
    }
    const blocks = indexed.flatMap(({ page }) => this.blocks?.get(page) ?? []);
    if (blocks.length > 0) shareOut(indexed, this.texts.find(blocks, needle), found);
    return found;
  }

  async counts(pages: readonly number[], needle: string): Promise<ReadonlyMap<number, number>> {
    const indexed = pages.filter((page) => this.blocks !== null && this.statuses.get(page)?.hasTexts === true);
    const isIndexed = new Set(indexed);
    const others = await this.seqs(
      pages.filter((page) => !isIndexed.has(page)),
      needle,
    );
    const found = new Map([...others].map(([page, seqs]) => [page, seqs.length]));
    const blocks = indexed.flatMap((page) => this.blocks?.get(page) ?? []);
    const counts = blocks.length === 0 ? [] : this.texts.count(blocks, needle);
    let next = 0;
    for (const page of indexed) {
      let count = 0;
      for (const end = next + (this.blocks?.get(page)?.length ?? 0); next < end; next += 1) count += counts[next] ?? 0;
      found.set(page, count);
    }
    return found;
  }

  async rareSeqs(pages: readonly KindsOfPage[], needle: string): Promise<ReadonlyMap<number, readonly number[]>> {
    const found = new Map<number, number[]>(pages.map(({ page }) => [page, []]));
    const asked = new Map(pages.map(({ page, kinds }) => [page, new Set(kinds.map(({ key }) => key))]));
    for (const { run, kinds } of this.runsOf(pages)) {
      for (const { page, kind, seqs } of onPages(run, this.rare.find([...kinds], ...boundsOf(run), needle))) {
        if (asked.get(page.page)?.has(kind) === true) found.get(page.page)?.push(...seqs);
      }
    }
    for (const seqs of found.values()) seqs.sort((a, b) => a - b);
    return found;
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

  /** Pages that follow one another, together, and the keys of the kinds that are asked for on any of them. */
  private runsOf(wanted: readonly KindsOfPage[]): { run: SearchedPage[]; kinds: Set<string> }[] {
    const runs: { run: SearchedPage[]; kinds: Set<string> }[] = [];
    for (const { page: number, kinds } of wanted) {
      const page = this.statuses.get(number);
      if (page === undefined) continue;
      let last = runs.at(-1);
      if (last?.run.at(-1)?.end !== page.firstSeq) runs.push((last = { run: [], kinds: new Set() }));
      last.run.push(page);
      for (const { key } of kinds) last.kinds.add(key);
    }
    return runs;
  }

  private seqsOfRows(page: SearchedPage, needle: string): number[] {
    const rows = this.rows.effectiveBetween(page.firstSeq, page.end);
    return rows.flatMap(({ seq, body }) =>
      outcomeSearchText(decodeRowBody(body), null).includes(needle) ? [seq] : [],
    );
  }
}

type PageColumns = [
  page: number,
  firstSeq: number,
  span: number,
  hasTexts: number,
  tellsRareKinds: number,
  state: PageState,
  counts: string,
];

/** A page, whose counts are read when somebody asks for them. */
class SearchedPage implements CountedPage {
  readonly page: number;
  readonly firstSeq: number;
  readonly end: number;
  atLeast = 0;
  readonly hasTexts: boolean;
  readonly tellsRareKinds: boolean;
  readonly state: PageState;
  private readonly counts: string;
  private made: readonly CountedKind[] | null = null;

  constructor(
    [page, firstSeq, span, hasTexts, tellsRareKinds, state, counts]: PageColumns,
    private readonly superseded: boolean,
  ) {
    this.page = page;
    this.firstSeq = firstSeq;
    this.end = firstSeq + span;
    this.hasTexts = hasTexts === 1;
    this.tellsRareKinds = tellsRareKinds === 1;
    this.state = state;
    this.counts = counts;
  }

  get kinds(): readonly CountedKind[] {
    const counted = () => ({ state: this.state, counts: JSON.parse(this.counts) as OutcomeCounts });
    return (this.made ??= bucketsOf(counted(), this.superseded));
  }
}

/** Blocks by the page that they are of, and the pages that have no texts. */
function byPage(pages: readonly SearchedPage[], blocks: readonly number[]): Map<number, readonly number[]> {
  const found = new Map<number, readonly number[]>();
  let next = 0;
  for (const { page, end, hasTexts } of pages) {
    const from = next;
    while ((blocks[next] ?? Infinity) < end) next += 1;
    if (next > from || !hasTexts) found.set(page, blocks.slice(from, next));
  }
  return found;
}

/** Sequences, in order, by the page that they are on; the pages follow one another. */
function shareOut(pages: readonly SearchedPage[], seqs: readonly number[], found: Map<number, number[]>): void {
  let next = 0;
  for (const { page, end } of pages) {
    for (let seq = seqs[next]; seq !== undefined && seq < end; seq = seqs[next]) {
      found.get(page)?.push(seq);
      next += 1;
    }
  }
}

function boundsOf(run: readonly SearchedPage[]): [from: number, to: number] {
  return [run[0]?.firstSeq ?? 0, run.at(-1)?.end ?? 0];
}

/** Outcomes by the page that they are on; all in order of page. */
function* onPages(
  pages: readonly SearchedPage[],
  outcomes: readonly RareOutcomes[],
): Generator<RareOutcomes & { page: SearchedPage }> {
  let next = 0;
  for (const one of outcomes) {
    while ((pages[next]?.end ?? Infinity) <= (one.seqs[0] ?? -1)) next += 1;
    const page = pages[next];
    if (page !== undefined && one.seqs.length > 0) yield { ...one, page };
  }
}

interface StoredClass extends OutcomeClass {
  seq: number;
  page: number;
}
