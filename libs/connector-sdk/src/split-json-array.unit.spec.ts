import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonSplitError } from './json-split.errors.js';
import { readJsonRecord } from './read-json-record.js';
import { splitJsonArray } from './split-json-array.js';

const OPTIONS = { arrayKey: 'workers', idKey: 'workerId' };

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function text(part: Uint8Array): string {
  return new TextDecoder('utf8', { fatal: true }).decode(part);
}

function split(body: string) {
  const { records, envelope } = splitJsonArray(bytes(body), OPTIONS);
  return { records: records.map((record) => [record.sourceId, text(record.bytes)]), envelope };
}

function problem(body: string | Uint8Array): { code: string; offset: number } {
  try {
    splitJsonArray(typeof body === 'string' ? bytes(body) : body, OPTIONS);
  } catch (error) {
    if (error instanceof JsonSplitError) {
      return { code: error.code, offset: error.offset };
    }
    throw error;
  }
  throw new Error('The body was split.');
}

/** As `JSON.stringify`, with white space that JSON allows and nobody writes. */
function spaced(value: unknown, gap: string): string {
  if (Array.isArray(value)) {
    return `[${gap}${value.map((item) => spaced(item, gap)).join(`${gap},${gap}`)}${gap}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)}${gap}:${gap}${spaced(item, gap)}`,
    );
    return `{${gap}${members.join(`${gap},${gap}`)}${gap}}`;
  }
  return JSON.stringify(value);
}

const record = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.dictionary(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('workerId')), fc.jsonValue()),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const gap = fc.constantFrom('', ' ', '\n', '\t\r\n ');

function idOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, 'workerId')) {
    return null;
  }
  const id = (value as { workerId: unknown }).workerId;
  return typeof id === 'string' ? (id.trim() === '' ? null : id) : typeof id === 'number' ? JSON.stringify(id) : null;
}

describe('splitJsonArray', () => {
  it('finds what JSON.parse finds, byte for byte, in any document', () => {
    fc.assert(
      fc.property(
        fc.array(record),
        fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
        gap,
        (workers, rest, space) => {
          const members = Object.entries({ ...rest, workers });
          const body = bytes(`${space}${spaced(Object.fromEntries(members), space)}${space}`);
          const { records, envelope } = splitJsonArray(body, OPTIONS);

          expect(records.map((found) => text(found.bytes))).toEqual(workers.map((worker) => spaced(worker, space)));
          expect(records.map((found) => found.sourceId)).toEqual(workers.map(idOf));
          const { workers: _, ...others } = JSON.parse(text(body)) as Record<string, unknown>;
          expect(envelope).toEqual(others);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('tells every place at which a body can be cut off, and never splits such a body', () => {
    const body = bytes(
      '{"paging":{"next":"a\\"b","total":2},"workers":[{"workerId":"1","n":"é"}, {"workerId":2}], "x":[1]}',
    );
    for (let length = 0; length < body.length; length += 1) {
      expect(problem(body.subarray(0, length))).toEqual({ code: 'cutOff', offset: length });
    }
  });

  it('gives views into the body, not copies', () => {
    const body = bytes('{"workers":[{"workerId":"1"}]}');
    expect(splitJsonArray(body, OPTIONS).records[0]?.bytes.buffer).toBe(body.buffer);
  });

  it('reads numeric ids as they are written, beyond 2^53 too', () => {
    expect(split('{"workers":[{"workerId":90071992547409931},{"workerId":1e3}]}').records.map(([id]) => id)).toEqual([
      '90071992547409931',
      '1e3',
    ]);
  });

  it('takes the id from the record itself, not from what it contains', () => {
    const body =
      '{"workers":[{"manager":{"workerId":"9"},"note":"workerId","list":["workerId",{"workerId":"8"}],"workerId":"1"}]}';
    expect(split(body).records[0]?.[0]).toBe('1');
  });

  it('understands escapes in keys and ids, and takes the last of two', () => {
    const body = String.raw`{"workers":[{"worker\u0049d":"a"},{"workerId":"\u00e9\"\\"},{"workerId":"a","workerId":"b"}]}`;
    expect(split(body).records.map(([id]) => id)).toEqual(['a', 'é"\\', 'b']);
  });

  it.each([
    '{"workerId":null}',
    '{"workerId":" "}',
    '{"workerId":{}}',
    '{"workerId":true}',
    '{}',
    '[]',
    '42',
    'null',
    '"workerId"',
  ])('keeps %s as a record without identity', (element) => {
    expect(split(`{"workers":[${element}]}`).records).toEqual([[null, element]]);
  });

  it('leaves what is wrong inside a record to the decoder, with its id and its neighbours', () => {
    expect(split('{"workers":[{"workerId":"1","name":oops},{"workerId":"2" "x":1},{"workerId":"3"}]}').records).toEqual(
      [
        ['1', '{"workerId":"1","name":oops}'],
        ['2', '{"workerId":"2" "x":1}'],
        ['3', '{"workerId":"3"}'],
      ],
    );
  });

  it.each([
    ['a bracket of the wrong kind', '{"workers":[{"a":[1}]}', 'malformed', 19],
    ['a missing comma between records', '{"workers":[{} {}]}', 'malformed', 15],
    ['a comma without a record', '{"workers":[{},]}', 'malformed', 15],
    ['two commas', '{"workers":[{},,{}]}', 'malformed', 15],
    ['something behind the body', '{"workers":[]} x', 'malformed', 15],
    ['a bad value beside the records', '{"workers":[],"n":oops}', 'malformed', 18],
    ['a key without quotes', '{"workers":[],n:1}', 'malformed', 14],
    ['a missing colon', '{"workers" []}', 'malformed', 11],
    ['the array twice', '{"workers":[],"workers":[]}', 'malformed', 14],
    ['another type of array', '{"workers":{}}', 'arrayMissing', 11],
    ['no array', '{"error":"none"}', 'arrayMissing', 15],
    ['an empty object', '{}', 'arrayMissing', 1],
    ['a bare array', '[]', 'arrayMissing', 0],
    ['no JSON', '<html>', 'arrayMissing', 0],
    ['nothing', '', 'cutOff', 0],
  ])('says where: %s', (_, body, code, offset) => {
    expect(problem(body)).toEqual({ code, offset });
  });

  it('passes over a byte order mark', () => {
    expect(split('\u{feff}{"workers":[1]}').records).toEqual([[null, '1']]);
  });

  it('splits records nested ten thousand deep', () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    expect(split(`{"workers":[{"workerId":"1","d":${deep}}]}`).records[0]?.[0]).toBe('1');
  });
});

describe('readJsonRecord', () => {
  it('gives the same bytes and id as the list does', () => {
    const one = '{"workerId":"1","name":"Ægir"}';
    const [listed] = splitJsonArray(bytes(`{"workers":[ ${one} ]}`), OPTIONS).records;
    expect(readJsonRecord(bytes(` ${one}\n`), OPTIONS)).toEqual(listed);
  });

  it.each([
    ['[]', 'malformed'],
    ['{} {}', 'malformed'],
    ['{"a":', 'cutOff'],
    ['', 'cutOff'],
  ])('refuses %j', (body, code) => {
    expect(() => readJsonRecord(bytes(body), OPTIONS)).toThrow(expect.objectContaining({ code }) as Error);
  });
});
