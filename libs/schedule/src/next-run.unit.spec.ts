import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { scheduleHours, type ScheduleTiming } from '#core';
import { nextRun } from './next-run.js';
import { clockChanges, expectedRuns, minuteMs, type TimesOfDay } from './wall-clock.spec.js';

/** The next runs after an instant, without seconds. */
function runs(timing: ScheduleTiming, after: string, count: number): string[] {
  const found: string[] = [];
  for (let at: string | null = after; found.length < count;) {
    at = nextRun(timing, at);
    if (at === null) break;
    expect(at).toMatch(/:00\.000Z$/);
    found.push(at.slice(0, 16));
  }
  return found;
}

const cron = (expression: string, timeZone: string): ScheduleTiming => ({ cron: expression, timeZone });

describe('every so many hours', () => {
  it.each([
    [24, ['2026-03-29T00:00', '2026-03-30T00:00']],
    [12, ['2026-03-28T12:00', '2026-03-29T00:00', '2026-03-29T12:00']],
    [6, ['2026-03-28T12:00', '2026-03-28T18:00', '2026-03-29T00:00', '2026-03-29T06:00']],
    [3, ['2026-03-28T09:00', '2026-03-28T12:00', '2026-03-28T15:00', '2026-03-28T18:00', '2026-03-28T21:00']],
  ] as const)('%d: counts from 00:00 UTC', (every, expected) => {
    expect(runs({ every }, '2026-03-28T08:59:59.999Z', expected.length)).toEqual(expected);
  });

  it('runs after the instant given, not at it', () => {
    expect(nextRun({ every: 6 }, '2026-01-01T06:00:00.000Z')).toBe('2026-01-01T12:00:00.000Z');
    expect(nextRun({ every: 6 }, '2026-01-01T05:59:59.999Z')).toBe('2026-01-01T06:00:00.000Z');
  });

  it('never skips a time, wherever it begins', () => {
    const instants = fc.date({ min: new Date('1971-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.constantFrom(...scheduleHours), (after, every) => {
        const next = Date.parse(nextRun({ every }, after.toISOString()) ?? '');
        expect(next).toBeGreaterThan(after.getTime());
        expect(next - after.getTime()).toBeLessThanOrEqual(every * 60 * minuteMs);
        expect(new Date(next).getUTCHours() % every).toBe(0);
        expect(next % (60 * minuteMs)).toBe(0);
      }),
    );
  });
});

