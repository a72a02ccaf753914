import assert from 'node:assert/strict';
import type { ContractCase } from '../contract-case.js';

export const pushCases: readonly ContractCase[] = [
  {
    name: 'passes on as gone whom the provider has deleted, and nobody else',
    of: 'push',
    run: async (run) => {
      const pushed = run.pushed().map((record, index) => (index === 2 ? { ...record, gone: true as const } : record));
      const { records, error } = await run.fetch({ pushed });
      assert.ifError(error);
      const gone = records.map((record) => 'gone' in record && record.gone === true);
      assert.deepEqual(
        gone,
        pushed.map((_, index) => index === 2),
      );
    },
  },
];
