import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** A value as JSON under zstd at level 1: a page of outcome rows packs to a tenth in about a millisecond. */
export function packJson(value: unknown): Buffer {
  return zstdCompressSync(JSON.stringify(value), { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
}

/** What {@link packJson} was given; the caller knows its type. */
export function unpackJson(packed: Uint8Array): unknown {
  return JSON.parse(zstdDecompressSync(packed).toString('utf8'));
}
