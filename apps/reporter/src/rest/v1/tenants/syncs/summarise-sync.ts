import {
  hasEnded,
  type Manifest,
  type OutcomeKind,
  type OutcomeReason,
  type OutcomeState,
  type OutcomeTotal,
  type SettlementHeader,
  type Sync,
  type SyncMode,
} from '#core';

export interface SyncFacts {
  sync: Pick<Sync, 'mode' | 'state' | 'trigger' | 'failure' | 'supersededBy' | 'person' | 'failedOf' | 'undo'>;
  manifest: Pick<Manifest, 'records' | 'wholeness' | 'evidence' | 'alreadyApplied'> | null;
  totals: readonly OutcomeTotal[];
  header: Pick<SettlementHeader, 'verdicts' | 'notSeen'> | null;
}

/** Says what a sync does, or did, so that somebody in HR understands it. Numbers only, nobody's values. */
export function summariseSync(facts: SyncFacts): string {
  const { sync, totals } = facts;
  if (!hasEnded(sync.state)) return inProgress(facts);
  return [
    ...ending(facts),
    ...leftAlone(sync, totals),
    ...failures(totals),
    ...skips(totals),
    ...heldBack(facts),
    ...notEverything(facts),
    ...(sync.supersededBy === null ? [] : ['A newer sync has taken its place; its plan can no longer be approved.']),
  ].join(' ');
}

function inProgress({ sync, manifest, totals }: SyncFacts): string {
  const name = nameOf(sync);
  const planned = sum(totals, () => true);
  switch (sync.state) {
    case 'queued':
      return `${name}: waiting for its turn.`;
    case 'fetching':
      return `${name}: reading ${whatIsRead(sync)}. Nobody has been changed.`;
    case 'planning': {
      if (sync.undo !== null) {
        const all = number(sync.undo.outcomes);
        return `${name}: working out what to take back; ${number(planned)} of ${all} so far. Nobody has been changed.`;
      }
      const of = manifest === null ? '' : ` of ${number(manifest.records)}`;
      return `${name}: working out what to do; ${number(planned)}${of} records so far. Nobody has been changed.`;
    }
    case 'settling':
      return `${name}: checking the plan as a whole. Nobody has been changed.`;
    default:
      return `${name}: writing to the directory; ${people(sum(totals, byState('applied')))} so far.`;
  }
}

function whatIsRead({ trigger, failedOf }: SyncFacts['sync']): string {
  if (failedOf !== null) return 'what is stored of them';
  return trigger === 'push' ? 'what is stored' : 'the source';
}

