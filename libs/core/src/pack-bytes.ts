import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';

const compress = promisify<Uint8Array, object, Buffer>(zstdCompress);

/**
 * Packs bytes by zstd at level 1, on the thread pool. Told the size, zstd sets up tables of that size: for a page that is
 * most of its work. One chunk holds most results.
 */
export async function packBytes(bytes: Uint8Array): Promise<Buffer> {
  return compress(bytes, {
    params: { [constants.ZSTD_c_compressionLevel]: 1 },
    pledgedSrcSize: bytes.byteLength,
    chunkSize: 128 * 1024,
  });
}
