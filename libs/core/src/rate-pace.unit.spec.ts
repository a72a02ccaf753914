import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rateBudgetBounds, rateBudgetProblem, usualBurst } from './rate-budget.js';
import { freshRateMeter, takeFromMeter } from './rate-meter.js';
import { paceOf, rateHoldMs } from './rate-pace.js';

const budgets = fc
  .record({ requestsPerMinute: fc.integer({ min: 1, max: 3_000 }), burst: fc.integer({ min: 1, max: 500 }) })
  .filter((budget) => rateBudgetProblem(budget) === null);

/** Asks as hard as it can for five minutes, and gives when each request arrives: at the latest that the pace allows for. */
function arrivals(pace: ReturnType<typeof paceOf>, batch: number, delays: () => number, idleMs: number): number[] {
  let meter = freshRateMeter;
  const arrived: number[] = [];
  for (let now = 1_800_000_000_000, end = now + 300_000; now < end;) {
    const step = takeFromMeter(meter, pace, now, { wanted: batch, unused: 0 });
    meter = step.meter;
    for (let sent = 0; sent < step.taken.granted; sent += 1) arrived.push(now + delays());
    now += step.taken.granted > 0 ? 0 : step.taken.waitMs;
    // Now and then nobody asks, so that a burst is there again.
    if (arrived.length % 97 === 0) now += idleMs;
  }
  return arrived.sort((a, b) => a - b);
}

describe('the pace of a budget', () => {
  it('lets no more through in any 60 seconds than the budget says, however late requests are sent', () => {
    fc.assert(
      fc.property(
        budgets,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 0, max: 90_000 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 2 * rateHoldMs })),
        (budget, batch, idleMs, late) => {
          const arrived = arrivals(paceOf(budget), batch, () => late.next().value as number, idleMs);
          for (let first = 0, last = 0; last < arrived.length; last += 1) {
            while ((arrived[last] ?? 0) - (arrived[first] ?? 0) >= 60_000) first += 1;
            expect(last - first + 1).toBeLessThanOrEqual(budget.requestsPerMinute);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each([
    [{ requestsPerMinute: 600, burst: 20 }, 570],
    [{ requestsPerMinute: 60, burst: 1 }, 59],
    [{ requestsPerMinute: 12_000, burst: 200 }, 11_600],
    [{ requestsPerMinute: 1, burst: 1 }, 0.99],
  ])('of %o lets at least %d requests a minute through for as long as it lasts', (budget, least) => {
    expect(60_000 / paceOf(budget).intervalMs).toBeGreaterThan(least);
  });
});

describe('what may be set', () => {
  it.each([
    [{ requestsPerMinute: 1, burst: 1 }, null],
    [{ requestsPerMinute: 60_000, burst: 1_000 }, null],
    [{ requestsPerMinute: 0, burst: 1 }, 'requestsPerMinute is a whole number from 1 to 60000.'],
    [{ requestsPerMinute: 1.5, burst: 1 }, 'requestsPerMinute is a whole number from 1 to 60000.'],
    [{ requestsPerMinute: 60, burst: 0 }, 'burst is a whole number from 1 to 1000.'],
    [{ requestsPerMinute: 60, burst: Number.NaN }, 'burst is a whole number from 1 to 1000.'],
  ])('%o: %s', (budget, problem) => {
    expect(rateBudgetProblem(budget)).toBe(problem);
  });

  it('is a burst of half a minute’s requests at most', () => {
    expect(rateBudgetProblem({ requestsPerMinute: 60, burst: 30 })).toBeNull();
    expect(rateBudgetProblem({ requestsPerMinute: 60, burst: 31 })).toMatch(/^burst is half .* here 30:/);
  });

  it('has a usual burst that may be set', () => {
    const { min, max } = rateBudgetBounds.requestsPerMinute;
    fc.assert(
      fc.property(fc.integer({ min, max }), (requestsPerMinute) => {
        expect(rateBudgetProblem({ requestsPerMinute, burst: usualBurst(requestsPerMinute) })).toBeNull();
      }),
    );
  });
});
