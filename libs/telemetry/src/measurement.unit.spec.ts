import { describe, expect, it, vi } from 'vitest';
import { Measurement } from './measurement.js';

const seldom = { maxAgeMs: 60_000, patienceMs: 20 };
const always = { maxAgeMs: 0, patienceMs: 20 };

describe('Measurement', () => {
  it('asks once for many that look at the same time, and again when the answer is old', async () => {
    const ask = vi.fn(async () => ask.mock.calls.length);
    const measurement = new Measurement(ask, seldom);
    expect(await Promise.all([measurement.facts(), measurement.facts()])).toEqual([1, 1]);
    expect(await measurement.facts()).toBe(1);
    const fresh = new Measurement(ask, always);
    expect([await fresh.facts(), await fresh.facts()]).toEqual([2, 3]);
  });

  it('has nothing to say after a failure, and does not ask again at once', async () => {
    const ask = vi.fn(async () => Promise.reject(new Error('away')));
    const measurement = new Measurement(ask, seldom);
    expect([await measurement.facts(), await measurement.facts()]).toEqual([null, null]);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('lets nobody wait long for an answer, which is there for the next', async () => {
    const answer = Promise.withResolvers<number>();
    const ask = vi.fn(() => answer.promise);
    const measurement = new Measurement(ask, seldom);
    expect([await measurement.facts(), await measurement.facts()]).toEqual([null, null]);
    expect(ask).toHaveBeenCalledTimes(1);
    answer.resolve(5);
    expect(await measurement.facts()).toBe(5);
    expect(await measurement.facts()).toBe(5);
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
