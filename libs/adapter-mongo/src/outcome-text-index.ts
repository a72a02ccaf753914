import type { CountedPage, OutcomeClass, OutcomeRow, TextIndex, KindsOfPage } from '#core';
import { bucketsOf, classOf, countKey, outcomeSearchText } from '#core';
import type { OutcomeReader } from './outcome-reader.js';
import type { OutcomeTexts } from './outcome-texts.js';
import { kindsIn } from './page-kinds.js';
import { bitsOf, packPageText, type PageText, seqsIn } from './page-text.js';
import type { OutcomePageDocument } from './schemas/outcomes.js';

/** Beyond so many, the rows above the planned ones are read page by page instead of one by one. */
const seqsByKey = 500;

/** One sync's outcomes as {@link findByText} asks for them. */
export class OutcomeTextIndex implements TextIndex {
  private statuses = new Map<number, OutcomePageDocument>();

  constructor(
    private readonly reader: OutcomeReader,
    private readonly stored: OutcomeTexts,
    private readonly superseded: boolean,
  ) {}

  /** Pages of older versions have no signature. */
  async pages(needle: string): Promise<readonly CountedPage[]> {
    const bits = bitsOf(needle);
    const [without, all] = await Promise.all([
      bits.length === 0 ? new Set<number>() : this.stored.withoutBits(bits),
      this.reader.pages(),
    ]);
    const statuses = all.filter(({ page }) => !without.has(page)).sort((a, b) => a.firstSeq - b.firstSeq);
    this.statuses = new Map(statuses.map((status) => [status.page, status]));
    return statuses.map((status) => ({
      ...status,
      kinds: bucketsOf(status, this.superseded),
      atLeast: 0,
      tellsRareKinds: true,
    }));
  }

  async seqs(pages: readonly number[], needle: string): Promise<ReadonlyMap<number, readonly number[]>> {
    const texts = await this.stored.texts(pages);
    const found = new Map<number, readonly number[]>();
    for (const page of pages) found.set(page, seqsIn(texts.get(page) ?? (await this.textOfRows(page)), needle));
    return found;
  }

  async counts(pages: readonly number[], needle: string): Promise<ReadonlyMap<number, number>> {
    return new Map([...(await this.seqs(pages, needle))].map(([page, seqs]) => [page, seqs.length]));
  }

  async rareSeqs(pages: readonly KindsOfPage[], needle: string): Promise<ReadonlyMap<number, readonly number[]>> {
    const found = await this.seqs(
      pages.map(({ page }) => page),
      needle,
    );
    const kindOf = await this.kindsOf([...found.values()].flat());
    const rare = new Map<number, readonly number[]>();
    for (const { page, kinds } of pages) {
      const asked = new Set(kinds.map(({ key }) => key));
      const isAsked = (seq: number) => asked.has(kindOf.get(seq)?.kind ?? '');
      rare.set(page, (found.get(page) ?? []).filter(isAsked));
    }
    return rare;
  }

  async classes(seqs: readonly number[]): Promise<ReadonlyMap<number, OutcomeClass>> {
    const kinds = await this.kindsOf(seqs);
    return new Map([...kinds].map(([seq, { kind, status }]) => [seq, classOf(kind, status.state, this.superseded)]));
  }

  /** Of those sequences that have a row. */
  private async kindsOf(seqs: readonly number[]): Promise<Map<number, { kind: string; status: OutcomePageDocument }>> {
    const wanted = new Set(seqs);
    const pages = this.pagesOf([...seqs].sort((a, b) => a - b));
    const [planned, settled] = await Promise.all([
      this.plannedKinds(pages),
      seqs.length > seqsByKey ? this.reader.above(pages) : this.reader.exceptions(seqs),
    ]);
    const above = new Map(settled.map(({ row }) => [row.seq, keyOf(row)]));
    const found = new Map<number, { kind: string; status: OutcomePageDocument }>();
    for (const status of pages) {
      for (let seq = status.firstSeq; seq < status.end; seq += 1) {
        const kind = wanted.has(seq) ? (above.get(seq) ?? planned.get(status.page)?.get(seq)) : undefined;
        if (kind !== undefined) found.set(seq, { kind, status });
      }
    }
    return found;
  }

  /** Of each page, the kinds of its planned rows by sequence. */
  private async plannedKinds(pages: readonly OutcomePageDocument[]): Promise<Map<number, ReadonlyMap<number, string>>> {
    const packed = await this.stored.kinds(pages.map(({ page }) => page));
    const found = new Map<number, Map<number, string>>();
    const older: OutcomePageDocument[] = [];
    for (const status of pages) {
      const kinds = packed.get(status.page);
      if (kinds === undefined) older.push(status);
      found.set(status.page, new Map(kinds === undefined ? [] : kindsIn(kinds, status.firstSeq)));
    }
    for (const { page, row } of await this.reader.planned(older)) found.get(page)?.set(row.seq, keyOf(row));
    return found;
  }

  /** The pages that hold these sequences, which are in order. */
  pagesOf(seqs: readonly number[]): OutcomePageDocument[] {
    const found: OutcomePageDocument[] = [];
    let next = 0;
    for (const status of this.statuses.values()) {
      while ((seqs[next] ?? Infinity) < status.firstSeq) next += 1;
      if ((seqs[next] ?? Infinity) < status.end) found.push(status);
    }
    return found;
  }

  private async textOfRows(page: number): Promise<PageText> {
    const status = this.statuses.get(page);
    const rows = status === undefined ? [] : await this.reader.effective([status]);
    return packPageText(new Map(rows.map(({ row }) => [row.seq, outcomeSearchText(row, null)])));
  }
}

function keyOf({ outcome, reason, state }: OutcomeRow): string {
  return countKey(outcome, reason, state);
}
