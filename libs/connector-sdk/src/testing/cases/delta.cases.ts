import assert from 'node:assert/strict';
import { SourceError } from '../../source.errors.js';
import type { ContractCase } from '../contract-case.js';
import { idOf, peopleOf } from '../contract-run.js';
import type { ContractRun, FetchRun } from '../contract-run.js';

/** Of everybody, who changes while a case runs: somebody who was there, and somebody new. */
const changing = [1, 8];

export const deltaCases: readonly ContractCase[] = [
  {
    name: 'says delta when it leaves people out, so that nobody of them is taken for gone',
    of: 'delta',
    run: async (run) => {
      const { state } = await sync(run, null);
      await change(run);
      isTheChange(run, await fetch(run, state));
    },
  },
  {
    name: 'brings nobody, and says delta, when nothing is new',
    of: 'delta',
    run: async (run) => {
      let { state } = await sync(run, null);
      for (let again = 0; again < 2; again += 1) {
        const read = await sync(run, state);
        assert.deepEqual([read.ids, read.end?.extent], [[], 'delta']);
        ({ state } = read);
      }
      await change(run);
      isTheChange(run, await fetch(run, state));
    },
  },
  {
    name: 'brings again what was read by a sync that was not applied',
    of: 'delta',
    run: async (run) => {
      const { state } = await sync(run, null);
      await change(run);
      const dry = await fetch(run, state);
      const cancelled = run.connector.fetch(run.context(settings(run, state)).context);
      await cancelled.next();
      await cancelled.return({ extent: 'delta', lastPageSeen: false });
      const live = await fetch(run, state);
      isTheChange(run, live);
      assert.deepEqual(live.records, dry.records);
      assert.deepEqual(live.end, dry.end);
    },
  },
  {
    name: 'takes no state for its own that it never wrote',
    of: 'delta',
    run: async (run) => {
      const { ids, error } = await fetch(run, { neverWritten: ['by it'] });
      if (error === undefined) assert.deepEqual(ids, run.ids, 'it leaves people out by a state that it cannot read');
      else assert.ok(error instanceof SourceError, 'it ends with an error that is no SourceError');
    },
  },
];

const settings = (run: ContractRun, state: FetchRun['state']) => ({ config: run.source.deltaConfig ?? {}, state });

async function fetch(run: ContractRun, state: FetchRun['state']): Promise<FetchRun> {
  return run.fetch(settings(run, state));
}

async function sync(run: ContractRun, state: FetchRun['state']): Promise<FetchRun> {
  return run.sync(settings(run, state));
}

async function change(run: ContractRun): Promise<void> {
  const people = peopleOf(run.subject, 9);
  await run.change(changing.map((index) => people[index] ?? ''));
}

function isTheChange(run: ContractRun, { ids, end, error }: FetchRun): void {
  assert.ifError(error);
  assert.deepEqual([...ids].sort(), changing.map((index) => idOf(run.subject, index)).sort());
  assert.deepEqual([end?.extent, end?.lastPageSeen], ['delta', true]);
  assert.notEqual(end?.state, undefined, 'it hands no state over for the next run to begin from');
}
