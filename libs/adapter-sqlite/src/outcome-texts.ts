import type { StatementCache } from './statement-cache.js';
import { trigramQuery } from './trigrams.js';

/**
 * Sequences whose texts lie together. Fewer: more entries in the index of trigrams; more: what a search reads grows, and
 * so do the blocks that have all trigrams of a name and nobody of that name.
 */
const blockLength = 32;
/** Sequences are below 2^30. */
const keysPerSync = 2n ** 32n;

/**
 * What the people of one sync are found by: blocks of texts, a line for each sequence from the block's first on, and an
 * index of the trigrams of each block. Pages of older versions have none. Callers open the transaction.
 */
export class OutcomeTexts {
  private readonly base: bigint;

  constructor(
    private readonly database: Pick<StatementCache, 'prepare'>,
    syncNo: number,
  ) {
    this.base = BigInt(syncNo) * keysPerSync;
  }

  /** Folded texts by sequence. */
  put(texts: ReadonlyMap<number, string>): void {
    let first = -Infinity;
    let lines: string[] = [];
    for (const seq of [...texts.keys()].sort((a, b) => a - b)) {
      if (seq >= first + blockLength) {
        this.putBlock(first, lines);
        first = seq;
        lines = [];
      }
      while (lines.length < seq - first) lines.push('');
      lines.push(texts.get(seq) ?? '');
    }
    this.putBlock(first, lines);
  }

  /** First sequences, in order, of the blocks that have every three letters of the needle; null when it is shorter. */
  blocksOf(needle: string): number[] | null {
    const query = trigramQuery(needle);
    if (query === null) return null;
    const select = this.database.prepare(
      'SELECT rowid & 4294967295 FROM outcome_search WHERE outcome_search MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid',
    );
    select.setReturnArrays(true);
    const rows = select.all(query, this.base, this.base + keysPerSync) as unknown as [first: number][];
    return rows.map(([first]) => first);
  }

  /** Of these blocks, the sequences in whose text the needle is, in order. */
  find(blocks: readonly number[], needle: string): number[] {
    const select = this.database.prepare('SELECT lines FROM outcome_texts WHERE id = ?');
    select.setReturnArrays(true);
    return blocks.flatMap((first) => {
      const row = select.get(this.base + BigInt(first)) as unknown as [lines: string] | undefined;
      return row === undefined ? [] : seqsIn(row[0], first, needle);
    });
  }

  /** As {@link find}, of all blocks that begin between. */
  findBetween(from: number, to: number, needle: string): number[] {
    const select = this.database.prepare(
      'SELECT id & 4294967295, lines FROM outcome_texts WHERE id >= ? AND id < ? ORDER BY id',
    );
    select.setReturnArrays(true);
    const bounds = [this.base + BigInt(from), this.base + BigInt(to)] as const;
    const rows = select.all(...bounds) as unknown as [first: number, lines: string][];
    return rows.flatMap(([first, lines]) => seqsIn(lines, first, needle));
  }

  /** Deletes the blocks that begin between. */
  deleteBetween(from: number, to: number): void {
    const bounds = [this.base + BigInt(from), this.base + BigInt(to)] as const;
    const select = this.database.prepare('SELECT id FROM outcome_texts WHERE id >= ? AND id < ?');
    select.setReadBigInts(true);
    for (const { id } of select.all(...bounds) as { id: bigint }[]) {
      this.database.prepare('DELETE FROM outcome_search WHERE rowid = ?').run(id);
      this.database.prepare('DELETE FROM outcome_texts WHERE id = ?').run(id);
    }
  }

  private putBlock(first: number, lines: readonly string[]): void {
    if (lines.length === 0) return;
    const id = this.base + BigInt(first);
    const text = lines.join('\n');
    this.database.prepare('INSERT INTO outcome_texts (id, lines) VALUES (?, ?)').run(id, text);
    this.database.prepare('INSERT INTO outcome_search (rowid, text) VALUES (?, ?)').run(id, text);
  }
}

function seqsIn(lines: string, first: number, needle: string): number[] {
  if (!lines.includes(needle)) return [];
  return lines.split('\n').flatMap((line, index) => (line.includes(needle) ? [first + index] : []));
}
