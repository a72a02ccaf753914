import assert from 'node:assert/strict';
import type { ContractCase } from '../contract-case.js';

export const stateCases: readonly ContractCase[] = [
  {
    name: 'reads everybody again after a sync that was applied',
    unless: ({ capabilities }) => (capabilities.delta ? 'it reads deltas' : null),
    run: async (run) => {
      const { state } = await run.sync();
      const again = await run.fetch({ state });
      assert.ifError(again.error);
      assert.deepEqual(again.ids, run.ids, 'whoever it leaves out is taken for gone, because it claims no deltas');
      assert.deepEqual([again.end?.extent, again.end?.lastPageSeen], ['full', true]);
    },
  },
  {
    name: 'begins again where the last applied sync ended after one that was cancelled',
    run: async (run) => {
      const whole = await run.fetch();
      const cancel = new AbortController();
      const fetch = run.connector.fetch(run.context({ signal: cancel.signal }).context);
      await fetch.next();
      cancel.abort(new Error('cancelled'));
      await fetch.return({ extent: 'full', lastPageSeen: false });
      const { ids, end, error } = await run.fetch();
      assert.ifError(error);
      assert.deepEqual(ids, run.ids);
      assert.deepEqual(end, whole.end);
    },
  },
];
