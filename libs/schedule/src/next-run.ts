import { Cron } from 'croner';
import type { ScheduleTiming } from '#core';

const hourMs = 60 * 60 * 1000;

/**
 * Reads a cron expression: five fields, six with seconds first, seven with a year last, or a nickname such as `@daily`.
 * Around a change of the clocks it keeps Vixie cron's rules: fixed times that are skipped run right after the gap, and
 * those that come twice run the first time; wildcards and steps follow the real hours.
 *
 * @throws what croner says of an expression that it can't read
 */
export function readCron(expression: string, timeZone: string): Cron {
  return new Cron(expression, { timezone: timeZone, fixedTimeRule: 'no-wildcard' });
}

/** The first regular run after an instant (both RFC 3339 UTC); null when there will be none. */
export function nextRun(timing: ScheduleTiming, after: string): string | null {
  const afterMs = Date.parse(after);
  if ('every' in timing) {
    // A day has 86,400 s in the reckoning of instants, so that multiples of each choice fall on 00:00 UTC.
    const stepMs = timing.every * hourMs;
    return new Date((Math.floor(afterMs / stepMs) + 1) * stepMs).toISOString();
  }
  return readCron(timing.cron, timing.timeZone).nextRun(new Date(afterMs))?.toISOString() ?? null;
}
