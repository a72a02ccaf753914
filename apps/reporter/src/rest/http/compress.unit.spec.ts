import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  brotliDecompressSync,
  createBrotliDecompress,
  createGunzip,
  createZstdDecompress,
  gunzipSync,
  zstdDecompressSync,
} from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { chooseCoding, compress, compressStream, isCompressible, isWorthIt } from './compress.js';

it.each([
  [undefined, null],
  ['', null],
  ['identity', null],
  ['gzip', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['gzip, deflate, br, zstd', 'zstd'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['*', 'zstd'],
  ['*;q=0', null],
  ['zstd;q=0, *;q=0.1', 'br'],
  ['identity;q=1, gzip;q=0.5', null],
  ['GZIP ; q=0.3', 'gzip'],
  ['deflate', null],
  ['gzip;q=high', null],
])('takes of %j what the caller likes best', (header, expected) => {
  expect(chooseCoding(header)).toBe(expected);
});

it('gives back what went in', async () => {
  const text = 'Zoë, '.repeat(1000);
  expect(zstdDecompressSync(await compress(text, 'zstd')).toString()).toBe(text);
  expect(brotliDecompressSync(await compress(text, 'br')).toString()).toBe(text);
  expect(gunzipSync(await compress(Buffer.from(text), 'gzip')).toString()).toBe(text);
});

describe.each(['zstd', 'br', 'gzip'] as const)('a stream in %s', (coding) => {
  const unpack = { zstd: zstdDecompressSync, br: brotliDecompressSync, gzip: gunzipSync }[coding];
  const unpacking = { zstd: createZstdDecompress, br: createBrotliDecompress, gzip: createGunzip }[coding];

  it('gives back what went in', async () => {
    const pieces = Array.from({ length: 50 }, (_, n) => `${String(n)} Zoë, `.repeat(1000));
    const sent = await buffer(compressStream(Readable.from(pieces), coding));
    expect(sent.length).toBeLessThan(pieces.join('').length / 4);
    expect(unpack(sent).toString()).toBe(pieces.join(''));
  });

  it('has each piece out before the next is made', async () => {
    const next = Promise.withResolvers<undefined>();
    async function* pieces() {
      yield 'first';
      await next.promise;
      yield ' second';
    }
    const body = compressStream(Readable.from(pieces()), coding).pipe(unpacking());
    const [first] = (await once(body, 'data')) as [Buffer];
    expect(first.toString()).toBe('first');
    next.resolve(undefined);
    expect((await buffer(body)).toString()).toBe(' second');
  });

  it('goes at its reader’s pace, and ends with its reader', async () => {
    let made = 0;
    let ended = false;
    async function* pieces() {
      try {
        for (;;) {
          made += 1;
          yield await Promise.resolve(randomBytes(100_000).toString('base64'));
        }
      } finally {
        ended = true;
      }
    }
    const body = compressStream(Readable.from(pieces(), { highWaterMark: 1 }), coding);
    await once(body, 'readable');
    const standing = () => made;
    await expect
      .poll(async () => {
        const before = standing();
        await sleep(50);
        return standing() - before;
      })
      .toBe(0);
    expect(made).toBeLessThan(12);
    body.destroy();
    await expect.poll(() => ended).toBe(true);
  });

  it('breaks off where its body does', async () => {
    async function* pieces() {
      yield await Promise.resolve('first');
      throw new Error('the store is away');
    }
    await expect(buffer(compressStream(Readable.from(pieces()), coding))).rejects.toThrow('the store is away');
  });
});

it('leaves alone what is small, an image or a stream of events', () => {
  expect(isWorthIt('{}')).toBe(false);
  expect(isWorthIt('x'.repeat(1024))).toBe(true);
  for (const type of ['application/json; charset=utf-8', 'application/problem+json', 'text/csv', 'text/html'])
    expect(isCompressible(type), type).toBe(true);
  for (const type of ['image/png', 'text/event-stream; charset=utf-8', 'application/zip', undefined])
    expect(isCompressible(type), type).toBe(false);
});
