/** Sequences are below 2^30. */
const keysPerSync = 2n ** 32n;

/** The integer keys of what a sync has under its sequences: beyond 2^53, hence BigInt; the sequence is `id & 4294967295`. */
export class SeqKeys {
  /** Of the sequence 0; added to a sequence in SQL. */
  readonly base: bigint;

  constructor(syncNo: number) {
    this.base = BigInt(syncNo) * keysPerSync;
  }

  key(seq: number): bigint {
    return this.base + BigInt(seq);
  }

  /** The keys of the sequences `from` … `to` (exclusive). */
  between(from: number, to: number): [from: bigint, to: bigint] {
    return [this.key(from), this.key(to)];
  }

  all(): [from: bigint, to: bigint] {
    return [this.base, this.base + keysPerSync];
  }
}
