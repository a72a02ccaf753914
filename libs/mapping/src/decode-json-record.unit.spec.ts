import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeJsonRecord, maxDocumentDepth } from './decode-json-record.js';

function decode(text: string) {
  return decodeJsonRecord(new TextEncoder().encode(text));
}

describe('decoding', () => {
  it('gives what JSON gives, but for whole numbers that a double may have rounded', () => {
    const asText = (_name: string, value: unknown) =>
      Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(Number(value)) < 1e21 ? String(value) : value;
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(decode(text)).toEqual({ ok: true, document: JSON.parse(text, asText) as unknown });
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['9007199254740991', 9007199254740991],
    ['-9007199254740991', -9007199254740991],
    ['9007199254740992', '9007199254740992'],
    ['9007199254740993', '9007199254740993'],
    ['-12345678901234567890', '-12345678901234567890'],
    ['1'.repeat(400), '1'.repeat(400)],
    ['0.1234567890123456789', 0.12345678901234568],
    ['"12345678901234567890"', '12345678901234567890'],
    ['12345', 12345],
  ])('%s keeps its digits', (text, expected) => {
    expect(decode(`{"a": [{"id": ${text}}], "b": "\\"1"}`)).toEqual({
      ok: true,
      document: { a: [{ id: expected }], b: '"1' },
    });
  });

  it('keeps the last of a doubled member, and ignores a byte order mark', () => {
    expect(decode('\ufeff{"a": 1, "a": 2}')).toEqual({ ok: true, document: { a: 2 } });
  });

  it.each(['{"__proto__": {"polluted": true}}', '{"__proto__": {"polluted": 12345678901234567890}}'])(
    '%s pollutes nothing',
    (text) => {
      const decoded = decode(text);
      expect(decoded.ok && Object.keys(decoded.document as object)).toEqual(['__proto__']);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );
});

describe('what cannot be decoded', () => {
  it.each([
    ['', 'The record is not valid JSON: it is empty.'],
    ['{"name": "Kanarie", }', 'The record is not valid JSON (at character 20).'],
    ['Kanarie', 'The record is not valid JSON'],
    ['{"Kanarie": 1', 'The record is not valid JSON'],
    ['"Kanarie', 'The record is not valid JSON'],
    ['"Kanarie\\', 'The record is not valid JSON'],
    ['{"name": Kanarie at position 5', 'The record is not valid JSON'],
  ])('%s says where, not what', (text, message) => {
    const decoded = decode(text);
    expect(decoded).toMatchObject({
      ok: false,
      problem: { attribute: 'record', code: 'decodeFailed', expression: '' },
    });
    const said = decoded.ok ? '' : decoded.problem.message;
    expect(said).toContain(message);
    expect(said).not.toContain('Kanarie');
    expect(said).not.toContain('position');
  });

  it('is text that is not UTF-8', () => {
    const decoded = decodeJsonRecord(new Uint8Array([0x22, 0xff, 0x22]));
    expect(decoded).toMatchObject({ ok: false, problem: { message: 'The record is not valid UTF-8 text.' } });
  });

  it.each([
    ['[', ']'],
    ['{"a":', '}'],
  ])('is %s nested too deep', (open, close) => {
    const nested = (levels: number) => `${open.repeat(levels)}1${close.repeat(levels)}`;
    expect(decode(nested(maxDocumentDepth))).toMatchObject({ ok: true });
    for (const levels of [maxDocumentDepth + 1, 1_000_000]) {
      expect(decode(nested(levels))).toMatchObject({
        ok: false,
        problem: { message: 'The record nests deeper than 100 levels.' },
      });
    }
    expect(decode(open.repeat(1_000_000))).toMatchObject({ ok: false });
  });

  it('is not brackets within text, nor many shallow ones', () => {
    expect(decode(JSON.stringify({ a: '['.repeat(500), b: '\\"{'.repeat(500) }))).toMatchObject({ ok: true });
    expect(decode(JSON.stringify(Array(500).fill([{}])))).toMatchObject({ ok: true });
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(typeof decodeJsonRecord(bytes).ok).toBe('boolean');
      }),
    );
  });
});
