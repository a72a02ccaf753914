import { expect, it } from 'vitest';
import { keptScimBodyBytes, packScimBody, unpackScimBody } from './scim-request-body.js';

it('a request’s body is kept whole', () => {
  const { packed, ...rest } = packScimBody('{"userName":"Weiß"}');
  expect(rest).toEqual({ bytes: 20, note: null });
  expect(unpackScimBody(packed!)).toBe('{"userName":"Weiß"}');
});

it('of a long one the beginning is kept, to the last whole character', () => {
  for (const text of ['x'.repeat(keptScimBodyBytes), `${'x'.repeat(keptScimBodyBytes - 2)}👍`]) {
    const { packed, ...rest } = packScimBody(`${text}…`);
    expect(rest).toEqual({ bytes: Buffer.byteLength(text) + 3, note: 'cut' });
    expect(unpackScimBody(packed!)).toBe(text.replace('👍', ''));
  }
});
