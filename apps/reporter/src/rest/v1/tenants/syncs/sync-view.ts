import { z } from 'zod';
import {
  type Approval,
  type ApprovalSelection,
  extents,
  type FetchStatistics,
  type Manifest,
  type PushSession,
  type Sync,
  type SyncFailure,
  wholenesses,
} from '#core';
import {
  outcomeKind,
  outcomeReason,
  outcomeState,
  safeguardRule,
  syncMode,
  syncState,
  syncTrigger,
  time,
} from '../../words.js';
import { sessionView, toSessionView } from './session-view.js';
import { syncCounts, syncProgress } from './sync-progress-reader.js';

type StoredApproval = Omit<Approval, 'selection'> & { selection?: ApprovalSelection };

const failure = z.object({
  code: z.string().describe('Stable; programs decide by it.'),
  message: z.string().describe('What happened and what to do next.'),
});

/** What a failure needs is for the scheduler; its message says it to people. */
function toFailure(cause: SyncFailure | null): z.input<typeof failure> | null {
  return cause === null ? null : { code: cause.code, message: cause.message };
}

export const syncView = z
  .object({
    id: z.string(),
    integrationId: z.string().describe('Whose source it reads.'),
    mode: syncMode,
    trigger: syncTrigger,
    state: syncState,
    person: z.string().nullable().describe('The source’s id of the one person that was asked for.'),
    replayOfSyncId: z.string().nullable().describe('Whose snapshot is read; null: its own.'),
    failedOfSyncId: z.string().nullable().describe('The sync whose failed records are read again, and nobody else’s.'),
    reread: z.boolean().describe('What an earlier sync has applied is to be read again, too.'),
    undoOfSyncId: z.string().nullable().describe('The sync that this one takes back.'),
    session: sessionView
      .nullable()
      .describe('Of a push sync: the session that it is part of. Push syncs that follow one another closely are one.'),
    mappingVersion: z.int().nullable().describe('The mapping that it uses; null without one.'),
    requestedBy: z.string().describe('`key:` and the id of an API key, or `muster` itself.'),
    cancelRequested: z.boolean().describe('Somebody wants it to stop.'),
    round: z.int().describe('The apply round in work or last done; each approval or rejection adds one. -1 before.'),
    supersededBy: z.string().nullable().describe('The newer sync that made this plan obsolete.'),
    failure: failure.nullable().describe('Why it failed; null unless it did.'),
    createdAt: time.describe('When it was queued.'),
    startedAt: time.nullable().describe('When it began to read; null before.'),
    plannedAt: time.nullable().describe('When each record had an outcome; null before.'),
    settledAt: time.nullable().describe('When the plan was whole, safeguards judged; null before.'),
    endedAt: time.nullable().describe('When it came to its end, the last time; null before.'),
  })
  .meta({ id: 'Sync' });

export const outcomeTotal = z
  .object({
    outcome: outcomeKind,
    reason: outcomeReason,
    state: outcomeState,
    count: z.int().describe('People.'),
  })
  .meta({ id: 'OutcomeTotal' });

const manifestView = z.object({
  pages: z.int().describe('Stored portions of the snapshot.'),
  records: z.int(),
  bytes: z.int().describe('Of the records as received.'),
  extent: z
    .enum(extents)
    .describe('What was asked for: everybody, who has changed, one person, or what the source sent.'),
  wholeness: z
    .enum(wholenesses)
    .describe('Whether all of that came. Who is missing from less than that is not removed.'),
  evidence: z
    .object({
      declaredFirst: z.int().nullable().describe('How many people the source’s first response declared.'),
      declaredLast: z.int().nullable().describe('How many its last one declared.'),
      distinctSourceIds: z.int().nullable().describe('How many different people came.'),
      endSeen: z.boolean().describe('The source marked the end.'),
      reason: z.string().describe('In plain words: why it is complete, or why not.'),
    })
    .describe('What `wholeness` was judged by.'),
  fetch: z
    .object({
      requests: z.int(),
      retries: z.int(),
      retriesByStatus: z
        .record(z.string(), z.int())
        .describe('Of these, by the HTTP status that was not good enough, or `network`.'),
      byStatus: z.record(z.string(), z.int()).describe('Responses by HTTP status, or `network`.'),
      budgetWaitedSeconds: z.number().describe('How long it waited for the source’s rate budget.'),
      startedAt: time,
    })
    .describe('What reading took.'),
  alreadyApplied: z
    .array(z.string())
    .describe('What was there and was not read, because it had been applied before under the same mapping.'),
  failure: failure.nullable().describe('Why reading failed; null unless it did.'),
  finishedAt: time,
});

