import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SqliteDatabase, SqliteRateBudgetStore } from '#adapter-sqlite';
import { newId, paceOf, type RateBudget, type RatedSource, RetriableError, SystemClock } from '#core';
import { SilentLogger } from '#telemetry';
import { ManualClock } from '#testing';
import { SourceBudget } from './source-budget.js';

const free = new AbortController().signal;
const source: RatedSource = { tenantId: newId('tenant'), integrationId: newId('integration') };

/** A store that counts how often it is asked, and may be away. */
class CountedStore extends SqliteRateBudgetStore {
  asked = 0;
  away = 0;

  override async take(...asking: Parameters<SqliteRateBudgetStore['take']>) {
    this.asked += 1;
    if (this.away > 0) {
      this.away -= 1;
      throw new RetriableError('storeUnavailable', 'The store is away.');
    }
    return super.take(...asking);
  }
}

let database: SqliteDatabase;
let store: CountedStore;
let set: RateBudget;

beforeEach(() => {
  database = SqliteDatabase.open({ memory: true });
  store = new CountedStore(database, new SystemClock());
});
afterEach(() => database.close());

/** One of several processes; they share the store alone. */
function processOf(budget: RateBudget): SourceBudget {
  set = budget;
  return new SourceBudget({ source, store, logger: new SilentLogger(), read: async () => set });
}

async function takeMany(budget: SourceBudget, count: number): Promise<void> {
  for (let taken = 0; taken < count; taken += 1) await budget.take(free);
}

it('asks the store for batches where requests come fast', async () => {
  const budget = processOf({ requestsPerMinute: 12_000, burst: 200 });
  await takeMany(budget, 100);
  expect(store.asked).toBeLessThan(50);
});

it('lets several processes have no more together than one alone', async () => {
  const budgets = Array.from({ length: 3 }, () => processOf({ requestsPerMinute: 2_400, burst: 40 }));
  const startedAt = performance.now();
  await Promise.all(budgets.map(async (budget) => takeMany(budget, 20)));
  // 20 at once, the other 40 at 25.6 ms each.
  expect(performance.now() - startedAt).toBeGreaterThan(900);
});

it('serves in the order in which they came', async () => {
  const budget = processOf({ requestsPerMinute: 2_400, burst: 1 });
  const served: number[] = [];
  await Promise.all(Array.from({ length: 8 }, async (_, n) => budget.take(free).then(() => served.push(n))));
  expect(served).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

it('ends a wait at once when it is given up, and serves the others', async () => {
  const budget = processOf({ requestsPerMinute: 60, burst: 1 });
  await budget.take(free);
  const impatient = new AbortController();
  const ends: string[] = [];
  const gaveUp = budget.take(impatient.signal).catch((error: Error) => void ends.push(error.message));
  const next = budget.take(free).then(() => void ends.push('served'));
  impatient.abort(new Error('cancelled'));
  await Promise.all([gaveUp, next]);
  expect(ends).toEqual(['cancelled', 'served']);
  await expect(budget.take(impatient.signal)).rejects.toThrow('cancelled');
});

it('gives back what was taken and not used, when it is closed', async () => {
  const clock = new ManualClock();
  store = new CountedStore(database, clock);
  const budget = processOf({ requestsPerMinute: 1_000, burst: 100 });
  const spent = async (): Promise<number> => {
    const madeUpAtMs = (await store.read(source))?.meter.madeUpAtMs ?? 0;
    return Math.round((madeUpAtMs - clock.nowMs()) / paceOf({ requestsPerMinute: 1_000, burst: 100 }).intervalMs);
  };
  await takeMany(budget, 2);
  expect(await spent()).toBeGreaterThan(2);
  await budget.close();
  expect(await spent()).toBe(2);
});

describe('a source that wants to be left alone', () => {
  it('is asked by nobody, in any process, until then', async () => {
    const [here, elsewhere] = [
      processOf({ requestsPerMinute: 12_000, burst: 200 }),
      processOf({ requestsPerMinute: 12_000, burst: 200 }),
    ];
    await takeMany(here, 10);
    const startedAt = performance.now();
    expect(here.rest({ status: 429, ms: 1_500 })).toBe(true);
    expect(here.rest({ status: 429, ms: 1_500 })).toBe(false);
    await here.take(free);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1_499);
    await vi.waitFor(async () => expect(await store.read(source)).not.toBeNull());
    await elsewhere.take(free);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1_499);
  });

  it('keeps nobody who has given up', async () => {
    const budget = processOf({ requestsPerMinute: 600, burst: 10 });
    budget.rest({ status: 503, ms: 120_000 });
    const cancelled = new AbortController();
    const waiting = budget.take(cancelled.signal);
    await vi.waitFor(() => expect(store.asked).toBe(1));
    cancelled.abort(new Error('cancelled'));
    await expect(waiting).rejects.toThrow('cancelled');
    await budget.close();
  });
});

it('sees within seconds that the budget was raised', async () => {
  const budget = processOf({ requestsPerMinute: 1, burst: 1 });
  await budget.take(free);
  const next = budget.take(free);
  await vi.waitFor(() => expect(store.asked).toBe(2));
  set = { requestsPerMinute: 600, burst: 10 };
  await next;
});

it('waits for a store that is away', async () => {
  const budget = processOf({ requestsPerMinute: 600, burst: 10 });
  store.away = 1;
  await budget.take(free);
  expect(store.asked).toBe(2);
});

it('tells everybody who waits when the store breaks', async () => {
  const budget = processOf({ requestsPerMinute: 600, burst: 10 });
  vi.spyOn(store, 'take').mockRejectedValue(new TypeError('broken'));
  const both = await Promise.allSettled([budget.take(free), budget.take(free)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
