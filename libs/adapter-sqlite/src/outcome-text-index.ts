import type { CountedPage, OutcomeClass, PageText, TextIndex } from '#core';
import { effectiveState, outcomeSearchText, packPageText } from '#core';
import { bucketsOf, readPages, type PageState } from './outcome-page-ledger.js';
import { decodeRowBody } from './outcome-row-body.js';
import { OutcomeRowKeys } from './outcome-row-key.js';
import { OutcomeRowTable } from './outcome-row-table.js';
import { OutcomeTexts } from './outcome-texts.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** One sync's outcomes as {@link findByText} asks for them. */
export class OutcomeTextIndex implements TextIndex {
  readonly pages: readonly CountedPage[];
  private readonly states = new Map<number, PageState>();
  private readonly stored: OutcomeTexts;
  private readonly keys: OutcomeRowKeys;
  private readonly rows: OutcomeRowTable;

  constructor(
    private readonly database: SqliteDatabase,
    syncNo: number,
    private readonly superseded: boolean,
  ) {
    this.stored = new OutcomeTexts(database, syncNo);
    this.keys = new OutcomeRowKeys(syncNo);
    this.rows = new OutcomeRowTable(database, syncNo);
    this.pages = readPages(database, syncNo)
      .map((status) => {
        const { page, firstSeq, span, state } = status;
        this.states.set(page, state);
        return { page, firstSeq, end: firstSeq + span, buckets: bucketsOf(status, superseded) };
      })
      .sort((a, b) => a.firstSeq - b.firstSeq);
  }

  async withoutBits(bits: readonly number[]): Promise<ReadonlySet<number>> {
    return this.stored.withoutBits(bits);
  }

  async texts(pages: readonly number[]): Promise<ReadonlyMap<number, Pick<PageText, 'places' | 'lines'>>> {
    const texts = this.stored.texts(pages);
    for (const page of this.pages) {
      if (pages.includes(page.page) && !texts.has(page.page)) texts.set(page.page, this.textOfRows(page));
    }
    return texts;
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
        const pageState = this.states.get(row.page) ?? 'planned';
        const state = effectiveState(row.outcome, row.state, pageState, this.superseded);
        classes.set(seq, { outcome: row.outcome, reason: row.reason, state });
      }
    });
    return classes;
  }

  private textOfRows({ firstSeq, end }: CountedPage): PageText {
    const rows = this.rows.effectiveBetween(firstSeq, end);
    return packPageText(new Map(rows.map(({ seq, body }) => [seq, outcomeSearchText(decodeRowBody(body), null)])));
  }
}

interface StoredClass extends OutcomeClass {
  page: number;
}
