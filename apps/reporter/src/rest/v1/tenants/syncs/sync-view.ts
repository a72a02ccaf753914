import { z } from 'zod';
import {
  extents,
  type Manifest,
  outcomeKinds,
  outcomeReasons,
  outcomeStates,
  safeguardRules,
  type Sync,
  type SyncFailure,
  syncModes,
  syncStates,
  syncTriggers,
  wholenesses,
} from '#core';
import { syncCounts, syncProgress } from './sync-progress-reader.js';

const failure = z.object({ code: z.string(), message: z.string() });

/** What a failure needs is for the scheduler; its message says it to people. */
function toFailure(cause: SyncFailure | null): z.input<typeof failure> | null {
  return cause === null ? null : { code: cause.code, message: cause.message };
}

export const syncView = z
  .object({
    id: z.string(),
    integrationId: z.string(),
    mode: z.enum(syncModes),
    trigger: z.enum(syncTriggers),
    state: z.enum(syncStates),
    person: z.string().nullable().describe('The source’s id of the one person that was asked for.'),
    replayOfSyncId: z.string().nullable().describe('Whose snapshot is read; null: its own.'),
    failedOfSyncId: z.string().nullable().describe('The sync whose failed records are read again, and nobody else’s.'),
    undoOfSyncId: z.string().nullable().describe('The sync that this one takes back.'),
    mappingVersion: z.int().nullable(),
    requestedBy: z.string(),
    cancelRequested: z.boolean(),
    round: z.int().describe('The apply round in work or last done; each approval or rejection adds one. -1 before.'),
    supersededBy: z.string().nullable().describe('The newer sync that made this plan obsolete.'),
    failure: failure.nullable(),
    createdAt: z.string(),
    startedAt: z.string().nullable(),
    plannedAt: z.string().nullable(),
    settledAt: z.string().nullable(),
    endedAt: z.string().nullable(),
  })
  .meta({ id: 'Sync' });

export const outcomeTotal = z
  .object({
    outcome: z.enum(outcomeKinds),
    reason: z.enum(outcomeReasons),
    state: z.enum(outcomeStates).nullable(),
    count: z.int(),
  })
  .meta({ id: 'OutcomeTotal' });

const manifestView = z.object({
  pages: z.int(),
  records: z.int(),
  bytes: z.int(),
  extent: z.enum(extents),
  wholeness: z.enum(wholenesses),
  evidence: z.object({
    declaredFirst: z.int().nullable(),
    declaredLast: z.int().nullable(),
    distinctSourceIds: z.int().nullable(),
    endSeen: z.boolean(),
    reason: z.string(),
  }),
  fetch: z.object({
    requests: z.int(),
    retries: z.int(),
    byStatus: z.record(z.string(), z.int()),
    startedAt: z.string(),
  }),
  failure: failure.nullable(),
  finishedAt: z.string(),
});

const verdict = z.object({
  rule: z.enum(safeguardRules),
  attribute: z.string().optional(),
  measured: z.number(),
  limit: z.number(),
  population: z.int(),
  tripped: z.boolean(),
  message: z.string(),
});

export const syncDetail = syncView
  .extend({
    summary: z.string().describe('What it does, or did, in plain words.'),
    counts: syncCounts,
    totals: z.array(outcomeTotal),
    progress: syncProgress,
    manifest: manifestView.nullable().describe('What was read from the source; null while it is being read.'),
    safeguards: z.array(verdict).describe('What each rule measured and decided; empty before settling.'),
    planHash: z.string().nullable().describe('Names the plan that an approval is given for.'),
    held: z.int().describe('Outcomes that wait for a person’s word.'),
    notSeen: z.int().nullable().describe('Linked people whom the snapshot did not hold.'),
    undoneBySyncId: z
      .string()
      .nullable()
      .describe(
        'The live undo of this sync, at work or done; null when it has left outcomes that failed or were not let through.',
      ),
    removalsJudged: z.boolean().nullable().describe('Whether people who were not seen may be judged missing.'),
    approvals: z.array(
      z.object({
        round: z.int(),
        verdict: z.enum(['approve', 'reject']),
        by: z.string(),
        at: z.string(),
        comment: z.string(),
      }),
    ),
  })
  .meta({ id: 'SyncDetail' });

export function toSyncView(sync: Sync): z.input<typeof syncView> {
  return {
    id: sync.id,
    integrationId: sync.integrationId,
    mode: sync.mode,
    trigger: sync.trigger,
    state: sync.state,
    person: sync.person,
    replayOfSyncId: sync.snapshotOf === sync.id ? null : sync.snapshotOf,
    failedOfSyncId: sync.failedOf,
    undoOfSyncId: sync.undo?.syncId ?? null,
    mappingVersion: sync.frozen.mapping?.version ?? null,
    requestedBy: sync.requestedBy,
    cancelRequested: sync.cancelRequested,
    round: sync.round,
    supersededBy: sync.supersededBy,
    failure: toFailure(sync.failure),
    createdAt: sync.createdAt,
    startedAt: sync.startedAt,
    plannedAt: sync.plannedAt,
    settledAt: sync.settledAt,
    endedAt: sync.endedAt,
  };
}

/** Without what the connector remembers, which is nobody else's business. */
export function toManifestView(manifest: Manifest): z.input<typeof manifestView> {
  const { pages, records, bytes, extent, wholeness, evidence, fetch, finishedAt } = manifest;
  return {
    pages,
    records,
    bytes,
    extent,
    wholeness,
    evidence,
    fetch,
    failure: toFailure(manifest.failure),
    finishedAt,
  };
}
