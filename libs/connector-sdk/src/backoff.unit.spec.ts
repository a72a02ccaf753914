import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffDelayMs, DEFAULT_BACKOFF } from './backoff.js';

describe('backoffDelayMs', () => {
  it('doubles and then stays at its ceiling', () => {
    const policy = { ...DEFAULT_BACKOFF, baseDelayMs: 100, maxDelayMs: 500 };
    expect([1, 2, 3, 4, 50].map((attempt) => backoffDelayMs(policy, attempt, 1))).toEqual([100, 200, 400, 500, 500]);
  });

  it('spreads over the upper half, whatever the dice say', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, random) => {
          const ceiling = backoffDelayMs(DEFAULT_BACKOFF, attempt, 1);
          const delay = backoffDelayMs(DEFAULT_BACKOFF, attempt, random);
          expect(delay).toBeGreaterThanOrEqual(Math.floor(ceiling / 2));
          expect(delay).toBeLessThanOrEqual(ceiling);
        },
      ),
    );
  });
});
