/** An alert that Muster's documentation proposes. */
export interface Alert {
  name: string;
  /** PromQL. */
  expression: string;
  /** How long it holds before somebody is told. */
  for: string;
  severity: 'page' | 'ticket';
  /** What the one who is told reads. */
  summary: string;
}

/** Alerts worth having from the first day. Several reporters measure the same: hence `max`. */
export const alerts: readonly Alert[] = [
  {
    name: 'MusterSyncTooOld',
    expression: 'max by (integration) (muster_last_good_sync_age_seconds) > 2 * 24 * 3600',
    for: '15m',
    severity: 'ticket',
    summary: 'Integration {{ $labels.integration }} has had no good sync for two days. Look at its last syncs.',
  },
  {
    name: 'MusterSyncFailed',
    expression: 'sum by (mode) (increase(muster_syncs_ended_total{state="failed"}[1h])) > 0',
    for: '0m',
    severity: 'ticket',
    summary: 'A {{ $labels.mode }} sync has failed. The sync says why.',
  },
  {
    name: 'MusterApprovalWanted',
    expression: 'sum by (safeguard) (increase(muster_safeguards_tripped_total[1h])) > 0',
    for: '0m',
    severity: 'ticket',
    summary: 'Safeguard {{ $labels.safeguard }} holds a part of a plan until somebody decides.',
  },
  {
    name: 'MusterStagePaused',
    expression: 'max by (stage, lane) (muster_stage_paused) == 1',
    for: '5m',
    severity: 'page',
    summary: 'An outage pauses {{ $labels.stage }}. /readyz says what is away.',
  },
  {
    name: 'MusterStageBehind',
    expression:
      'sum by (stage) (max by (stage, lane) (muster_stage_lag_people)) / sum by (stage) (rate(muster_records_total[10m])) > 900',
    for: '10m',
    severity: 'ticket',
    summary: 'At its present pace {{ $labels.stage }} needs more than a quarter of an hour for those who wait.',
  },
  {
    name: 'MusterStageStands',
    expression:
      'sum by (stage) (max by (stage, lane) (muster_stage_lag_people)) > 0 unless sum by (stage) (rate(muster_records_total[10m])) > 0',
    for: '10m',
    severity: 'page',
    summary: 'People wait for {{ $labels.stage }} and nobody is passed on. Does its role run?',
  },
  {
    name: 'MusterDeadLetters',
    expression: 'sum by (stage, reason) (increase(muster_dead_letters_total[1h])) > 0',
    for: '0m',
    severity: 'page',
    summary: '{{ $labels.stage }} gave up on a message ({{ $labels.reason }}). The log names partition and offset.',
  },
  {
    name: 'MusterScheduleTooTight',
    expression: 'sum(increase(muster_scheduled_runs_total{result="refused"}[1d])) > 3',
    for: '0m',
    severity: 'ticket',
    summary: 'Syncs take longer than their schedules allow: runs are refused.',
  },
  {
    name: 'MusterWorkWaits',
    expression: 'min by (loop) (muster_work_waiting) > 0',
    for: '1h',
    severity: 'ticket',
    summary: 'Work of {{ $labels.loop }} has waited for a free slot for an hour. Which syncs stay in `fetching`?',
  },
  {
    name: 'MusterMeasuresNothing',
    expression: 'max by (measurement) (muster_measurement_up) == 0',
    for: '5m',
    severity: 'page',
    summary: 'No reporter can measure {{ $labels.measurement }}: the bus or the store does not answer.',
  },
];
