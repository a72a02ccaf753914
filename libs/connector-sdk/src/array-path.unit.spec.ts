import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArrayPlace } from './array-path.js';
import { JsonArraySplitter } from './json-array-splitter.js';
import { JsonSplitError } from './json-split.errors.js';
import { splitJsonArray } from './split-json-array.js';

const texts = (records: readonly { bytes: Uint8Array }[]) =>
  records.map(({ bytes }) => Buffer.from(bytes).toString('utf8'));

/** Read as it comes: the records, and the code of what it ended with. */
function streamed(body: Buffer, place: ArrayPlace, size: number) {
  const splitter = new JsonArraySplitter({ ...place, idKey: 'id' });
  const records: string[] = [];
  try {
    for (let at = 0; at < body.length; at += size) records.push(...texts(splitter.push(body.subarray(at, at + size))));
    splitter.end();
    return { records, code: splitter.arraySeen ? null : 'arrayMissing' };
  } catch (error) {
    return { records, code: (error as JsonSplitError).code };
  }
}

function whole(body: Buffer, place: ArrayPlace) {
  try {
    return { records: texts(splitJsonArray(body, { ...place, idKey: 'id' }).records), code: null };
  } catch (error) {
    if (!(error instanceof JsonSplitError)) throw error;
    return { records: [], code: error.code };
  }
}

const key = fc.oneof(fc.constantFrom('data', 'a.b', 'x-y', ''), fc.string());
const path = fc.array(
  key.filter((one) => one !== '__proto__'),
  { maxLength: 4 },
);
const others = fc.dictionary(
  fc.string().filter((one) => one !== '__proto__'),
  fc.jsonValue(),
);
const size = fc.integer({ min: 1, max: 40 });
const people = fc.array(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue()));

/** The people behind the path, among other keys. */
function nested(keys: readonly string[], array: unknown, beside: object): unknown {
  return keys.reduceRight<unknown>((inner, one) => ({ ...beside, [one]: inner }), array);
}

describe('an array at any path', () => {
  it('is read at once and as it comes to the same records', () => {
    fc.assert(
      fc.property(path, people, others, size, (arrayPath, array, beside, cut) => {
        const body = Buffer.from(JSON.stringify(nested(arrayPath, array, beside), null, 1));
        const expected = { records: array.length, code: null };
        const one = whole(body, { arrayPath });
        expect({ ...one, records: one.records.length }).toEqual(expected);
        expect(streamed(body, { arrayPath }, cut)).toEqual(one);
      }),
    );
  });

  it('is never whole in a body that is cut', () => {
    fc.assert(
      fc.property(path, people, others, size, fc.nat(), (arrayPath, array, beside, cut, at) => {
        const body = Buffer.from(JSON.stringify(nested(arrayPath, array, beside)));
        const part = body.subarray(0, at % body.length);
        expect(whole(part, { arrayPath }).code).toBe('cutOff');
        expect(streamed(part, { arrayPath }, cut).code).toBe('cutOff');
      }),
    );
  });

  it('leaves all else in the envelope', () => {
    const body = Buffer.from('{"data":{"result":{"items":[{"id":1}],"total":7},"next":"b"},"ok":true}');
    const { records, envelope } = splitJsonArray(body, { arrayPath: 'data.result.items', idKey: 'id' });
    expect(records.map(({ sourceId }) => sourceId)).toEqual(['1']);
    expect(envelope).toEqual({ data: { result: { total: 7 }, next: 'b' }, ok: true });
  });

  it.each([
    ['an object on the way is null', '{"data":null}', 'arrayMissing'],
    ['an object on the way is an array', '{"data":[[1]]}', 'arrayMissing'],
    ['the array is an object', '{"data":{"items":{}}}', 'arrayMissing'],
    ['the array is elsewhere', '{"items":[1],"data":{}}', 'arrayMissing'],
    ['an object on the way comes twice', '{"data":{"items":[1]},"data":{"items":[2]}}', 'malformed'],
    ['the array comes twice', '{"data":{"items":[1],"it\\u0065ms":[2]}}', 'malformed'],
    ['something follows', '{"data":{"items":[1]}}}', 'malformed'],
    ['a comma stands before the end', '{"data":{"items":[1],}}', 'malformed'],
  ])('is refused where %s', (_, text, code) => {
    const body = Buffer.from(text);
    expect(whole(body, { arrayPath: 'data.items' }).code).toBe(code);
    for (const cut of [1, 5, 100]) expect(streamed(body, { arrayPath: 'data.items' }, cut).code).toBe(code);
  });

  it('keeps a dot in a single key a dot, and takes no path with an empty key', () => {
    expect(whole(Buffer.from('{"a.b":[1]}'), { arrayKey: 'a.b' }).records).toEqual(['1']);
    expect(() => whole(Buffer.from('{}'), { arrayPath: 'a..b' })).toThrow(TypeError);
  });
});
