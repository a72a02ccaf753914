import type { CountedPage, OutcomeClass, TextIndex } from '#core';
import { effectiveState, outcomeSearchText } from '#core';
import type { OutcomeReader } from './outcome-reader.js';
import { bucketsOf } from './outcome-states.js';
import type { OutcomeTexts } from './outcome-texts.js';
import { bitsOf, packPageText, type PageText, seqsIn } from './page-text.js';
import type { OutcomePageDocument } from './schemas/outcomes.js';

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
    return statuses.map((status) => ({ ...status, buckets: bucketsOf(status, this.superseded), atLeast: 0 }));
  }

  async seqs(pages: readonly number[], needle: string): Promise<ReadonlyMap<number, readonly number[]>> {
    const texts = await this.stored.texts(pages);
    const found = new Map<number, readonly number[]>();
    for (const page of pages) found.set(page, seqsIn(texts.get(page) ?? (await this.textOfRows(page)), needle));
    return found;
  }

  async classes(seqs: readonly number[]): Promise<ReadonlyMap<number, OutcomeClass>> {
    const pages = this.pagesOf(seqs);
    const wanted = new Set(seqs);
    const classes = new Map<number, OutcomeClass>();
    for (const { row, page } of await this.reader.effective(pages)) {
      if (!wanted.has(row.seq)) continue;
      const state = effectiveState(
        row.outcome,
        row.state,
        this.statuses.get(page)?.state ?? 'planned',
        this.superseded,
      );
      classes.set(row.seq, { outcome: row.outcome, reason: row.reason, state });
    }
    return classes;
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
