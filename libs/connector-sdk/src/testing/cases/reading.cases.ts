import assert from 'node:assert/strict';
import { search } from '@jmespath-community/jmespath';
import type { JSONValue } from '@jmespath-community/jmespath';
import { SourceError } from '../../source.errors.js';
import type { ContractCase } from '../contract-case.js';
import { idOf, peopleOf } from '../contract-run.js';

const text = ({ bytes }: { bytes: Uint8Array }): string => Buffer.from(bytes).toString('utf8');

export const readingCases: readonly ContractCase[] = [
  {
    name: 'reads everybody once, in the order of the source',
    of: 'full',
    run: async (run) => {
      const { ids, end, error } = await run.fetch();
      assert.ifError(error);
      assert.deepEqual(ids, run.ids);
      assert.deepEqual([end?.extent, end?.lastPageSeen], ['full', true]);
    },
  },
  {
    name: 'passes records on byte for byte',
    run: async (run) => {
      assert.deepEqual((await run.fetch()).records.map(text), run.records);
    },
  },
  {
    name: 'finds the source id where its expression does',
    run: async (run) => {
      const { connector } = run;
      const { context } = run.context();
      const expression = connector.sourceIdExpressionOf?.(context.config) ?? connector.sourceIdExpression;
      for (const record of (await run.fetch()).records) {
        const found = search(JSON.parse(text(record)) as JSONValue, expression);
        assert.equal(typeof found === 'number' ? String(found) : found, record.sourceId);
      }
    },
  },
  {
    name: 'reads the same twice',
    run: async (run) => {
      const [first, second] = [await run.fetch(), await run.fetch()];
      // But for the cursors: those may hold when a fetch began, or what its source made for it alone.
      const told = ({ batches }: typeof first) => batches.map(({ records, declaredTotal }) => [records, declaredTotal]);
      assert.deepEqual(told(second), told(first));
      assert.deepEqual(second.end, first.end);
    },
  },
  {
    name: 'goes on from every cursor with exactly what was missing',
    of: 'resume',
    run: async (run) => {
      const { batches } = await run.fetch();
      assert.ok(batches.length > 1, 'with one batch nothing is shown: let start() make pages of 3 people');
      for (const [index, { next }] of batches.slice(0, -1).entries()) {
        assert.notEqual(next, null, 'only the last batch has no cursor behind it');
        const cursor = JSON.parse(JSON.stringify(next)) as typeof next;
        const rest = await run.fetch({ cursor });
        assert.ifError(rest.error);
        assert.deepEqual(
          rest.records,
          batches.slice(index + 1).flatMap(({ records }) => records),
        );
      }
      assert.equal(batches.at(-1)?.next, null);
    },
  },
  {
    name: 'gives no cursor that it could not go on from',
    unless: ({ capabilities }) => (capabilities.resume ? 'it can resume' : null),
    run: async (run) => {
      const { batches } = await run.fetch();
      assert.deepEqual(
        batches.filter(({ next }) => next !== null),
        [],
      );
    },
  },
  {
    name: 'takes nobody for everybody only where the source says so',
    given: () => ({ records: [] }),
    run: async (run) => {
      const { ids, batches, end, error } = await run.fetch();
      assert.deepEqual(ids, []);
      if (error !== undefined) assert.ok(error instanceof SourceError, 'it ends with an error that is no SourceError');
      if (end?.lastPageSeen !== true || end.extent !== 'full') return;
      const { wholeness } = run.connector.capabilities;
      const declared = batches.at(-1)?.declaredTotal;
      assert.notEqual(wholeness, 'none', 'an end is claimed that nothing proves');
      if (wholeness === 'declaredTotal') assert.equal(declared, 0, 'an end is claimed without a declared total of 0');
    },
  },
  {
    name: 'shows the end of a list by what it says shows it',
    of: 'wholeness',
    run: async (run) => {
      const { batches, end, error } = await run.fetch();
      assert.ifError(error);
      assert.equal(end?.lastPageSeen, true);
      if (run.connector.capabilities.wholeness !== 'declaredTotal') return;
      const totals = [batches[0], batches.at(-1)].map((batch) => batch?.declaredTotal);
      assert.deepEqual(totals, [run.ids.length, run.ids.length], 'first and last batch must carry the declared total');
    },
  },
  {
    name: 'passes on who comes twice',
    given: (subject) => {
      const people = peopleOf(subject, 5);
      return { records: [...people.slice(0, 2), people[1] ?? '', ...people.slice(2)] };
    },
    run: async (run) => {
      const ids = [0, 1, 1, 2, 3, 4].map((index) => idOf(run.subject, index));
      assert.deepEqual((await run.fetch()).ids, ids);
    },
  },
  {
    name: 'reads one person alone, and nobody for an id that the source does not know',
    of: 'person',
    run: async (run) => {
      const person = idOf(run.subject, 4);
      const known = await run.fetch({ person });
      assert.ifError(known.error);
      assert.deepEqual([known.ids, known.end?.extent], [[person], 'person']);
      const unknown = await run.fetch({ person: `${person}9/../&x=1` });
      assert.ifError(unknown.error);
      assert.deepEqual([unknown.ids, unknown.end?.extent], [[], 'person']);
    },
  },
];
