import type { SyncId } from './ids.js';
import type { SyncMode } from './sync.js';

/** Hours between runs that are counted from 00:00 UTC. */
export const scheduleHours = [24, 12, 6, 3] as const;
export type ScheduleHours = (typeof scheduleHours)[number];

/** When an integration runs by itself: every so many hours from 00:00 UTC, or by a cron expression in a time zone. */
export type ScheduleTiming =
  | { every: ScheduleHours }
  | {
      cron: string;
      /** IANA. */
      timeZone: string;
    };

/** What a person set. A live schedule runs dry as long as its integration is in `observe`. */
export type Schedule = { mode: SyncMode } & ScheduleTiming;

/**
 * Why a run that was due was not queued: an earlier sync of the integration has not ended; it should be live and there is
 * no active mapping; this installation has no such connector.
 */
export const scheduleRefusals = ['predecessorOpen', 'noActiveMapping', 'connectorMissing'] as const;
export type ScheduleRefusal = (typeof scheduleRefusals)[number];

/** Where a schedule stands. Setting a schedule starts it anew, the scheduler moves it on. */
export interface ScheduleState {
  /** Raised by each write: whoever has seen another one is refused. */
  version: number;
  /** When to run next; null: not at all (no schedule, disabled, or a cron expression whose last time is over). */
  nextRunAt: string | null;
  /** True: the next run is an extra one after a failed one, ahead of the regular one. */
  isRetry: boolean;
  /** The run queued last: when it was due, and its sync. */
  lastRun: { at: string; syncId: SyncId } | null;
  /** That run's sync until its end has been judged. */
  awaiting: SyncId | null;
  /** Scheduled runs that failed since the last one that did not. */
  consecutiveFailures: number;
  /** The run refused last: when it was due, why, and the sync that stood in its way. */
  lastRefused: { at: string; reason: ScheduleRefusal; syncId: SyncId | null } | null;
}

/** A schedule that nobody has run yet. */
export function freshScheduleState(version: number, nextRunAt: string | null): ScheduleState {
  return {
    version,
    nextRunAt,
    isRetry: false,
    lastRun: null,
    awaiting: null,
    consecutiveFailures: 0,
    lastRefused: null,
  };
}