const verdict = z.object({
  rule: safeguardRule,
  attribute: z.string().optional().describe('The attribute, for a rule that is judged for each.'),
  measured: z.number().describe('How many it counts.'),
  limit: z.number().describe('So many pass without a person’s word.'),
  population: z.int().describe('People of whom the limit is a share.'),
  tripped: z.boolean().describe('More than the limit: all whom it counts are held.'),
  message: z.string().describe('The same in plain words.'),
});

const approvalSelection = z.object({
  all: z.boolean().describe('Everything that could be decided on.'),
  filter: z
    .object({
      outcome: z.string().optional().describe('Everything of this outcome.'),
      reason: z.string().optional().describe('Everything with this reason.'),
    })
    .nullable()
    .describe('What is said in it must all be so; null: no filter was given.'),
  named: z.int().describe('How many were named by id.'),
  includeHeld: z.boolean().describe('Held outcomes were meant too.'),
});

export const syncDetail = syncView
  .extend({
    summary: z.string().describe('What it does, or did, in plain words.'),
    counts: syncCounts,
    totals: z.array(outcomeTotal).describe('People by outcome, reason and state.'),
    progress: syncProgress.describe('How far it has come.'),
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
    approvals: z
      .array(
        z.object({
          round: z.int().describe('Its number; the apply round that carries it out.'),
          verdict: z.enum(['approve', 'reject']),
          by: z.string().describe('`key:` and the id of an API key.'),
          at: time,
          selection: approvalSelection.nullable().describe('What was meant; null: that was not written down.'),
          outcomes: z
            .int()
            .nullable()
            .describe(
              'How many outcomes it meant when it was given, with those that go along; null: that was not written down.',
            ),
          planHash: z.string().describe('The plan that was seen.'),
          comment: z.string().describe('As it was given; may be empty.'),
        }),
      )
      .describe('What people decided about the plan, in order.'),
  })
  .meta({ id: 'SyncDetail' });

/** `own`: what a push sync does to people, which its session adds up. */
export function toSyncView(sync: Sync, own: PushSession['countsBefore'] = {}): z.input<typeof syncView> {
  return {
    id: sync.id,
    integrationId: sync.integrationId,
    mode: sync.mode,
    trigger: sync.trigger,
    state: sync.state,
    person: sync.person,
    replayOfSyncId: sync.snapshotOf === sync.id ? null : sync.snapshotOf,
    failedOfSyncId: sync.failedOf,
    reread: sync.reread,
    undoOfSyncId: sync.undo?.syncId ?? null,
    session: sync.session === null ? null : toSessionView(sync.session, own),
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

/** Words of an earlier Muster may say less. */
export function toApprovalView(given: StoredApproval): z.input<typeof syncDetail>['approvals'][number] {
  const { round, verdict, by, at, selection, meant, planHash, comment } = given;
  return {
    round,
    verdict,
    by,
    at,
    selection:
      selection === undefined
        ? null
        : {
            all: selection.all,
            filter: selection.filter,
            named: selection.seqs.length,
            includeHeld: selection.includeHeld,
          },
    outcomes: meant ?? null,
    planHash,
    comment,
  };
}

/** Without what the connector remembers, which is nobody else's business. */
export function toManifestView(manifest: Manifest): z.input<typeof manifestView> {
  const { pages, records, bytes, extent, wholeness, evidence, fetch, alreadyApplied = [], finishedAt } = manifest;
  return {
    pages,
    records,
    bytes,
    extent,
    wholeness,
    evidence,
    fetch: toFetchView(fetch),
    alreadyApplied,
    failure: toFailure(manifest.failure),
    finishedAt,
  };
}

/** Manifests of an earlier Muster may say less: before there were rate budgets, nobody waited for one. */
function toFetchView({ budgetWaitedMs = 0, retriesByStatus = {}, ...fetch }: FetchStatistics) {
  return { ...fetch, retriesByStatus, budgetWaitedSeconds: Math.round(budgetWaitedMs / 100) / 10 };
}
