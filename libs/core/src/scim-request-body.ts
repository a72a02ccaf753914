import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** How many bytes are kept of a request's body; of a longer one its beginning. */
export const keptScimBodyBytes = 32 * 1024;

/** One chunk holds the result, its head included. */
const minChunkBytes = 256;

/** Why a body, or its end, was not kept: too long; refused unread, for its size; no JSON, so that nobody knows what is in it. */
export type ScimBodyNote = 'cut' | 'tooLarge' | 'unreadable';

/** What is kept of a request's body: never a password. */
export interface ScimRequestBody {
  /** {@link packScimBody} has packed it; null: nothing of it is kept. */
  packed: Uint8Array | null;
  /** How long it was: the text that {@link packScimBody} was given, or what came. Null: nobody knows. */
  bytes: number | null;
  /** Null: all of it is kept. */
  note: ScimBodyNote | null;
}

/** Packs a body by zstd, or as much of its beginning as is kept. */
export function packScimBody(text: string): ScimRequestBody {
  const bytes = Buffer.from(text);
  if (bytes.length <= keptScimBodyBytes) return { packed: pack(bytes), bytes: bytes.length, note: null };
  let end = keptScimBodyBytes;
  // Not within a character: its bytes after the first begin with 10.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return { packed: pack(bytes.subarray(0, end)), bytes: bytes.length, note: 'cut' };
}

export function unpackScimBody(packed: Uint8Array): string {
  return zstdDecompressSync(packed, { maxOutputLength: keptScimBodyBytes }).toString('utf8');
}

/** On this thread: for most bodies, of some hundred bytes, another's turn costs more than the packing. */
function pack(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes, {
    params: { [constants.ZSTD_c_compressionLevel]: 1 },
    pledgedSrcSize: bytes.byteLength,
    chunkSize: Math.max(minChunkBytes, bytes.byteLength),
  });
}
