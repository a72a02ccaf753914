import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonSplitError } from './json-split.errors.js';
import { NdjsonSplitter } from './ndjson-splitter.js';
import type { NdjsonSplitterOptions } from './ndjson-splitter.js';

/** What came of a body in parts of this size, and why no more did. */
function split(body: string | Uint8Array, size = 3, options: Partial<NdjsonSplitterOptions> = {}) {
  const splitter = new NdjsonSplitter({ idKey: 'id', ...options });
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const records: [string | null, string][] = [];
  let problem: { code: string; line: number | undefined } | null = null;
  const take = (given: ReturnType<NdjsonSplitter['push']>): void => {
    for (const record of given) records.push([record.sourceId, Buffer.from(record.bytes).toString('utf8')]);
  };
  try {
    for (let at = 0; at < bytes.length; at += size) take(splitter.push(bytes.subarray(at, at + size)));
    take(splitter.end());
  } catch (error) {
    if (!(error instanceof JsonSplitError)) throw error;
    problem = { code: error.code, line: error.line };
  }
  return { records, problem };
}

const person = fc.dictionary(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('id')), fc.jsonValue());
const size = fc.integer({ min: 1, max: 50 });

describe('NdjsonSplitter', () => {
  it('gives a record a line, byte for byte, wherever the parts are cut', () => {
    const ending = fc.constantFrom('\n', '\r\n', ' \n\n', '\n\r\n \t\n');
    fc.assert(
      fc.property(fc.array(fc.oneof(person, fc.jsonValue())), ending, size, (people, end, cut) => {
        const lines = people.map((one) => JSON.stringify(one));
        const { records, problem } = split(lines.map((line) => line + end).join(''), cut);
        expect(problem).toBeNull();
        expect(records.map(([, bytes]) => bytes)).toEqual(lines);
      }),
    );
  });

  it.each([false, true])('takes no body that was cut for a whole one; a last line may lack its newline: %s', (may) => {
    fc.assert(
      fc.property(fc.array(person, { minLength: 1 }), size, fc.nat(), (people, cut, at) => {
        const lines = people.map((one) => JSON.stringify(one));
        const body = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const length = at % body.length;
        const { records, problem } = split(body.subarray(0, length), cut, { mayLackLastNewline: may });
        expect(records.map(([, bytes]) => bytes)).toEqual(lines.slice(0, records.length));
        // Behind a newline a list of lines looks whole: only a total can tell that it is not.
        const isBehindValue = body[length] === 0x0a && may;
        const isBehindLine = length === 0 || body[length - 1] === 0x0a;
        const left = Buffer.from(
          lines
            .slice(0, records.length)
            .map((line) => `${line}\n`)
            .join(''),
        ).length;
        if (isBehindValue) expect({ problem, left }).toEqual({ problem: null, left: length + 1 });
        else if (isBehindLine) expect({ problem, left }).toEqual({ problem: null, left: length });
        else expect(problem).toEqual({ code: 'cutOff', line: records.length + 1 });
      }),
    );
  });

  it('keeps ids beyond 2^53, passes over a byte order mark, and shows what is no object', () => {
    expect(split('\uFEFF{"id":9007199254740993}\r\n\n12\n["a"]\n', 1)).toEqual({
      problem: null,
      records: [
        ['9007199254740993', '{"id":9007199254740993}'],
        [null, '12'],
        [null, '["a"]'],
      ],
    });
  });

  it.each([
    ['two values on a line', '{"id":"a"}\n{} {}\n', 'malformed', 2],
    ['an object over several lines', '{\n"id":"a"\n}\n', 'malformed', 1],
    ['a page of HTML', '{"id":"a"}\n\n<html> }\n', 'malformed', 3],
    ['brackets that do not match', '{"id":[}\n', 'malformed', 1],
    ['a line of too many bytes', `{"id":"a"}\n"${'x'.repeat(40)}"\n`, 'tooLarge', 2],
    ['an endless line', 'x'.repeat(200), 'tooLarge', 1],
    ['a number that may go on', '{"id":"a"}\n12', 'cutOff', 2],
  ])('refuses %s, with its line', (_, body, code, line) => {
    const options = { maxLineBytes: 40, mayLackLastNewline: true };
    for (const part of [1, 7, 1000]) expect(split(body, part, options).problem).toEqual({ code, line });
  });

  it('takes a last line without a newline where it may lack it', () => {
    expect(split('{"id":"a"}\n{"id":"b"}').problem).toEqual({ code: 'cutOff', line: 2 });
    expect(split('{"id":"a"}\n  ').problem).toBeNull();
    expect(split('{"id":"a"}\n{"id":"b"}', 3, { mayLackLastNewline: true }).records.map(([id]) => id)).toEqual([
      'a',
      'b',
    ]);
  });
});
