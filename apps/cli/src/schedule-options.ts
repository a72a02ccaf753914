import { type Command, Option } from 'commander';
import type { BodyOf, Schedule } from '#api-client';
import { CliError } from './cli.errors.js';
import { momentUtc } from './output/text.js';

export interface ScheduleOptions {
  schedule?: string;
  scheduleMode?: Schedule['mode'];
  timeZone?: string;
}

/** A schedule as the API takes it. */
export type ScheduleBody = NonNullable<BodyOf<'/v1/tenants/{tenant}/integrations', 'POST'>['schedule']>;

export function withSchedule(command: Command): Command {
  return command
    .option('--schedule <when>', 'every-24h, every-12h, every-6h, every-3h, a cron expression, or none')
    .addOption(new Option('--schedule-mode <mode>', 'default: as before, or dry').choices(['dry', 'live']))
    .option('--time-zone <zone>', 'of the cron expression; default: as before, or the tenant’s');
}

/**
 * What the options make of the schedule that is there; null: none, undefined: it is left alone.
 *
 * @throws CliError when they speak of a schedule that is not there
 */
export function toScheduleBody(
  { schedule: when, scheduleMode, timeZone }: ScheduleOptions,
  present: Schedule | null,
): ScheduleBody | null | undefined {
  if (when === undefined && scheduleMode === undefined && timeZone === undefined) return undefined;
  if (when === 'none') return null;
  if (when === undefined && present === null) {
    throw new CliError('There is no schedule to change: say when with --schedule.');
  }
  const mode = scheduleMode ?? present?.mode ?? 'dry';
  const every = when === undefined ? present?.every : hoursOf(when);
  const zone = timeZone ?? present?.timeZone;
  if (every !== undefined) return { mode, every, ...(timeZone === undefined ? {} : { timeZone }) };
  const cron = when ?? present?.cron ?? '';
  return { mode, cron, ...(zone === undefined ? {} : { timeZone: zone }) };
}

/** Which numbers of hours there are, the server says. */
function hoursOf(when: string): Schedule['every'] {
  const hours = /^every-(\d+)h$/.exec(when)?.[1];
  return hours === undefined ? undefined : (Number(hours) as Schedule['every']);
}

/** What `show` says of a schedule: label and value. */
export function schedulePairs(schedule: Schedule | null): (readonly [string, string | null])[] {
  if (schedule === null) return [['Schedule', null]];
  const { nextRunAt, isRetry, consecutiveFailures, lastRefused } = schedule;
  const failures = `${isRetry ? ', again ' : ', '}after ${String(consecutiveFailures)} failed`;
  return [
    ['Schedule', scheduleText(schedule)],
    ['Next run', `${momentUtc(nextRunAt)}${consecutiveFailures === 0 ? '' : failures}`],
    ...(lastRefused === null
      ? []
      : [['Last refused', `${momentUtc(lastRefused.at)}: ${lastRefused.message}`] as const]),
  ];
}

function scheduleText({ mode, every, cron, timeZone, runsDryBecause }: Schedule): string {
  const when = every === undefined ? `${cron ?? ''} (${timeZone ?? ''})` : `every ${String(every)} h from 00:00 UTC`;
  return `${mode}, ${when}${runsDryBecause === null ? '' : `; runs dry while in ${runsDryBecause}`}`;
}
