import { z } from 'zod';
import { type Schedule, scheduleHours, syncModes, type Tenant } from '#core';
import { checkCron } from '#schedule';
import { line, timeZone } from '../../../http/fields.js';
import { ProblemError } from '../../../http/problem.errors.js';

/** A schedule as a request gives it. */
export const scheduleField = z
  .strictObject({
    mode: z.enum(syncModes).describe('`live` runs dry as long as the integration is in `observe`.'),
    every: z.literal(scheduleHours).optional().describe('Hours between runs, counted from 00:00 UTC.'),
    cron: line(100)
      .optional()
      .describe(
        'Minute, hour, day of month, month, day of week. Runs lie at least 5 minutes apart. When clocks go forward, fixed times in the gap run right after it; when they go back, fixed times run once.',
      ),
    timeZone: timeZone.optional().describe('IANA time zone of `cron`. Left out: the tenant’s.'),
  })
  .superRefine(({ every, cron, timeZone: zone }, context) => {
    if ((every === undefined) === (cron === undefined)) {
      context.addIssue({ code: 'custom', message: 'Give exactly one of every and cron.' });
    } else if (cron === undefined && zone !== undefined) {
      const message = 'every is counted in UTC; a time zone goes with cron.';
      context.addIssue({ code: 'custom', path: ['timeZone'], message, params: { code: 'notAllowed' } });
    }
  });

/**
 * The schedule that a request means. The tenant's time zone is taken over as it is now.
 *
 * @throws ProblemError `unprocessable` that says what is wrong with the cron expression
 */
export function toSchedule(
  { mode, every, cron, timeZone: given }: z.output<typeof scheduleField>,
  tenant: Tenant,
  now: string,
): Schedule {
  if (every !== undefined) return { mode, every };
  const schedule = { mode, cron: cron ?? '', timeZone: given ?? tenant.timeZone };
  const problem = checkCron(schedule.cron, schedule.timeZone, now);
  if (problem === null) return schedule;
  throw new ProblemError('unprocessable', problem.message, [{ pointer: '/schedule/cron', ...problem }]);
}
