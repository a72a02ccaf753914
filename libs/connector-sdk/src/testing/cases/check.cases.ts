import assert from 'node:assert/strict';
import { CHECK_STEPS } from '../../connector.js';
import type { CheckStep } from '../../connector.js';
import type { ContractCase } from '../contract-case.js';
import { HTTP_FAULTS } from '../http-fault.js';
import type { HttpFaultKind } from '../http-fault.js';

/** A check may well end before it meets these. */
const mayPass: readonly HttpFaultKind[] = ['expiredToken', 'cut', 'cutCleanly', 'stall', 'drip', 'gzipBomb'];

export const checkCases: readonly ContractCase[] = [
  {
    name: 'checks a source that is well, step by step',
    run: async (run) => {
      const steps = await run.check();
      inOrder(steps);
      assert.deepEqual(
        steps.filter(({ ok }) => !ok),
        [],
      );
      assert.ok(steps.length > 0, 'check yields no step');
      assert.ok(
        steps.every(({ message }) => message.trim() !== ''),
        'a step has no message',
      );
    },
  },
  {
    name: 'stops its check at wrong secrets',
    unless: ({ secrets }) => (Object.keys(secrets.shape).length === 0 ? 'it has no secrets' : null),
    run: async (run) => {
      const wrong = Object.fromEntries(
        Object.entries(run.source.secrets).map(([name, value]) => [
          name,
          typeof value === 'string' ? 'wrong-secret' : value,
        ]),
      );
      stopped(await run.check({ secrets: wrong }));
    },
  },
  {
    name: 'stops its check at a source that is away',
    run: async (run) => {
      await run.source.stop();
      stopped(await run.check({ maxAttempts: 2 }));
    },
  },
  ...HTTP_FAULTS.map((kind): ContractCase => ({
    name: `never throws in a check: ${kind}`,
    http: true,
    given: () => ({ timeoutSeconds: kind === 'stall' ? 1 : 30 }),
    run: async (run) => {
      run.misbehave({ kind });
      const steps = await run.check({ maxAttempts: kind === 'stall' ? 1 : 2 });
      inOrder(steps);
      if (!mayPass.includes(kind)) stopped(steps);
    },
  })),
];

/** Steps come in their order, and the first that is not ok is the last. */
function inOrder(steps: readonly CheckStep[]): void {
  const places = steps.map(({ step }) => CHECK_STEPS.indexOf(step));
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
    `steps come in the order ${CHECK_STEPS.join(', ')}`,
  );
  assert.ok(
    steps.slice(0, -1).every(({ ok }) => ok),
    'a step follows one that is not ok',
  );
}

function stopped(steps: readonly CheckStep[]): void {
  inOrder(steps);
  const last = steps.at(-1);
  assert.equal(last?.ok, false, `the check passes: its last step is ${last?.step ?? 'none'}`);
  assert.ok(last.message.trim() !== '', `the step ${last.step} does not say what is wrong`);
}