describe('a cron expression', () => {
  it('keeps the hour on the wall when clocks go forward and back', () => {
    const berlin = cron('0 6 * * *', 'Europe/Berlin');
    expect(runs(berlin, '2026-03-27T12:00:00.000Z', 3)).toEqual([
      '2026-03-28T05:00',
      '2026-03-29T04:00',
      '2026-03-30T04:00',
    ]);
    expect(runs(berlin, '2026-10-23T12:00:00.000Z', 3)).toEqual([
      '2026-10-24T04:00',
      '2026-10-25T05:00',
      '2026-10-26T05:00',
    ]);
  });

  it('runs a fixed time in the gap right after it, lists included, and each gap once', () => {
    expect(runs(cron('30 2 * * *', 'Europe/Berlin'), '2026-03-28T00:00:00.000Z', 3)).toEqual([
      '2026-03-28T01:30',
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
    expect(runs(cron('30 2 * * *', 'America/New_York'), '2026-03-07T00:00:00.000Z', 3)).toEqual([
      '2026-03-07T07:30',
      '2026-03-08T07:00',
      '2026-03-09T06:30',
    ]);
    expect(runs(cron('15,45 2,14 * * *', 'Europe/Berlin'), '2026-03-28T23:00:00.000Z', 4)).toEqual([
      '2026-03-29T01:00',
      '2026-03-29T12:15',
      '2026-03-29T12:45',
      '2026-03-30T00:15',
    ]);
    // Half an hour on Lord Howe Island.
    expect(runs(cron('15 2 * * *', 'Australia/Lord_Howe'), '2026-10-02T00:00:00.000Z', 3)).toEqual([
      '2026-10-02T15:45',
      '2026-10-03T15:30',
      '2026-10-04T15:15',
    ]);
  });

  it('runs a fixed time that comes twice the first time only', () => {
    expect(runs(cron('30 2 * * *', 'Europe/Berlin'), '2026-10-24T12:00:00.000Z', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
    expect(runs(cron('15,45 1 * * *', 'America/New_York'), '2026-11-01T00:00:00.000Z', 3)).toEqual([
      '2026-11-01T05:15',
      '2026-11-01T05:45',
      '2026-11-02T06:15',
    ]);
    expect(nextRun(cron('30 2 * * *', 'Europe/Berlin'), '2026-10-25T00:45:00.000Z'), 'asked between the two').toBe(
      '2026-10-26T01:30:00.000Z',
    );
  });

  it('goes by real hours with a wildcard or a step', () => {
    expect(runs(cron('30 * * * *', 'Europe/Berlin'), '2026-10-24T23:45:00.000Z', 3)).toEqual([
      '2026-10-25T00:30',
      '2026-10-25T01:30',
      '2026-10-25T02:30',
    ]);
    expect(runs(cron('*/30 * * * *', 'America/New_York'), '2026-03-08T06:15:00.000Z', 3)).toEqual([
      '2026-03-08T06:30',
      '2026-03-08T07:00',
      '2026-03-08T07:30',
    ]);
  });

  it.each([
    ['30 6 * * MON-FRI', 'Asia/Kolkata', '2026-01-02T12:00:00.000Z', ['2026-01-05T01:00', '2026-01-06T01:00']],
    ['0 12 * * *', 'Pacific/Apia', '2026-04-03T00:00:00.000Z', ['2026-04-03T23:00', '2026-04-04T23:00']],
    ['0 0 1 * *', 'Pacific/Kiritimati', '2026-01-01T00:00:00.000Z', ['2026-01-31T10:00', '2026-02-28T10:00']],
    ['0 0 29 2 *', 'UTC', '2026-01-01T00:00:00.000Z', ['2028-02-29T00:00', '2032-02-29T00:00']],
    ['0 22 L * *', 'UTC', '2026-01-01T00:00:00.000Z', ['2026-01-31T22:00', '2026-02-28T22:00']],
    ['@weekly', 'UTC', '2026-01-01T00:00:00.000Z', ['2026-01-04T00:00', '2026-01-11T00:00']],
    ['0 30 6 * * *', 'UTC', '2026-01-01T00:00:00.000Z', ['2026-01-01T06:30', '2026-01-02T06:30']],
    ['0 0 6 1 6 * 2026', 'UTC', '2026-01-01T00:00:00.000Z', ['2026-06-01T06:00']],
  ])('%s in %s', (expression, timeZone, after, expected) => {
    expect(runs(cron(expression, timeZone), after, 2)).toEqual(expected);
  });

  it('runs after the instant given, to the millisecond', () => {
    const midnight = cron('0 0 * * *', 'UTC');
    expect(nextRun(midnight, '2025-12-31T23:59:59.999Z')).toBe('2026-01-01T00:00:00.000Z');
    expect(nextRun(midnight, '2026-01-01T00:00:00.000Z')).toBe('2026-01-02T00:00:00.000Z');
    expect(nextRun(midnight, '2026-01-01T00:00:00.001Z')).toBe('2026-01-02T00:00:00.000Z');
  });

  it('has no next run once its last year is over', () => {
    expect(nextRun(cron('0 0 6 1 6 * 2026', 'UTC'), '2026-06-01T06:00:00.000Z')).toBeNull();
  });

  it('runs at every wall-clock time that fits and at no other, whatever the clocks do', () => {
    const minutes = fc.uniqueArray(fc.constantFrom(0, 5, 15, 30, 45, 59), { minLength: 1, maxLength: 3 });
    const hours = fc.uniqueArray(fc.constantFrom(0, 1, 2, 3, 4, 12, 23), { minLength: 1, maxLength: 3 });
    const times: fc.Arbitrary<TimesOfDay> = fc.record({
      minutes,
      hours: fc.option(hours),
      weekdays: fc.option(fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 3 })),
    });
    fc.assert(
      fc.property(fc.constantFrom(...clockChanges), times, fc.nat(2 * 24 * 60), (change, fitting, startMinute) => {
        const afterMs = change.fromMs + startMinute * minuteMs;
        const list = (values: readonly number[] | null): string => (values === null ? '*' : values.join(','));
        const expression = `${list(fitting.minutes)} ${list(fitting.hours)} * * ${list(fitting.weekdays)}`;
        const found: number[] = [];
        for (let at: string | null = new Date(afterMs).toISOString(); at !== null;) {
          at = nextRun(cron(expression, change.timeZone), at);
          if (at === null || Date.parse(at) >= change.toMs) break;
          expect(Date.parse(at), 'rises').toBeGreaterThan(found.at(-1) ?? afterMs);
          found.push(Date.parse(at));
        }
        const expected = expectedRuns(change, fitting).filter((ms) => ms > afterMs);
        const shown = (ms: number): string => new Date(ms).toISOString();
        expect(found.map(shown), `${expression} in ${change.timeZone}`).toEqual(expected.map(shown));
      }),
      { numRuns: 40 },
    );
  }, 30_000);
});
