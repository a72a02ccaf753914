import type { CountedPage, OutcomeClass, PageText, TextIndex } from '#core';
import { effectiveState, outcomeSearchText, packPageText } from '#core';
import type { OutcomeReader } from './outcome-reader.js';
import { bucketsOf } from './outcome-states.js';
import type { OutcomeTexts } from './outcome-texts.js';
import type { OutcomePageDocument } from './schemas/outcomes.js';

/** One sync's outcomes as {@link findByText} asks for them. */
export class OutcomeTextIndex implements TextIndex {
  readonly pages: readonly CountedPage[];
  private readonly statuses: ReadonlyMap<number, OutcomePageDocument>;

  constructor(
    private readonly reader: OutcomeReader,
    private readonly stored: OutcomeTexts,
    statuses: readonly OutcomePageDocument[],
    private readonly superseded: boolean,
  ) {
    this.statuses = new Map(statuses.map((status) => [status.page, status]));
    this.pages = statuses
      .map((status) => ({ ...status, buckets: bucketsOf(status, superseded) }))
      .sort((a, b) => a.firstSeq - b.firstSeq);
  }

  withoutBits(bits: readonly number[]): Promise<ReadonlySet<number>> {
    return this.stored.withoutBits(bits);
  }

  async texts(pages: readonly number[]): Promise<ReadonlyMap<number, Pick<PageText, 'places' | 'lines'>>> {
    const texts = await this.stored.texts(pages);
    for (const page of pages) {
      const status = this.statuses.get(page);
      if (status === undefined || texts.has(page)) continue;
      const rows = await this.reader.effective([status]);
      texts.set(page, packPageText(new Map(rows.map(({ row }) => [row.seq, outcomeSearchText(row, null)]))));
    }
    return texts;
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
    for (const { page, firstSeq, end } of this.pages) {
      while ((seqs[next] ?? Infinity) < firstSeq) next += 1;
      const status = this.statuses.get(page);
      if (status !== undefined && (seqs[next] ?? Infinity) < end) found.push(status);
    }
    return found;
  }
}
