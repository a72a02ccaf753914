import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContractCase } from '../contract-case.js';

/** A cancelled fetch has to end within so many milliseconds. */
const boundMs = 2000;

export const stoppingCases: readonly ContractCase[] = [
  {
    name: 'ends at once when it is cancelled',
    run: async (run) => {
      const cancel = new AbortController();
      const { context } = run.context({ signal: cancel.signal });
      const fetch = run.connector.fetch(context);
      const reason = new Error('cancelled');
      cancel.abort(reason);
      await assert.rejects(inTime(fetch.next()), (error) => error === reason, 'it must throw the reason of the signal');
    },
  },
  {
    name: 'ends at once when it is cancelled while the source is silent',
    http: true,
    run: async (run) => {
      run.misbehave({ kind: 'stall' });
      const cancel = new AbortController();
      const { context } = run.context({ signal: cancel.signal });
      const reason = new Error('cancelled');
      const fetch = run.connector.fetch(context);
      const before = run.http.requests;
      const read = (async () => {
        for (;;) if ((await fetch.next()).done === true) return;
      })();
      while (run.http.requests === before) await sleep(5);
      cancel.abort(reason);
      await assert.rejects(inTime(read), (error) => error === reason, 'it must throw the reason of the signal');
    },
  },
  {
    name: 'lets go when nobody reads on',
    run: async (run) => {
      const fetch = run.connector.fetch(run.context().context);
      const first = await fetch.next();
      assert.notEqual(first.done, true, 'it yields no batch');
      await inTime(fetch.return({ extent: 'full', lastPageSeen: false }));
      assert.equal((await fetch.next()).done, true);
    },
  },
];

async function inTime<T>(work: Promise<T>): Promise<T> {
  const late = new AbortController();
  try {
    const limit = sleep(boundMs, undefined, { signal: late.signal }).then(() => {
      throw new Error(`It has not ended ${boundMs} ms later.`);
    });
    return await Promise.race([work, limit]);
  } finally {
    late.abort();
  }
}
