import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { SeqKeys } from './seq-keys.js';
import type { StatementCache } from './statement-cache.js';
import { trigramQuery } from './trigrams.js';

/**
 * Sequences whose texts lie together. Fewer: more entries in the index of trigrams; more: what a search reads grows, and
 * so do the blocks that have all trigrams of a name and nobody of that name.
 */
const blockLength = 32;
/** Trigrams of a needle that are asked for. With fewer, neighbours have them between them by chance, and their block is read in vain. */
const trigrams = 8;

/**
 * What the people of one sync are found by: blocks of texts, a line for each sequence from the block's first on, and an
 * index of the trigrams of each block. Pages of older versions have none. Callers open the transaction.
 */
export class OutcomeTexts {
  private readonly keys: SeqKeys;

  constructor(
    private readonly database: Pick<StatementCache, 'prepare'>,
    syncNo: number,
  ) {
    this.keys = new SeqKeys(syncNo);
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

  /** First sequences, in order, of the blocks that have the needle's trigrams; null when it is shorter than one. */
  blocksOf(needle: string): number[] | null {
    const query = trigramQuery(needle, trigrams);
    if (query === null) return null;
    const select = this.database.prepare(
      `SELECT json_group_array(rowid & 4294967295) AS blocks FROM
         (SELECT rowid FROM outcome_search WHERE outcome_search MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid)`,
    );
    const { blocks } = select.get(query, ...this.keys.all()) as { blocks: string };
    return JSON.parse(blocks) as number[];
  }

  /** Of these blocks, the sequences in whose text the needle is, in order. */
  find(blocks: readonly number[], needle: string): number[] {
    const select = this.database.prepare(
      `SELECT t.id & 4294967295, t.lines FROM json_each(?2) AS b CROSS JOIN outcome_texts AS t ON t.id = ?1 + b.value`,
    );
    return this.seqsOf(select, [this.keys.base, JSON.stringify(blocks)], needle).sort((a, b) => a - b);
  }

  /** Of each of these blocks, in how many texts the needle is. */
  count(blocks: readonly number[], needle: string): number[] {
    const select = this.database.prepare(
      'SELECT b.key, t.lines FROM json_each(?2) AS b CROSS JOIN outcome_texts AS t ON t.id = ?1 + b.value',
    );
    select.setReturnArrays(true);
    const counts = blocks.map(() => 0);
    const rows = select.all(this.keys.base, JSON.stringify(blocks)) as unknown as [place: number, lines: string][];
    for (const [place, lines] of rows) counts[place] = linesWith(lines, needle);
    return counts;
  }

  /** As {@link find}, of all blocks that begin between. */
  findBetween(from: number, to: number, needle: string): number[] {
    const select = this.database.prepare(
      'SELECT id & 4294967295, lines FROM outcome_texts WHERE id >= ? AND id < ? ORDER BY id',
    );
    return this.seqsOf(select, this.keys.between(from, to), needle);
  }

  private seqsOf(select: StatementSync, values: readonly SQLInputValue[], needle: string): number[] {
    select.setReturnArrays(true);
    const rows = select.all(...values) as unknown as [first: number, lines: string][];
    return rows.flatMap(([first, lines]) => seqsIn(lines, first, needle));
  }

  /** Deletes the blocks that begin between. */
  deleteBetween(from: number, to: number): void {
    const select = this.database.prepare('SELECT id FROM outcome_texts WHERE id >= ? AND id < ?');
    select.setReadBigInts(true);
    for (const { id } of select.all(...this.keys.between(from, to)) as { id: bigint }[]) {
      this.database.prepare('DELETE FROM outcome_search WHERE rowid = ?').run(id);
      this.database.prepare('DELETE FROM outcome_texts WHERE id = ?').run(id);
    }
  }

  private putBlock(first: number, lines: readonly string[]): void {
    if (lines.length === 0) return;
    const id = this.keys.key(first);
    const text = lines.join('\n');
    this.database.prepare('INSERT INTO outcome_texts (id, lines) VALUES (?, ?)').run(id, text);
    this.database.prepare('INSERT INTO outcome_search (rowid, text) VALUES (?, ?)').run(id, text);
  }
}

/**
 * Of some syncs, by the order of their numbers here, the sequences in whose text the needle is: in so many blocks at most.
 * All blocks of theirs are read: to ask the index of trigrams about each of many small syncs takes longer.
 */
export function findInSyncs(
  database: Pick<StatementCache, 'prepare'>,
  syncNos: readonly number[],
  needle: string,
  blocks: number,
): Map<number, number[]> {
  const select = database.prepare(
    `SELECT s.key, t.id & 4294967295, t.lines FROM json_each(?1) AS s
     CROSS JOIN outcome_texts AS t ON t.id >= (s.value << 32) AND t.id < ((s.value + 1) << 32)
     WHERE instr(t.lines, ?2) > 0 LIMIT ?3`,
  );
  select.setReturnArrays(true);
  const rows = select.all(JSON.stringify(syncNos), needle, blocks) as unknown as [number, number, string][];
  const found = new Map<number, number[]>();
  for (const [place, first, lines] of rows) {
    const seqs = found.get(place) ?? [];
    found.set(place, seqs);
    seqs.push(...seqsIn(lines, first, needle));
  }
  return found;
}

/** Sequences of the lines that hold the needle, which has no line end. */
function seqsIn(lines: string, first: number, needle: string): number[] {
  const seqs: number[] = [];
  let seq = first;
  let from = 0;
  for (let at = lines.indexOf(needle); at !== -1; at = lines.indexOf(needle, from)) {
    for (let end = lines.indexOf('\n', from); end !== -1 && end < at; end = lines.indexOf('\n', from)) {
      seq += 1;
      from = end + 1;
    }
    seqs.push(seq);
    const end = lines.indexOf('\n', at);
    if (end === -1) break;
    seq += 1;
    from = end + 1;
  }
  return seqs;
}

/** How many lines hold the needle, which has no line end. */
function linesWith(lines: string, needle: string): number {
  let count = 0;
  for (let at = lines.indexOf(needle); at !== -1; at = lines.indexOf(needle, at)) {
    count += 1;
    at = lines.indexOf('\n', at);
    if (at === -1) break;
  }
  return count;
}
