import type { z } from 'zod';
import { outcomeKinds, type OutcomeKind, type OutcomeTotal, type SafeguardRule } from '#core';
import { summariseSync } from '../../v1/tenants/syncs/summarise-sync.js';
import type { syncDetail } from '../../v1/tenants/syncs/sync-view.js';
import { endedSyncs } from './ended-syncs.js';
import type { SyncExample } from './queued-sync.js';
import { story } from './story.js';

type SyncDetail = z.output<typeof syncDetail>;

const { planHash, times } = story;

/** `measured` more than `limit` trips a rule. */
function verdict(rule: SafeguardRule, measured: number, limit: number, population: number, what: string) {
  const message = `${String(measured)} ${what}; up to ${String(limit)} of ${String(population)} pass without a person’s word.`;
  return { rule, measured, limit, population, tripped: measured > limit, message };
}

function verdictsOf(missing: number, failed: number, records: number, population: number): SyncDetail['safeguards'] {
  const tenth = Math.floor(population / 10);
  const fifth = Math.floor(population / 5);
  const lose = 'people would lose access because the source';
  return [
    verdict('inferredRemovals', missing, tenth, population, `${lose} no longer shows them`),
    verdict(
      'inferredRemovals7Days',
      missing,
      fifth,
      population,
      'people would have lost access this way within seven days',
    ),
    { rule: 'whole', measured: 0, limit: 0, population, tripped: false, message: 'The snapshot is full and complete.' },
    verdict('explicitLeavers', 0, fifth, population, `${lose} says that they left`),
    verdict('emailChanges', 0, fifth, population, 'people would get another e-mail address'),
    verdict('restrictedChanges', 0, fifth, population, 'people would have their access restricted or opened'),
    verdict('managerChanges', 0, Math.floor(population * 0.3), population, 'people would get another manager'),
    verdict('failures', failed, Math.floor(records / 5), records, failed === 1 ? 'record failed' : 'records failed'),
  ];
}

/** Of a sync that has read everybody in one page. */
function detail(
  sync: SyncExample,
  facts: Pick<SyncDetail, 'totals' | 'planHash'> & { records: number; missing: number; population: number },
): SyncDetail {
  const { totals, records, missing, population } = facts;
  const isLive = sync.mode === 'live';
  const amount = (kind: OutcomeKind) => sum(totals.filter(({ outcome }) => outcome === kind));
  const manifest: SyncDetail['manifest'] = {
    pages: 1,
    records,
    bytes: records * 862,
    extent: 'full',
    wholeness: 'complete',
    evidence: {
      declaredFirst: records,
      declaredLast: records,
      distinctSourceIds: records,
      endSeen: true,
      reason: `The source declared ${String(records)} people, first and last, and sent as many different ones.`,
    },
    fetch: {
      requests: 2,
      retries: 0,
      retriesByStatus: {},
      byStatus: { '200': 2 },
      budgetWaitedSeconds: 0,
      startedAt: sync.startedAt ?? sync.createdAt,
    },
    alreadyApplied: [],
    failure: null,
    finishedAt: sync.plannedAt ?? sync.createdAt,
  };
  const safeguards = verdictsOf(missing, amount('failed'), records, population);
  const { failure: _failure, ...shown } = sync;
  return {
    ...sync,
    summary: summariseSync({
      sync: { ...shown, failure: null, supersededBy: null, failedOf: null, undo: null },
      manifest,
      totals,
      header: { verdicts: safeguards.map(({ attribute: _attribute, ...rule }) => rule), notSeen: missing },
    }),
    counts: Object.fromEntries(outcomeKinds.map((kind) => [kind, amount(kind)])) as SyncDetail['counts'],
    totals,
    progress: {
      recordsFetched: records,
      recordsPlanned: records,
      recordsTotal: records,
      slicesApplied: isLive ? 1 : 0,
      slices: isLive ? 1 : null,
    },
    manifest,
    safeguards,
    planHash: facts.planHash,
    held: sum(totals.filter(({ state }) => state === 'held')),
    notSeen: missing,
    undoneBySyncId: null,
    removalsJudged: true,
    approvals: [],
  };
}

function sum(totals: readonly OutcomeTotal[]): number {
  return totals.reduce((whole, { count }) => whole + count, 0);
}

const liveTotals: OutcomeTotal[] = [
  { outcome: 'created', reason: 'new', state: 'applied', count: 7 },
  { outcome: 'updated', reason: 'changed', state: 'applied', count: 3 },
  { outcome: 'skipped', reason: 'unchanged', state: null, count: 355 },
  { outcome: 'skipped', reason: 'alreadyTerminated', state: null, count: 6 },
  { outcome: 'failed', reason: 'typeMismatch', state: null, count: 1 },
  { outcome: 'deprovisioned', reason: 'missingFromSnapshot', state: 'held', count: 46 },
];

const dryTotals: OutcomeTotal[] = [
  { outcome: 'updated', reason: 'changed', state: 'planned', count: 1 },
  { outcome: 'skipped', reason: 'unchanged', state: null, count: 410 },
  { outcome: 'skipped', reason: 'alreadyTerminated', state: null, count: 6 },
  { outcome: 'failed', reason: 'typeMismatch', state: null, count: 1 },
];

const rejected: SyncDetail['approvals'][number] = {
  round: 1,
  verdict: 'reject',
  by: `key:${story.adminKey}`,
  at: times.later,
  selection: { all: false, filter: null, named: 1, includeHeld: true },
  outcomes: 1,
  planHash: planHash.live,
  comment: 'Still with us.',
};

/** The syncs that have ended, with what they planned and did. */
export const syncDetails = {
  live: {
    ...detail(endedSyncs.live, {
      totals: liveTotals,
      planHash: planHash.live,
      records: 372,
      missing: 46,
      population: 404,
    }),
    approvals: [rejected],
  },
  dry: detail(endedSyncs.dry, { totals: dryTotals, planHash: planHash.dry, records: 418, missing: 0, population: 411 }),
};
