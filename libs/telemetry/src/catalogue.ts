import {
  dataStages,
  driftCauses,
  endStates,
  errorCodes,
  type IntegrationId,
  lanes,
  mappingProblemCodes,
  openStates,
  noticeChannels,
  noticeKinds,
  outcomeKinds,
  outcomeReasons,
  roles,
  safeguardRules,
  stageNames,
  syncModes,
  wholenesses,
} from '#core';
import type { BoundedLabel, MetricEntry } from './metric-entry.js';

/** Loops of claimed work, outside the consumers. */
export const workLoops = [
  'fetcher/fetches',
  'fetcher/errands',
  'fetcher/arrivals',
  'fetcher/pushes',
  'fetcher/schedules',
  'reporter/live-requests',
  'reporter/notices',
  'reconciler',
  'retention',
] as const;
export type WorkLoopName = (typeof workLoops)[number];

/** What becomes of a schedule's run whose time has come. */
export const scheduledRunResults = ['queued', 'caughtUp', 'retried', 'refused'] as const;

/** What a try to send a notice came to; `failed`: given up. */
export const noticeResults = ['sent', 'retried', 'failed'] as const;

/** What the reporter asks anew for `/metrics`. */
export const measurements = ['lag', 'openSyncs', 'syncAges'] as const;
export type MeasurementName = (typeof measurements)[number];

/** Why a connector's process came to an end that was none of its call: a limit, junk, its own doing, or it did not hear. */
export const connectorEndings = [
  'memory',
  'blocked',
  'silent',
  'total',
  'records',
  'protocol',
  'crashed',
  'deaf',
] as const;
export type ConnectorEnding = (typeof connectorEndings)[number];

const connector: BoundedLabel = { form: /^[a-z0-9-]+$/, bound: 'one for each connector that is built in' };
const httpStatus: BoundedLabel = { form: /^([1-9][0-9]{2}|network)$/, bound: 'HTTP statuses, or `network`' };
const integration: BoundedLabel<IntegrationId> = {
  form: /^int_[0-9a-z]{16}$/,
  bound: 'one opaque id for each enabled live integration',
};

/** Seconds of a batch of a stage: a page takes some milliseconds, an outage of a store half a minute. */
const batchSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;
/** Seconds of a fetch: from a file that has not changed to a source of a million people that is asked page by page. */
const fetchSeconds = [1, 5, 15, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800] as const;
const fetchRecords = [0, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] as const;

/**
 * Every metric that Muster exposes. Labels hold closed lists, and nothing personal: no tenant, no person, no name. The
 * one id among them is the integration's in `muster_last_good_sync_age_seconds`: an age that must be told apart for each
 * source, opaque, and bounded by the number of integrations.
 */
