import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { UnchangedRecords, UserId } from '#core';

/**
 * Packs a page's unchanged records: count, sequences (32 bits), user ids a line each; then zstd at level 1. A page's
 * ids are much alike, so that about 3 bytes a record remain. Null when there are none.
 */
export function encodeUnchanged({ seqs, userIds }: UnchangedRecords): Uint8Array | null {
  if (seqs.length === 0) return null;
  if (seqs.length !== userIds.length) throw new RangeError('unchanged records need one user to each sequence');
  const ids = Buffer.from(userIds.join('\n'));
  const packed = Buffer.allocUnsafe(4 + seqs.length * 4 + ids.length);
  packed.writeUInt32LE(seqs.length, 0);
  let at = 4;
  for (const seq of seqs) at = packed.writeUInt32LE(seq, at);
  packed.set(ids, at);
  return zstdCompressSync(packed, {
    params: { [constants.ZSTD_c_compressionLevel]: 1 },
    pledgedSrcSize: packed.length,
  });
}

const lineEnd = 0x0a;

/** What {@link encodeUnchanged} made: unpacked as a whole, while a user is read only when somebody asks for it. */
export class UnchangedUsers {
  private readonly packed: Buffer;
  private readonly count: number;

  constructor(encoded: Uint8Array) {
    this.packed = zstdDecompressSync(encoded);
    this.count = this.packed.readUInt32LE(0);
  }

  /** Null: this sequence is not among them. */
  userOf(seq: number): UserId | null {
    const nth = this.placeOf(seq);
    if (nth === null) return null;
    let start = 4 + this.count * 4;
    for (let line = 0; line < nth; line += 1) start = this.packed.indexOf(lineEnd, start) + 1;
    const end = this.packed.indexOf(lineEnd, start);
    return this.packed.toString('latin1', start, end === -1 ? this.packed.length : end) as UserId;
  }

  /** Sequences are in order. */
  private placeOf(seq: number): number | null {
    let [from, to] = [0, this.count];
    while (from < to) {
      const middle = (from + to) >>> 1;
      const found = this.packed.readUInt32LE(4 + middle * 4);
      if (found === seq) return middle;
      if (found < seq) from = middle + 1;
      else to = middle;
    }
    return null;
  }
}
