import assert from 'node:assert/strict';
import type { ContractCase } from '../contract-case.js';
import { idOf } from '../contract-run.js';

/** JSON values that break what is careless, by what they are. */
const hostile: Readonly<Record<string, string>> = {
  'a number beyond 2^53': '9007199254740993',
  'a number beyond every float': '1e999',
  'deep nesting': `${'['.repeat(3000)}${']'.repeat(3000)}`,
  'a huge string': `"${'x'.repeat(1_000_000)}"`,
  NUL: '"a\\u0000b"',
  'a lone surrogate': '"\\ud800"',
  'the name of a prototype': '{"__proto__":{"isAdmin":true},"constructor":null}',
  'brackets and escapes in strings': '"}]\\"},{\\\\"',
  'a key twice': '{"a":1,"a":2}',
  'an empty key': '{"":[]}',
};

export const hostileDataCases: readonly ContractCase[] = Object.entries(hostile).map(([what, value]): ContractCase => ({
  name: `carries hostile data unharmed: ${what}`,
  given: (subject) => ({
    records: [
      subject.record(idOf(subject, 0), '"before"'),
      subject.record(idOf(subject, 1), value),
      subject.record(idOf(subject, 2), '"behind"'),
    ],
  }),
  run: async (run) => {
    const { ids, records, error } = await run.fetch();
    assert.ifError(error);
    assert.deepEqual(ids, run.ids);
    const bytes = Buffer.from(records[1]?.bytes ?? []).toString('utf8');
    assert.ok(bytes.includes(value), 'the record does not hold the value as the source sent it');
    assert.equal(({} as { isAdmin?: boolean }).isAdmin, undefined, 'the prototype of objects was changed');
  },
}));
