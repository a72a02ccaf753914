import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePage, encodePage, type PageRecord } from './page-codec.js';

const record = fc
  .record({
    bytes: fc.uint8Array({ maxLength: 200 }),
    sourceId: fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }),
    gone: fc.boolean(),
  })
  .map(({ bytes, sourceId, gone }): PageRecord => ({
    bytes,
    ...(sourceId === undefined ? {} : { sourceId }),
    ...(gone ? { gone } : {}),
  }));

function plain(records: readonly PageRecord[]): unknown[] {
  return records.map((each) => ({ ...each, bytes: [...each.bytes] }));
}

describe('a page of records', () => {
  it('gives back every record byte for byte, with what the connector told of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 30 }), async (records) => {
        expect(plain(decodePage(await encodePage(records)))).toEqual(plain(records));
      }),
    );
  });

  it('keeps what is known of a record that was too large', async () => {
    const tooLarge = { length: 9_000_000, sha256: 'ab'.repeat(32) };
    const records: PageRecord[] = [{ bytes: Buffer.from('{}') }, { bytes: Buffer.from('{"he'), tooLarge }];
    expect(decodePage(await encodePage(records))[1]).toMatchObject({ tooLarge });
  });

  it('refuses bytes that are no page, or only a part of one', async () => {
    const { zstdCompressSync, zstdDecompressSync } = await import('node:zlib');
    const whole = zstdDecompressSync(await encodePage([{ bytes: Buffer.from('{"id":1}') }]));
    expect(() => decodePage(zstdCompressSync(Buffer.from('hello, world, hello')))).toThrow(RangeError);
    expect(() => decodePage(zstdCompressSync(whole.subarray(0, whole.length - 3)))).toThrow(RangeError);
    expect(() => decodePage(Buffer.from('not even compressed'))).toThrow();
  });
});
