import type { OutcomeCounts, OutcomeRow } from '#core';
import { countKey, isRare } from '#core';
import { SeqKeys } from './seq-keys.js';
import type { StatementCache } from './statement-cache.js';

/** Outcomes of one kind on one page, in order of sequence. */
export interface RareOutcomes {
  kind: string;
  seqs: number[];
}

type RareColumns = [kind: string, seqs: string, lines: string];

/**
 * What the people of one sync are found by whose outcome is of a kind that is rare on their page, as planned: a few lines for each
 * page and kind under the first of their sequences. Callers open the transaction.
 */
export class RareTextTable {
  private readonly keys: SeqKeys;

  constructor(
    private readonly database: Pick<StatementCache, 'prepare'>,
    syncNo: number,
  ) {
    this.keys = new SeqKeys(syncNo);
  }

  /** The rows of a page of so many outcomes; folded texts by sequence. */
  put(
    rows: readonly OutcomeRow[],
    counts: OutcomeCounts,
    ofOutcomes: number,
    texts: ReadonlyMap<number, string>,
  ): void {
    const seqsOf = new Map<string, number[]>();
    for (const { seq, outcome, reason, state } of rows) {
      const kind = countKey(outcome, reason, state);
      if (!isRare({ outcome, reason, count: counts[kind] ?? 0 }, ofOutcomes)) continue;
      const seqs = seqsOf.get(kind) ?? [];
      seqsOf.set(kind, seqs);
      seqs.push(seq);
    }
    const insert = this.database.prepare('INSERT INTO outcome_rare_texts (id, kind, seqs, lines) VALUES (?, ?, ?, ?)');
    for (const [kind, seqs] of seqsOf) {
      seqs.sort((a, b) => a - b);
      const lines = seqs.map((seq) => texts.get(seq) ?? '').join('\n');
      insert.run(this.keys.key(seqs[0] ?? 0), kind, JSON.stringify(seqs), lines);
    }
  }

  /** Of the pages with the sequences `from` … `to` (exclusive), those of these kinds in whose text the needle is; in order of page. */
  find(kinds: readonly string[], from: number, to: number, needle: string): RareOutcomes[] {
    const select = this.database.prepare(
      `SELECT kind, seqs, lines FROM outcome_rare_texts
       WHERE id >= ? AND id < ? AND kind IN (SELECT value FROM json_each(?)) AND lines GLOB ? ORDER BY id`,
    );
    select.setReturnArrays(true);
    const rows = select.all(
      ...this.keys.between(from, to),
      JSON.stringify(kinds),
      globOf(needle),
    ) as unknown as RareColumns[];
    return rows.map(([kind, seqs, lines]) => {
      const all = JSON.parse(seqs) as number[];
      return {
        kind,
        seqs: lines.split('\n').flatMap((line, place) => (line.includes(needle) ? (all[place] ?? []) : [])),
      };
    });
  }

  deleteBetween(from: number, to: number): void {
    this.database
      .prepare('DELETE FROM outcome_rare_texts WHERE id >= ? AND id < ?')
      .run(...this.keys.between(from, to));
  }
}

/** A pattern of GLOB, which searches twice as fast as `instr`, for texts with the needle in them. */
function globOf(needle: string): string {
  return `*${needle.replaceAll(/[*?[]/g, '[$&]')}*`;
}
