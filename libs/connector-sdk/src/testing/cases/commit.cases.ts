import assert from 'node:assert/strict';
import type { ContractCase } from '../contract-case.js';
import { idOf, peopleOf } from '../contract-run.js';

export const commitCases: readonly ContractCase[] = [
  {
    name: 'leaves the source as it was in checks and in syncs that are not applied',
    of: 'commit',
    run: async (run) => {
      const before = await run.traces();
      await run.check();
      await run.fetch();
      const cut = run.connector.fetch(run.context().context);
      await cut.next();
      await cut.return({ extent: 'full', lastPageSeen: false });
      assert.deepEqual(await run.traces(), before, 'only commit may change the source');
    },
  },
  {
    name: 'commits what was applied, and may be told so again after a crash',
    of: 'commit',
    run: async (run) => {
      const before = await run.traces();
      const { state } = await run.sync();
      const applied = await run.traces();
      assert.notDeepEqual(applied, before, 'nothing shows at the source: let `traces` tell what commit does');
      await run.commit(state);
      await run.commit(state);
      assert.deepEqual(await run.traces(), applied);
    },
  },
  {
    name: 'finishes a commit that was cut off',
    of: 'commit',
    run: async (run) => {
      const before = await run.traces();
      const { state } = await run.fetch();
      await run.commit(state, { signal: AbortSignal.abort(new Error('the process stops')) }).catch(() => undefined);
      await run.commit(state);
      const applied = await run.traces();
      assert.notDeepEqual(applied, before);
      await run.commit(state);
      assert.deepEqual(await run.traces(), applied);
    },
  },
  {
    name: 'commits what it has read, and nothing that came since',
    of: 'commit',
    run: async (run) => {
      const { state } = await run.fetch();
      const people = peopleOf(run.subject, 9);
      await run.change([people[8] ?? '']);
      await run.commit(state);
      const next = await run.fetch({ state });
      assert.ifError(next.error);
      assert.ok(next.ids.includes(idOf(run.subject, 8)), 'who came between fetch and commit is never read');
    },
  },
  {
    name: 'commits nothing without a state that says what was read',
    of: 'commit',
    run: async (run) => {
      const before = await run.traces();
      await run.fetch();
      await run.commit(null);
      assert.deepEqual(await run.traces(), before);
    },
  },
];
