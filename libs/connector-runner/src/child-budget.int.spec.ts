import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import type { RequestBudget } from '#connector-sdk';
import { simulateSource, type SimulatedSource } from '#connector-sdk/testing';
import { RunningConnector } from './running-connector.spec.js';

let connector: RunningConnector | undefined;
let source: SimulatedSource | undefined;

afterEach(async () => {
  await connector?.stop();
  await source?.stop();
});

/** A budget that lets a request through when it is told to. */
class HeldBudget implements RequestBudget {
  readonly signals: AbortSignal[] = [];
  readonly rests: { status: number; ms: number }[] = [];
  readonly release = Promise.withResolvers<undefined>();

  async take(signal: AbortSignal): Promise<void> {
    this.signals.push(signal);
    await this.release.promise;
  }

  rest(wish: { status: number; ms: number }): void {
    this.rests.push(wish);
  }
}

/** A connector that makes one request in the middle of its fetch. */
async function start(limits: { silentMs?: number } = {}) {
  const started = await simulateSource(() => ({ body: 'renewed' }), { touches: () => true });
  source = started;
  const running = new RunningConnector(limits);
  connector = running;
  let stored: string | null = null;
  running.ownSecrets = {
    read: async () => 'old',
    replace: async (_name, { to }) => {
      stored = to;
      return 'replaced';
    },
  };
  const budget = new HeldBudget();
  running.budget = budget;
  const asking = running.fetch('asksForItsToken', { address: started.url });
  await vi.waitFor(() => expect(budget.signals).toHaveLength(1), { timeout: 20_000 });
  return { started, running, budget, asking, stored: () => stored };
}

it('waits for the budget without being called silent', async () => {
  const { started, running, budget, asking, stored } = await start({ silentMs: 1_500 });
  // Several times as long as it may be silent.
  await sleep(4_000);
  expect(started.requests).toBe(0);
  budget.release.resolve(undefined);
  const { error, end } = await asking;
  expect(error).toBeUndefined();
  expect(end).toEqual({ extent: 'full', lastPageSeen: true });
  expect(stored()).toBe('renewed');
  expect(await running.ended()).toEqual({});
});

it('tells the budget when the source wants to be left alone', async () => {
  const { started, budget, asking } = await start();
  started.misbehave({ kind: 'rateLimit', times: 1, retryAfterSeconds: 1 });
  budget.release.resolve(undefined);
  expect((await asking).error).toBeUndefined();
  expect(budget.rests).toEqual([{ status: 429, ms: 1_000 }]);
  expect(budget.signals).toHaveLength(2);
});

it('ends at once when it is cancelled while it waits, and asks for nothing', async () => {
  const { started, running, budget, asking } = await start();
  running.controller.abort(new Error('the sync was cancelled'));
  const { error } = await asking;
  expect(error).toMatchObject({ message: 'the sync was cancelled' });
  expect(budget.signals[0]?.aborted).toBe(true);
  expect(started.requests).toBe(0);
  expect(await running.ended()).toEqual({});
});
