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

/** The users by sequence in what {@link encodeUnchanged} made. */
export function decodeUnchanged(encoded: Uint8Array): Map<number, UserId> {
  const packed = zstdDecompressSync(encoded);
  const count = packed.readUInt32LE(0);
  const userIds = packed.toString('utf8', 4 + count * 4).split('\n') as UserId[];
  return new Map(userIds.map((userId, index) => [packed.readUInt32LE(4 + index * 4), userId]));
}
