import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { chooseCoding, compress, isCompressible, isWorthIt } from './compress.js';

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

it('leaves alone what is small, an image or a stream of events', () => {
  expect(isWorthIt('{}')).toBe(false);
  expect(isWorthIt('x'.repeat(1024))).toBe(true);
  for (const type of ['application/json; charset=utf-8', 'application/problem+json', 'text/csv', 'text/html'])
    expect(isCompressible(type), type).toBe(true);
  for (const type of ['image/png', 'text/event-stream; charset=utf-8', 'application/zip', undefined])
    expect(isCompressible(type), type).toBe(false);
});