function nameOf({ mode, trigger, person, failedOf, undo }: SyncFacts['sync']): string {
  if (trigger === 'edit') return 'Change by hand';
  if (undo !== null) return `${mode === 'dry' ? 'Dry undo' : 'Undo'} of sync ${undo.syncId}`;
  if (failedOf !== null)
    return `${mode === 'dry' ? 'Dry run' : 'Live sync'} of the records that failed in sync ${failedOf}`;
  const name = `${mode === 'dry' ? 'dry run' : 'live sync'}${whose({ trigger, person })}`;
  return trigger === 'schedule' ? `Scheduled ${name}` : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function whose({ trigger, person }: Pick<SyncFacts['sync'], 'trigger' | 'person'>): string {
  if (trigger === 'push') return ' of what was pushed';
  if (trigger === 'arrival') return ' of files that have arrived';
  return person === null ? '' : ' of one person';
}

function ending({ sync, manifest, totals }: SyncFacts): string[] {
  const name = nameOf(sync);
  const applied = sum(totals, byState('applied'));
  if (sync.state === 'failed' || sync.state === 'cancelled') {
    const what =
      sync.state === 'failed'
        ? `failed: ${sentence(sync.failure?.message ?? 'the reason is not known')}`
        : 'was cancelled.';
    return [`${name} ${what}`, applied === 0 ? nobody : `${clause(totals, 'applied', werePast)} before it ended.`];
  }
  const done = clause(totals, 'applied', werePast);
  const planned = clause(totals, 'planned', () => 'would be');
  const replaced = clause(totals, 'superseded', () => 'would have been');
  const clauses = [done, planned, replaced].filter((text) => text !== '');
  const anythingHeld = sum(totals, byState('held')) > 0;
  if (clauses.length === 0) {
    return [
      `${name}: ${anythingHeld ? 'nothing was done without a person’s word.' : nothingToChange(manifest)}`,
      ...(applied === 0 && sync.mode === 'dry' ? [nobody] : []),
    ];
  }
  return [`${name}: ${clauses.join('; ')}.`, ...(applied === 0 ? [nobody] : [])];
}

/** Nobody was read and nothing is new: where that is because it was applied before, how to have it read again. */
function nothingToChange(manifest: SyncFacts['manifest']): string {
  const { records = 0, alreadyApplied: known = [] } = manifest ?? {};
  if (records > 0 || known.length === 0) return 'nothing to change.';
  const [was, what] = known.length === 1 ? ['was', 'it'] : ['were', 'the last of them'];
  return `nothing new: ${joined(known)} ${was} applied before under this mapping; a sync with reread reads ${what} again.`;
}

const nobody = 'Nobody has been changed.';

const verbs = [
  ['created', 'created'],
  ['updated', 'updated'],
  ['reactivated', 'given their access back'],
  ['deprovisioned', 'removed'],
] as const satisfies readonly (readonly [OutcomeKind, string])[];

/** `12 people would be created, 3 updated and 1 removed`; empty when there is nobody. */
function clause(totals: readonly OutcomeTotal[], state: OutcomeState, auxiliary: (amount: number) => string): string {
  const parts = verbs
    .map(([kind, verb]) => ({ verb, amount: sum(totals, (total) => total.outcome === kind && total.state === state) }))
    .filter(({ amount }) => amount > 0);
  return joined(
    parts.map(({ amount, verb }, index) =>
      index === 0 ? `${people(amount)} ${auxiliary(amount)} ${verb}` : `${number(amount)} ${verb}`,
    ),
  );
}

function werePast(amount: number): string {
  return amount === 1 ? 'was' : 'were';
}

function leftAlone({ mode, undo }: SyncFacts['sync'], totals: readonly OutcomeTotal[]): string[] {
  const drifted = sum(totals, byState('drifted'));
  const rejected = sum(totals, byState('rejected'));
  return [
    ...(drifted === 0 ? [] : [undo === null ? lookedAtAgain(drifted) : changedSince(drifted, mode)]),
    ...(rejected === 0
      ? []
      : [`${people(rejected)} ${werePast(rejected)} left as they are because the change was rejected.`]),
  ];
}

function lookedAtAgain(drifted: number): string {
  return `${people(drifted)} ${werePast(drifted)} changed by something else meanwhile and left alone; the next sync looks again.`;
}

/** What an undo leaves alone nobody looks at again. */
function changedSince(drifted: number, mode: SyncMode): string {
  return `${people(drifted)} ${drifted === 1 ? 'has' : 'have'} been changed by something else since and ${mode === 'dry' ? 'would be' : werePast(drifted)} left alone.`;
}

const failureWords: Partial<Record<OutcomeReason, string>> = {
  identityMissing: 'without an id in the record',
  requiredAttributeMissing: 'without a required value',
  expressionFailed: 'where an expression could not be evaluated',
  typeMismatch: 'with a value of the wrong type',
  decodeFailed: 'with an unreadable record',
  recordTooLarge: 'with a record that is too large',
  ambiguousMatch: 'where more than one user could be meant',
  conflictingRecords: 'whose records contradict each other',
  keyCollision: 'whose e-mail or employee id belongs to somebody else',
  lost: 'whose record did not come through',
  unclassified: 'because of a fault in Muster',
};

function failures(totals: readonly OutcomeTotal[]): string[] {
  const failed = sum(totals, ({ outcome }) => outcome === 'failed');
  if (failed === 0) return [];
  return [`${people(failed)} failed and ${werePast(failed)} left alone: ${byReason(totals, 'failed', failureWords)}.`];
}

const skipWords: Partial<Record<OutcomeReason, string>> = {
  unchanged: 'unchanged',
  duplicateRecord: 'sent twice',
  supersededRecord: 'replaced by another record',
  outOfScope: 'out of scope',
  alreadyTerminated: 'left earlier and have no user',
  secondarySource: 'led by another source',
  noMapping: 'because no mapping is active yet',
  manual: 'decided by hand',
};

function skips(totals: readonly OutcomeTotal[]): string[] {
  const skipped = sum(totals, ({ outcome }) => outcome === 'skipped');
  return skipped === 0 ? [] : [`${people(skipped)} skipped: ${byReason(totals, 'skipped', skipWords)}.`];
}

function byReason(
  totals: readonly OutcomeTotal[],
  kind: OutcomeKind,
  words: Partial<Record<OutcomeReason, string>>,
): string {
  const amounts = new Map<OutcomeReason, number>();
  for (const { outcome, reason, count } of totals) {
    if (outcome === kind) amounts.set(reason, (amounts.get(reason) ?? 0) + count);
  }
  return [...amounts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([reason, amount]) => `${number(amount)} ${words[reason] ?? reason}`)
    .join(', ');
}

function heldBack({ totals, header }: SyncFacts): string[] {
  const held = clause(totals, 'held', () => 'to be');
  if (held === '') return [];
  const why = (header?.verdicts ?? []).filter(({ tripped }) => tripped).map(({ message }) => sentence(message));
  return [`Held until a person approves: ${held}.`, ...why];
}

function notEverything({ manifest, header }: SyncFacts): string[] {
  if (manifest?.wholeness !== 'truncated') return [];
  const notSeen = header?.notSeen ?? 0;
  return [
    `The source was not read completely, so nobody is removed for being absent: ${sentence(manifest.evidence.reason)}`,
    ...(notSeen === 0 ? [] : [`${people(notSeen)} ${werePast(notSeen)} not seen.`]),
  ];
}

function byState(wanted: OutcomeState): (total: OutcomeTotal) => boolean {
  return ({ state }) => state === wanted;
}

function sum(totals: readonly OutcomeTotal[], matches: (total: OutcomeTotal) => boolean): number {
  return totals.filter(matches).reduce((whole, { count }) => whole + count, 0);
}

function people(amount: number): string {
  return amount === 1 ? '1 person' : `${number(amount)} people`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