export const catalogue = {
  syncsEnded: {
    name: 'muster_syncs_ended_total',
    type: 'counter',
    group: 'syncs',
    help: 'Syncs that came to an end, by mode and end state; one that is approved ends once more.',
    labels: { mode: { values: syncModes }, state: { values: endStates } },
    from: ['reporter'],
    whenItRises:
      '`failed`: the sync says why (`muster sync show`). `awaitingApproval`: a safeguard holds something, look at the plan. `incomplete`: the source was not read whole.',
  },
  openSyncs: {
    name: 'muster_syncs_open',
    type: 'gauge',
    group: 'syncs',
    help: 'Syncs that have not ended, by state; approved: ended, with an approval that waits for its turn.',
    labels: { state: { values: [...openStates, 'approved'] } },
    from: ['reporter'],
    whenItRises:
      '`queued` that stays: no fetcher claims it, or its integration has another live sync in work. Any other state that stays: look at the lag of the stage behind it, and at `/readyz`.',
  },
  outcomes: {
    name: 'muster_outcomes_total',
    type: 'counter',
    group: 'syncs',
    help: 'Outcomes of plans that stand, by outcome and reason; counted once, when a sync has settled.',
    labels: { outcome: { values: outcomeKinds }, reason: { values: outcomeReasons } },
    from: ['reporter'],
    whenItRises:
      '`failed`: the reason says what to mend, each outcome of the sync explains itself. `deprovisioned`: people lose access; what is beyond a safeguard is held.',
  },
  safeguardsTripped: {
    name: 'muster_safeguards_tripped_total',
    type: 'counter',
    group: 'syncs',
    help: 'Safeguards that held a part of a plan, counted once, when a sync has settled.',
    labels: { safeguard: { values: safeguardRules } },
    from: ['reporter'],
    whenItRises:
      'Somebody decides: the sync lists what was measured and the limit. Approve what is meant, reject what is not.',
  },
  mappingProblems: {
    name: 'muster_mapping_problems_total',
    type: 'counter',
    group: 'syncs',
    help: 'Expressions that gave no usable value for a record, by kind of problem.',
    labels: { code: { values: mappingProblemCodes } },
    from: ['reporter'],
    whenItRises:
      'The source sends something new, or a mapping was changed. The outcomes with problems name attribute, expression, expected and actual type.',
  },
  drifts: {
    name: 'muster_drifts_total',
    type: 'counter',
    group: 'syncs',
    help: 'Planned outcomes that were not written because their user had changed since, by what had changed.',
    labels: { cause: { values: driftCauses } },
    from: ['reconciler'],
    whenItRises:
      'Two sources, or a source and people, change the same users. The next sync plans them anew; `refused`: the store refused that one write, look at the log.',
  },
  notices: {
    name: 'muster_notices_total',
    type: 'counter',
    group: 'syncs',
    help: 'Tries to send a notice to a contact or a webhook, by what became of them.',
    labels: {
      kind: { values: noticeKinds },
      channel: { values: noticeChannels },
      result: { values: noticeResults },
    },
    from: ['reporter'],
    whenItRises:
      '`retried`: the mail server or a webhook is away; the notice is tried for a day. `failed`: nobody was told; `muster notice list --state failed` says why.',
  },
  scheduledRuns: {
    name: 'muster_scheduled_runs_total',
    type: 'counter',
    group: 'syncs',
    help: 'Runs of schedules: queued in time, caught up after Muster was down, queued again after a failure, or refused (the log says why).',
    labels: { result: { values: scheduledRunResults } },
    from: ['fetcher'],
    whenItRises:
      '`refused`: syncs take longer than their schedule allows. Look at `muster_fetch_seconds` and the lag, then make the schedule wider.',
  },
  lastGoodSyncAge: {
    name: 'muster_last_good_sync_age_seconds',
    type: 'gauge',
    group: 'syncs',
    help: 'Seconds since the end of the last completed live sync that read its source whole; until there is one, since the integration was made. Enabled live integrations only.',
    labels: { integration },
    from: ['reporter'],
    whenItRises:
      'The directory grows old. Look at the last syncs of that integration: failed, incomplete, awaiting approval, or none was started.',
  },

  records: {
    name: 'muster_records_total',
    type: 'counter',
    group: 'stages',
    help: 'People that a stage has passed on: fetcher stored, mapper mapped, reconciler planned, reporter kept, apply-slices written. What is delivered twice counts twice, except at the reporter.',
    labels: { stage: { values: ['fetcher', ...dataStages] } },
    from: roles,
    whenItRises: 'Its rate is the throughput. A stage whose rate is lowest while its lag stands is the one to scale.',
  },
  stageBatchSeconds: {
    name: 'muster_stage_batch_seconds',
    type: 'histogram',
    group: 'stages',
    help: 'How long a stage worked on one batch of messages, failed tries included.',
    labels: { stage: { values: stageNames } },
    buckets: batchSeconds,
    from: roles,
    whenItRises:
      'Mapper: expressions grew dearer or its processor is taken. Others: the store is slow; look at its disk and its load.',
  },
  stageLagMessages: {
    name: 'muster_stage_lag_messages',
    type: 'gauge',
    group: 'stages',
    help: 'Messages that a stage has not acknowledged yet, asked of the bus by the reporter, so that it is known of a role scaled to zero as well.',
    labels: { stage: { values: stageNames }, lane: { values: lanes } },
    from: ['reporter'],
    whenItRises: 'The stage is too slow, paused or not running. Look at `muster_stage_paused`, then scale its role.',
  },
  stageLagPeople: {
    name: 'muster_stage_lag_people',
    type: 'gauge',
    group: 'stages',
    help: 'People who wait for a stage: its lag in messages times the people that a waiting message of the open syncs holds on average (an estimate; exact while they wait at one stage only).',
    labels: { stage: { values: dataStages }, lane: { values: lanes } },
    from: ['reporter'],
    whenItRises:
      'What autoscaling acts on: more mappers for `mapper/raw-records`. Divided by the throughput: seconds left.',
  },
  retries: {
    name: 'muster_stage_retries_total',
    type: 'counter',
    group: 'stages',
    help: 'Batches that a stage tried again: after an outage, or after an error without a class.',
    labels: { stage: { values: stageNames }, cause: { values: ['outage', 'unclassified'] } },
    from: roles,
    whenItRises: '`outage`: see `muster_stage_paused`. `unclassified`: a fault in Muster; the log says where.',
  },
  deadLetters: {
    name: 'muster_dead_letters_total',
    type: 'counter',
    group: 'stages',
    help: 'Messages that a stage gave up on and keeps as dead letters, by reason.',
    labels: { stage: { values: stageNames }, reason: { values: [...errorCodes, 'unclassified'] } },
    from: roles,
    whenItRises:
      'Look at the log for stage, partition and offset. Their people are published once more, and are `failed: lost` if that does not help: nobody is dropped silently.',
  },
  paused: {
    name: 'muster_stage_paused',
    type: 'gauge',
    group: 'stages',
    help: '1 while an outage pauses the stage.',
    labels: { stage: { values: stageNames }, lane: { values: lanes } },
    from: roles,
    whenItRises: '`/readyz` of that process says what is away: the bus or a store. It goes on by itself.',
  },
  workFailures: {
    name: 'muster_work_failures_total',
    type: 'counter',
    group: 'stages',
    help: 'Claimed work (fetches, checks, schedules, settling, applying, retention) that failed and is tried again.',
    labels: { loop: { values: workLoops } },
    from: ['fetcher', 'reconciler', 'reporter'],
    whenItRises: 'Single ones: an outage. The same again and again: the log names the work and the error.',
  },
  workWaiting: {
    name: 'muster_work_waiting',
    type: 'gauge',
    group: 'stages',
    help: 'Work that this process could claim, but has no slot for: all are taken, or as many as one tenant or integration may hold. Some of it another process may be doing: the minimum over instances is nearest to what waits for everybody.',
    labels: { loop: { values: workLoops } },
    from: ['fetcher', 'reconciler', 'reporter'],
    whenItRises:
      '`fetcher/fetches`: sources that are slow or hang hold the slots of their tenant; look at which syncs stay `fetching`, and at `MUSTER_CONNECTOR_SILENT_SECONDS`. If all of them are at work, start another fetcher.',
  },
  staleWritesRefused: {
    name: 'muster_stale_writes_refused_total',
    type: 'counter',
    group: 'stages',
    help: 'Writes that were refused because somebody else had taken over the work meanwhile. Nothing was written by them.',
    labels: { by: { values: [...stageNames, ...workLoops] } },
    from: roles,
    whenItRises:
      'A process was stopped, cut off or too slow for longer than its lease, and came back: harmless in itself. Many: too little CPU or memory for the role, or `MUSTER_LEASE_SECONDS` is too short.',
  },
  measured: {
    name: 'muster_measurement_up',
    type: 'gauge',
    group: 'stages',
    help: '0 while what the reporter asks anew cannot be had; its gauges are left out then, rather than shown stale.',
    labels: { measurement: { values: measurements } },
    from: ['reporter'],
    whenItRises: 'It should be 1. At 0 the bus (`lag`) or a store does not answer in time: see `/readyz`.',
  },

  fetchRequests: {
    name: 'muster_fetch_requests_total',
    type: 'counter',
    group: 'sources',
    help: 'Requests sent to sources, by HTTP status, or network when there was no answer; counted when a fetch ends.',
    labels: { connector, status: httpStatus },
    from: ['fetcher'],
    whenItRises: '401, 403: renew the credentials. 429: ask less often. 5xx, network: the source or the way to it.',
  },
  fetchRetries: {
    name: 'muster_fetch_retries_total',
    type: 'counter',
    group: 'sources',
    help: 'Requests to sources that were sent again, by the HTTP status that was not good enough, or network when there was no answer; counted when a fetch ends.',
    labels: { connector, status: httpStatus },
    from: ['fetcher'],
    whenItRises:
      'The source answers badly, and fetches take longer. 429: ask less often. 200: it answers with what makes no sense.',
  },
  budgetWaitSeconds: {
    name: 'muster_rate_budget_wait_seconds_total',
    type: 'counter',
    group: 'sources',
    help: 'Seconds that calls of connectors waited for the rate budget of their source; counted when a call ends.',
    labels: { connector },
    from: ['fetcher'],
    whenItRises:
      'Sources are asked as often as they may be. `muster integration show` says what is left and what the budget is; raise it if the source allows more.',
  },
  sourceRests: {
    name: 'muster_source_rests_total',
    type: 'counter',
    group: 'sources',
    help: 'Times that a source wanted to be left alone (429, or `Retry-After`), by HTTP status; all who ask it wait then.',
    labels: { connector, status: httpStatus },
    from: ['fetcher'],
    whenItRises:
      '429: the rate budget is above what the source allows, or others ask it too: lower the budget. 503: the source is down.',
  },
  connectorsEnded: {
    name: 'muster_connectors_ended_total',
    type: 'counter',
    group: 'sources',
    help: 'Processes of connectors that were ended or ended themselves, by why: a limit, what they sent, a crash, or they did not end when told to.',
    labels: { connector, reason: { values: connectorEndings } },
    from: ['fetcher'],
    whenItRises:
      'The connector has a mistake, or its source more than the limits let through: the failed sync says which, and what to do.',
  },
  fetchSeconds: {
    name: 'muster_fetch_seconds',
    type: 'histogram',
    group: 'sources',
    help: 'Seconds from the start of a fetch to its manifest, waiting for the stages behind it included.',
    labels: { connector, wholeness: { values: wholenesses } },
    buckets: fetchSeconds,
    from: ['fetcher'],
    whenItRises: 'The source grew or slowed, or the pipeline holds it back: then a stage has lag.',
  },
  fetchRecords: {
    name: 'muster_fetch_records',
    type: 'histogram',
    group: 'sources',
    help: 'Records that a fetch read.',
    labels: { connector, wholeness: { values: wholenesses } },
    buckets: fetchRecords,
    from: ['fetcher'],
    whenItRises:
      'Growth is the company’s. A sudden fall is a source that shows less than it should; safeguards hold removals.',
  },

  eventLoopLag: {
    name: 'muster_nodejs_eventloop_lag_seconds',
    type: 'gauge',
    group: 'process',
    help: 'By how much the event loop was late on average, since it was last asked.',
    labels: {},
    from: roles,
    whenItRises: 'The process has more to do than one thread can: scale the role, or give it a faster processor.',
  },
  eventLoopLagP99: {
    name: 'muster_nodejs_eventloop_lag_p99_seconds',
    type: 'gauge',
    group: 'process',
    help: 'The 99th percentile of how late the event loop was, since it was last asked.',
    labels: {},
    from: roles,
    whenItRises: 'Above 0.05: a step holds the loop too long, API answers wait behind it.',
  },
  eventLoopLagMax: {
    name: 'muster_nodejs_eventloop_lag_max_seconds',
    type: 'gauge',
    group: 'process',
    help: 'The most that the event loop was late, since it was last asked.',
    labels: {},
    from: roles,
    whenItRises: 'Seconds: the process was starved or swapped; leases may have been lost.',
  },
  cpuSeconds: {
    name: 'muster_process_cpu_seconds_total',
    type: 'counter',
    group: 'process',
    help: 'Processor time used, user and system.',
    labels: {},
    from: roles,
    whenItRises: 'Its rate is the number of processors in use. At the limit of the container: scale the role.',
  },
  residentMemory: {
    name: 'muster_process_resident_memory_bytes',
    type: 'gauge',
    group: 'process',
    help: 'Memory that the process holds.',
    labels: {},
    from: roles,
    whenItRises:
      'Beyond 512 MiB standalone or 300 MiB a role: more than was designed for, whatever the size of a sync.',
  },
  heapUsed: {
    name: 'muster_nodejs_heap_size_used_bytes',
    type: 'gauge',
    group: 'process',
    help: 'JavaScript heap in use.',
    labels: {},
    from: roles,
    whenItRises: 'Up and down is usual; a floor that rises for days is a leak.',
  },
  startTime: {
    name: 'muster_process_start_time_seconds',
    type: 'gauge',
    group: 'process',
    help: 'When the process started, in seconds since 1970.',
    labels: {},
    from: roles,
    whenItRises: 'A change is a restart. Many: the log before each says why.',
  },
} as const satisfies Record<string, MetricEntry>;
