import type { DueRun, ScheduleRefusal, ScheduleState, SyncMode } from '#core';
import { effectiveMode } from './effective-mode.js';
import { nextRun } from './next-run.js';

type MovedState = Omit<ScheduleState, 'version'>;

/** What becomes of a run that is due. */
export type RunDecision =
  | {
      kind: 'queue';
      mode: SyncMode;
      /** The state once the sync of this run is queued. */
      to: (syncId: NonNullable<ScheduleState['awaiting']>) => MovedState;
    }
  | { kind: 'refuse'; reason: ScheduleRefusal; to: MovedState };

/**
 * Decides on a run that is due. However many times were missed, they are this one run: the next is the first regular one
 * after `now`. An integration without a schedule, or disabled, is never due.
 */
export function decideRun(
  { integration, state, predecessor }: DueRun,
  now: string,
  hasConnector: boolean,
): RunDecision {
  const { schedule } = integration;
  const { version: _version, ...present } = state;
  const next: MovedState = { ...present, nextRunAt: schedule === null ? null : nextRun(schedule, now), isRetry: false };
  const at = state.nextRunAt ?? now;
  const refuse = (reason: ScheduleRefusal): RunDecision => {
    const syncId = reason === 'predecessorOpen' ? predecessor : null;
    return { kind: 'refuse', reason, to: { ...next, lastRefused: { at, reason, syncId } } };
  };
  const mode = schedule === null ? 'dry' : effectiveMode(integration, schedule);
  if (predecessor !== null) return refuse('predecessorOpen');
  if (!hasConnector) return refuse('connectorMissing');
  if (mode === 'live' && integration.activeMappingVersion === null) return refuse('noActiveMapping');
  return { kind: 'queue', mode, to: (syncId) => ({ ...next, lastRun: { at, syncId }, awaiting: syncId }) };
}
