import type { EndedRun, ScheduleState } from '#core';

const minuteMs = 60 * 1000;
const firstPauseMinutes = 5;
/** 5 minutes doubled so often are more than the longest time between regular runs that anybody waits for. */
const mostDoublings = 16;

/**
 * Where a schedule stands after the end of a run. A failed one is tried again 5, 10, 20, … minutes after it ended, but
 * never later than the next regular run; one that needs a person (credentials, configuration) waits for the regular run.
 * A cancelled run says nothing about the source.
 */
export function judgeRun({ state, sync }: EndedRun, now: string): Omit<ScheduleState, 'version'> {
  const { version: _version, ...present } = state;
  const judged = { ...present, awaiting: null };
  if (sync.state === 'cancelled') return judged;
  if (sync.state !== 'failed') return { ...judged, consecutiveFailures: 0 };

  const consecutiveFailures = state.consecutiveFailures + 1;
  const recovery = sync.failure?.recovery;
  const needsPerson = recovery === 'credentials' || recovery === 'configuration';
  if (needsPerson || state.nextRunAt === null) return { ...judged, consecutiveFailures };
  const pauseMs = firstPauseMinutes * minuteMs * 2 ** Math.min(consecutiveFailures - 1, mostDoublings);
  const retryAt = new Date(Date.parse(sync.endedAt ?? now) + pauseMs).toISOString();
  if (retryAt >= state.nextRunAt) return { ...judged, consecutiveFailures };
  return { ...judged, consecutiveFailures, nextRunAt: retryAt, isRetry: true };
}
