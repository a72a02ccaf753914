import { freshScheduleState, type ScheduleState } from '#core';

/**
 * The fields of an integration's document that say where its schedule stands: setting a schedule and starting it is one
 * write. Documents older than schedules have none of them.
 */
export interface ScheduleFields {
  /** The next run; absent or null: none. */
  dueAt?: string | null;
  /** The key (tenant:sync) of the run whose end has not been judged. */
  awaiting?: string | null;
  scheduleVersion?: number;
  /** {@link ScheduleBody} as JSON. */
  schedule?: string;
}

/** What is only carried, never searched. */
type ScheduleBody = Omit<ScheduleState, 'version' | 'nextRunAt'>;

export function toScheduleState({ dueAt, scheduleVersion, schedule }: ScheduleFields): ScheduleState {
  return {
    ...freshScheduleState(scheduleVersion ?? 0, dueAt ?? null),
    ...(JSON.parse(schedule ?? '{}') as Partial<ScheduleBody>),
  };
}

export function scheduleBodyOf({
  isRetry,
  lastRun,
  awaiting,
  consecutiveFailures,
  lastRefused,
}: Omit<ScheduleState, 'version'>): string {
  return JSON.stringify({ isRetry, lastRun, awaiting, consecutiveFailures, lastRefused } satisfies ScheduleBody);
}
