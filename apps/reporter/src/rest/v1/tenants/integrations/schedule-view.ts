import { z } from 'zod';
import {
  type Integration,
  scheduleHours,
  type ScheduleRefusal,
  scheduleRefusals,
  type ScheduleState,
  syncModes,
} from '#core';
import { effectiveMode } from '#schedule';
import { time } from '../../words.js';

export const scheduleView = z
  .object({
    mode: z.enum(syncModes).describe('As what it was asked to run.'),
    every: z.literal(scheduleHours).optional().describe('Hours between runs, counted from 00:00 UTC.'),
    cron: z.string().optional().describe('Minute, hour, day of month, month, day of week.'),
    timeZone: z.string().optional().describe('IANA time zone of `cron`.'),
    effectiveMode: z.enum(syncModes).describe('As what runs are queued at present.'),
    runsDryBecause: z
      .enum(['observe'])
      .nullable()
      .describe('Why a live schedule runs dry: no admin has applied a first live sync yet.'),
    nextRunAt: time
      .nullable()
      .describe(
        'When it runs next, a run after a failed one included; null while the integration is disabled or paused.',
      ),
    isRetry: z.boolean().describe('The next run is an extra one because the last one failed.'),
    consecutiveFailures: z.int().describe('Scheduled syncs that failed since the last one that did not.'),
    lastRun: z
      .object({ at: time.describe('When it was due.'), syncId: z.string().describe('What came of it.') })
      .nullable()
      .describe('The run queued last.'),
    lastRefused: z
      .object({
        at: time.describe('When the run was due.'),
        reason: z.enum(scheduleRefusals).describe('Why; stable, for programs.'),
        message: z.string().describe('The same in plain words, and what to do.'),
        syncId: z.string().nullable().describe('The sync that stood in its way.'),
      })
      .nullable()
      .describe('The run that was due last and not queued.'),
  })
  .meta({ id: 'Schedule' });

const refusalTexts: Record<ScheduleRefusal, string> = {
  predecessorOpen: 'An earlier sync of this integration had not ended. The next run goes ahead once it has.',
  noActiveMapping: 'A live run needs an active mapping and there was none. Activate one.',
  connectorMissing: 'This Muster does not have the integration’s connector. Install it, or disable the integration.',
};

/** Null without a schedule. */
export function toScheduleView(integration: Integration, state: ScheduleState): z.input<typeof scheduleView> | null {
  const { schedule } = integration;
  if (schedule === null) return null;
  const mode = effectiveMode(integration, schedule);
  const { nextRunAt, isRetry, consecutiveFailures, lastRun, lastRefused } = state;
  return {
    ...schedule,
    effectiveMode: mode,
    runsDryBecause: mode === schedule.mode ? null : 'observe',
    nextRunAt,
    isRetry,
    consecutiveFailures,
    lastRun,
    lastRefused: lastRefused === null ? null : { ...lastRefused, message: refusalTexts[lastRefused.reason] },
  };
}
