import assert from 'node:assert/strict';
import { SourceError } from '../../source.errors.js';
import type { ContractCase } from '../contract-case.js';

export const quirkCases: readonly ContractCase[] = [
  {
    name: 'leaves a list whose cursors lead in a circle',
    given: () => ({ quirk: 'loopedCursor' }),
    run: async (run) => {
      const { error, end } = await run.fetch();
      if (end === undefined) assert.ok(error instanceof SourceError, 'it ends with an error that is no SourceError');
      else assert.equal(end.lastPageSeen, false, 'it says that it has seen the last page');
    },
  },
  {
    name: 'shows the total of a list whose last page is lost',
    unless: ({ capabilities }) => (capabilities.wholeness === 'declaredTotal' ? null : 'its source declares no total'),
    given: () => ({ quirk: 'lostLastPage' }),
    run: async (run) => {
      const { batches, ids, end } = await run.fetch();
      if (end?.lastPageSeen !== true) return;
      assert.ok(ids.length < run.ids.length, 'with a page lost nobody is missing: let start() make pages of 3 people');
      assert.equal(batches.at(-1)?.declaredTotal, run.ids.length, 'who is missing shows by the declared total alone');
    },
  },
  {
    name: 'reads on behind a total that is too small, and passes it on',
    unless: ({ capabilities }) => (capabilities.wholeness === 'declaredTotal' ? null : 'its source declares no total'),
    given: () => ({ quirk: 'shortTotal' }),
    run: async (run) => {
      const { batches, ids, error } = await run.fetch();
      assert.ifError(error);
      assert.deepEqual(ids, run.ids);
      assert.equal(batches.at(-1)?.declaredTotal, run.ids.length - 1);
    },
  },
];
