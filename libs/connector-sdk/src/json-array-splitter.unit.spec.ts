import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonArraySplitter } from './json-array-splitter.js';
import { JsonSplitError } from './json-split.errors.js';
import { splitJsonArray } from './split-json-array.js';

const OPTIONS = { arrayKey: 'workers', idKey: 'workerId' };

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** The body in parts of the given sizes, over and over. */
function parts(body: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const cut: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < body.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? body.length;
    cut.push(body.subarray(at, at + size));
    at += size;
  }
  return cut;
}

/** What came of a body, and why no more did. */
function split(body: string | Uint8Array, sizes = [3], options = {}) {
  const splitter = new JsonArraySplitter({ ...OPTIONS, ...options });
  const records: [string | null, string][] = [];
  let problem: { code: string; offset: number } | null = null;
  try {
    for (const part of parts(typeof body === 'string' ? Buffer.from(body) : body, sizes)) {
      records.push(
        ...splitter.push(part).map(({ sourceId, bytes }): [string | null, string] => [sourceId, text(bytes)]),
      );
    }
    splitter.end();
  } catch (error) {
    if (!(error instanceof JsonSplitError)) throw error;
    problem = { code: error.code, offset: error.offset };
  }
  return { records, problem, splitter };
}

const record = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.dictionary(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('workerId')), fc.jsonValue()),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const envelope = fc.dictionary(
  fc.string().filter((key) => key !== 'workers' && key !== '__proto__'),
  fc.jsonValue(),
);

describe('JsonArraySplitter', () => {
  it('gives the records of the whole body, wherever its parts are cut', () => {
    fc.assert(
      fc.property(fc.array(record), envelope, sizes, fc.constantFrom(0, 1, '\t'), (workers, others, cut, gap) => {
        const body = JSON.stringify({ ...others, workers }, null, gap);
        const whole = splitJsonArray(Buffer.from(body), OPTIONS);
        const { records, problem } = split(body, cut);
        expect(problem).toBeNull();
        expect(records).toEqual(whole.records.map(({ sourceId, bytes }) => [sourceId, text(bytes)]));
      }),
    );
  });

  it('gives of a body cut anywhere the records that were whole, and says that it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1 }),
        sizes,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (workers, cut, share) => {
          const body = Buffer.from(JSON.stringify({ workers }));
          const length = Math.floor(share * (body.length - 1));
          const { records, problem } = split(body.subarray(0, length), cut);
          expect(problem).toEqual({ code: 'cutOff', offset: length });
          const all = workers.map((worker) => JSON.stringify(worker));
          expect(records.map(([, bytes]) => bytes)).toEqual(all.slice(0, records.length));
        },
      ),
    );
  });

  it('keeps every byte of a record, numbers beyond 2^53 included', () => {
    const { records } = split('{"workers":[{"workerId": 9007199254740993 , "x":1.50e+3}]}');
    expect(records).toEqual([['9007199254740993', '{"workerId": 9007199254740993 , "x":1.50e+3}']]);
  });

  it('passes over a byte order mark, in parts too', () => {
    expect(split('\uFEFF {"workers":[1]}', [1]).records).toEqual([[null, '1']]);
  });

  it('tells an object without the array from one with an empty one', () => {
    const seen = (body: string) => {
      const { splitter, problem, records } = split(body);
      return { problem, records, array: splitter.arraySeen, keys: splitter.keysSeen };
    };
    expect(seen(' {} ')).toEqual({ problem: null, records: [], array: false, keys: 0 });
    expect(seen('{"a":{"workers":[1]}}')).toEqual({ problem: null, records: [], array: false, keys: 1 });
    expect(seen('{"workers":[]}')).toEqual({ problem: null, records: [], array: true, keys: 1 });
  });

  it.each([
    ['a page of HTML', '<!doctype html>', 'arrayMissing', 0],
    ['a list', '[{}]', 'arrayMissing', 0],
    ['something other than an array', '{"workers": {}}', 'arrayMissing', 12],
    ['junk behind the end', '{"workers":[1]}\n{"workers":[]}', 'malformed', 16],
    ['a second array', '{"workers":[1],"workers":[2]}', 'malformed', 15],
    ['a second array, its key spelled otherwise', '{"workers":[1],"w\\u006frkers":[2]}', 'malformed', 15],
    ['brackets that do not match', '{"workers":[{"a":[}]}', 'malformed', 18],
    ['a comma before the end', '{"workers":[1,]}', 'malformed', 14],
    ['no comma between two', '{"workers":[{} {}]}', 'malformed', 15],
    ['no key', '{workers:[1]}', 'malformed', 1],
    ['no colon', '{"workers"[1]}', 'malformed', 10],
    ['nothing', '', 'cutOff', 0],
    ['an end without a brace', '{"workers":[1]', 'cutOff', 14],
  ])('refuses %s, with the place', (_, body, code, offset) => {
    for (const size of [1, 2, 7, 1000]) expect(split(body, [size]).problem).toEqual({ code, offset });
  });

  it('gives the records before what it refuses', () => {
    expect(split('{"workers":[{"workerId":"a"},{"workerId":"b"},nonsense here').records).toEqual([
      ['a', '{"workerId":"a"}'],
      ['b', '{"workerId":"b"}'],
    ]);
  });

  it('takes no record larger than it may', () => {
    const body = `{"workers":["${'x'.repeat(98)}"]}`;
    expect(split(body, [7], { maxRecordBytes: 100 }).problem).toBeNull();
    expect(split(body, [7], { maxRecordBytes: 99 }).problem?.code).toBe('tooLarge');
    expect(split(`{"other":"${'x'.repeat(98)}"}`, [7], { maxRecordBytes: 99 }).problem?.code).toBe('tooLarge');
  });
});
