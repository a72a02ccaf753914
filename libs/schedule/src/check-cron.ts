import type { Cron } from 'croner';
import { readCron } from './next-run.js';

/** Why a cron expression is refused: a code for programs, a sentence for people. */
export interface CronProblem {
  code: 'cronUnreadable' | 'cronNeverFires' | 'cronTooOften';
  message: string;
}

const leastMinutes = 5;
const leastMs = leastMinutes * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

/** What is wrong with a cron expression that should run from an instant on; null when nothing is. */
export function checkCron(expression: string, timeZone: string, now: string): CronProblem | null {
  let cron: Cron;
  try {
    cron = readCron(expression, timeZone);
  } catch {
    return unreadable;
  }
  // croner also takes a date, and runs once then.
  if (cron.getPattern() === undefined) return unreadable;
  if (cron.nextRun(new Date(now)) === null) {
    const message = 'No day that is still to come fits this expression. Correct day, month or year.';
    return { code: 'cronNeverFires', message };
  }
  if (!isTooOften(expression, now)) return null;
  const message = `Runs lie at least ${String(leastMinutes)} minutes apart. Leave seconds out, and use */5 or more for minutes.`;
  return { code: 'cronTooOften', message };
}

const unreadable: CronProblem = {
  code: 'cronUnreadable',
  message: 'A cron expression has minute, hour, day of month, month and day of week, such as 30 6 * * MON-FRI.',
};

/**
 * Every day that fits has the same times of day: it is enough to look at one, and across its midnight. In UTC, since a
 * change of the clocks may move one run towards the next for that night and harms nobody.
 */
function isTooOften(expression: string, now: string): boolean {
  const cron = readCron(expression, 'UTC');
  const first = cron.nextRun(new Date(now));
  if (first === null) return false;
  const day = Math.floor(first.getTime() / dayMs) * dayMs;
  const times: number[] = [];
  let run = cron.nextRun(new Date(day - 1));
  while (run !== null && run.getTime() < day + dayMs) {
    const previous = times.at(-1);
    times.push(run.getTime() - day);
    if (previous !== undefined && run.getTime() - day - previous < leastMs) return true;
    run = cron.nextRun(run);
  }
  return (times[0] ?? 0) + dayMs - (times.at(-1) ?? 0) < leastMs;
}
