import { randomBytes } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LargeValues, maxSentBytes } from './large-values.js';

const store = { put: () => Promise.resolve('kept.1'), get: () => Promise.resolve(null) };
const values = new LargeValues(store, 1_000);
const page = Buffer.from(JSON.stringify(Array.from({ length: 500 }, (_, n) => ({ n, text: 'the same in each' }))));

function message(value: Uint8Array) {
  return { key: 'k', headers: { schema: 'outcomes' }, value };
}

describe('values of messages', () => {
  it('are packed when that is worth it, and come back as they were', async () => {
    const { headers, value } = await values.toSend(message(page));
    expect(value.byteLength).toBeLessThan(page.byteLength / 5);
    expect(await values.asSent(headers, value)).toEqual({ headers: { schema: 'outcomes' }, value: page });
  });

  it.each([
    ['small ones', randomBytes(100)],
    ['those that are packed already', zstdCompressSync(randomBytes(100_000))],
  ])('are sent as they are: %s', async (_name, value) => {
    expect(await values.toSend(message(value))).toEqual(message(value));
    expect(await values.asSent({ schema: 'outcomes' }, value)).toEqual({ headers: { schema: 'outcomes' }, value });
  });

  it('are kept in the store when no message takes them, and are empty once that has let them go', async () => {
    const { headers, value } = await values.toSend(message(randomBytes(maxSentBytes + 1)));
    expect([headers['muster-kept'], value.byteLength]).toEqual(['kept.1', 0]);
    expect(await values.asSent(headers, value)).toEqual({ headers: { schema: 'outcomes' }, value: new Uint8Array(0) });
  });

  it.each([
    ['was never packed', '4096', randomBytes(512)],
    ['was cut short', String(page.byteLength), zstdCompressSync(page).subarray(0, 50)],
    ['is larger than it says', '100', zstdCompressSync(page)],
    ['is smaller than it says', '100000000', zstdCompressSync(page)],
    ['does not say its size', 'zstd', zstdCompressSync(page)],
  ])('are empty, so that no stage takes them for sound, when one %s', async (_name, packed, value) => {
    const { headers, value: given } = await values.asSent({ 'muster-packed': packed }, value);
    expect([headers, given.byteLength]).toEqual([{}, 0]);
  });
});
