import assert from 'node:assert/strict';
import type { ContractCase } from '../contract-case.js';

export const rereadCases: readonly ContractCase[] = [
  {
    name: 'reads what was applied again when somebody asks for it, and not without',
    of: 'reread',
    run: async (run) => {
      const { state } = await run.sync({ mappingVersion: 1 });
      const known = await run.fetch({ state, mappingVersion: 1 });
      assert.ifError(known.error);
      assert.deepEqual(known.ids, []);
      const again = await run.fetch({ state, mappingVersion: 1, reread: true });
      assert.ifError(again.error);
      assert.deepEqual(again.ids, run.ids);
      assert.equal(again.end?.lastPageSeen, true);
    },
  },
  {
    name: 'takes what is still there for news when the mapping is another one, and names it when it is the same',
    of: 'reread',
    run: async (run) => {
      const { state } = await run.fetch({ mappingVersion: 1 });
      const known = await run.fetch({ state, mappingVersion: 1 });
      assert.ifError(known.error);
      assert.deepEqual(known.ids, []);
      assert.ok((known.end?.alreadyApplied ?? []).length > 0, 'it does not say what it left out');
      const mapped = await run.fetch({ state, mappingVersion: 2 });
      assert.ifError(mapped.error);
      assert.deepEqual(mapped.ids, run.ids);
      assert.equal(mapped.end?.alreadyApplied, undefined);
    },
  },
];
