import type { Rank } from '#core';

export const ranksPerSeq = 4;
/** Sequences of one sync that a key has room for. */
const maxSeq = 2 ** 30 - 1;

/**
 * The integer keys of a sync's outcome rows: `syncNo << 32 | seq << 2 | rank`. Beyond 2^53 on purpose, hence BigInt.
 * Read back in SQL, where 64 bits are at home: see {@link seqOfRow} and {@link rankOfRow}.
 */
export class OutcomeRowKeys {
  private readonly base: bigint;

  constructor(syncNo: number) {
    this.base = BigInt(syncNo) << 32n;
  }

  key(seq: number, rank: Rank): bigint {
    return this.base + BigInt(checked(seq) * ranksPerSeq + rank);
  }

  /** The lowest key of a sequence; for a bound, any number from 0 on. */
  first(seq: number): bigint {
    return this.base + BigInt(Math.min(seq, maxSeq + 1) * ranksPerSeq);
  }
}

function checked(seq: number): number {
  if (!Number.isInteger(seq) || seq < 0 || seq > maxSeq) {
    throw new RangeError(`an outcome's sequence must be between 0 and ${String(maxSeq)}`);
  }
  return seq;
}

/** SQL: the sequence in a key. */
export const seqOfRow = '(r.id & 4294967295) >> 2';
/** SQL: the rank in a key. */
export const rankOfRow = 'r.id & 3';
