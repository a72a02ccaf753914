import {
  hasEnded,
  type Manifest,
  type OutcomeKind,
  type OutcomeReason,
  type OutcomeState,
  type OutcomeTotal,
  type SafeguardVerdict,
  type SettlementHeader,
  type Sync,
} from '#core';

export interface SyncFacts {
  sync: Pick<Sync, 'mode' | 'state' | 'trigger' | 'failure' | 'supersededBy' | 'person' | 'round'>;
  manifest: Pick<Manifest, 'records' | 'extent' | 'wholeness' | 'evidence'> | null;
  totals: readonly OutcomeTotal[];
  header: Pick<SettlementHeader, 'verdicts' | 'judgedMissing' | 'notSeen'> | null;
}

/** Says what a sync does, or did, so that somebody in HR understands it. Numbers and codes only, nobody's values. */
export function summariseSync(facts: SyncFacts): string {
  const { sync, totals } = facts;
  if (!hasEnded(sync.state)) return running(facts);
  const sentences = [ending(facts), ...people(facts), ...unfinished(totals), ...failures(totals), ...skips(totals)];
  sentences.push(...heldBack(facts), ...notWhole(facts));
  if (sync.supersededBy !== null)
    sentences.push('A newer sync has taken its place, so this plan can no longer be approved.');
  return sentences.join(' ');
}

function running({ sync, manifest, totals }: SyncFacts): string {
  const kind = sync.mode === 'dry' ? 'Dry run' : 'Live sync';
  const planned = count(totals, () => true);
  switch (sync.state) {
    case 'queued':
      return `${kind}: waiting for its turn.`;
    case 'fetching':
      return `${kind}: reading the source. Nobody has been changed.`;
    case 'planning':
      return `${kind}: working out what to do. ${manifest === null ? number(planned) : `${number(planned)} of ${number(manifest.records)}`} records are planned; nobody has been changed.`;
    case 'settling':
      return `${kind}: checking the plan as a whole. Nobody has been changed.`;
    default:
      return `${kind}: writing to the directory. ${peopleAre(count(totals, ({ state }) => state === 'applied'))} done.`;
  }
}

function ending({ sync, totals }: SyncFacts): string {
  const whom = sync.person === null ? '' : ' of one person';
  const isPlan = sync.mode === 'dry' && sync.round < 0;
  const kind = sync.trigger === 'edit' ? 'Change by hand' : isPlan ? `Dry run${whom}` : `Live sync${whom}`;
  switch (sync.state) {
    case 'failed':
      return `${kind} failed: ${sentence(sync.failure?.message ?? 'the reason is not known')} ${untouched(totals)}`;
    case 'cancelled':
      return `${kind} was cancelled. ${untouched(totals)}`;
    case 'incomplete':
      return `${kind}: done with what the source gave, which was not everything.`;
    case 'awaitingApproval':
      return `${kind}: part of it is done, part waits for a person’s word.`;
    default:
      return `${kind}: done.`;
  }
}

function untouched(totals: readonly OutcomeTotal[]): string {
  const applied = count(totals, ({ state }) => state === 'applied');
  return applied === 0 ? 'Nobody has been changed.' : `${peopleWere(applied)} changed before it ended.`;
}

const verbs = [
  ['created', 'created'],
  ['updated', 'updated'],
  ['reactivated', 'given their access back'],
  ['deprovisioned', 'removed'],
] as const satisfies readonly (readonly [OutcomeKind, string])[];

function people({ sync, totals }: SyncFacts): string[] {
  if (sync.state === 'failed' || sync.state === 'cancelled') return [];
  const sentences: string[] = [];
  const done = listOf(totals, ['applied']);
  const planned = listOf(totals, ['planned']);
  if (done !== '')
    sentences.push(
      `${done.charAt(0).toUpperCase()}${done.slice(1)}.`.replace(
        /^(\S+) (person|people) /,
        (_, n: string, noun: string) => `${n} ${noun} ${noun === 'person' ? 'was' : 'were'} `,
      ),
    );
  if (planned !== '') {
    sentences.push(
      `${planned}.`.replace(/^(\S+) (person|people) /, (_, n: string, noun: string) => `${n} ${noun} would be `),
    );
  }
  const isPlan = sync.mode === 'dry' && done === '';
  if (done === '' && planned === '' && count(totals, ({ state }) => state === 'held') === 0) {
    sentences.push('Everybody is as the source says: nothing to change.');
  } else if (isPlan) {
    sentences.push('Nobody has been changed.');
  }
  return sentences;
}

/** `12 people created, 3 updated and 1 removed`; empty when there are none. */
function listOf(totals: readonly OutcomeTotal[], states: readonly OutcomeState[]): string {
  const parts = verbs.flatMap(([kind, verb]) => {
    const amount = count(totals, ({ outcome, state }) => outcome === kind && state !== null && states.includes(state));
    return amount === 0 ? [] : [{ amount, verb }];
  });
  return joined(
    parts.map(({ amount, verb }, index) =>
      index === 0 ? `${number(amount)} ${amount === 1 ? 'person' : 'people'} ${verb}` : `${number(amount)} ${verb}`,
    ),
  );
}

function unfinished(totals: readonly OutcomeTotal[]): string[] {
  const drifted = count(totals, ({ state }) => state === 'drifted');
  const rejected = count(totals, ({ state }) => state === 'rejected');
  return [
    ...(drifted === 0
      ? []
      : [
          `${peopleWere(drifted)} changed by somebody else meanwhile and left alone; the next sync looks at them again.`,
        ]),
    ...(rejected === 0 ? [] : [`${peopleWere(rejected)} left as they are because a person rejected the change.`]),
  ];
}

const failureWords: Partial<Record<OutcomeReason, string>> = {
  identityMissing: 'no id in the record',
  requiredAttributeMissing: 'a required value is missing',
  expressionFailed: 'an expression could not be evaluated',
  typeMismatch: 'a value has the wrong type',
  decodeFailed: 'the record is unreadable',
  recordTooLarge: 'the record is too large',
  ambiguousMatch: 'more than one user could be meant',
  conflictingRecords: 'the source contradicts itself',
  keyCollision: 'an e-mail or employee id belongs to somebody else',
  lost: 'the record did not come through',
  unclassified: 'a fault of Muster',
};

function failures(totals: readonly OutcomeTotal[]): string[] {
  const failed = count(totals, ({ outcome }) => outcome === 'failed');
  return failed === 0
    ? []
    : [
        `${failed === 1 ? '1 person' : `${number(failed)} people`} failed and ${failed === 1 ? 'was' : 'were'} left alone: ${byReason(totals, 'failed', failureWords)}.`,
      ];
}

const skipWords: Partial<Record<OutcomeReason, string>> = {
  unchanged: 'unchanged',
  duplicateRecord: 'sent twice',
  supersededRecord: 'replaced by another record',
  outOfScope: 'out of scope',
  alreadyTerminated: 'left long ago',
  secondarySource: 'led by another source',
  noMapping: 'no active mapping yet',
  manual: 'decided by hand',
};

function skips(totals: readonly OutcomeTotal[]): string[] {
  const skipped = count(totals, ({ outcome }) => outcome === 'skipped');
  return skipped === 0 ? [] : [`${number(skipped)} needed nothing: ${byReason(totals, 'skipped', skipWords)}.`];
}

function byReason(
  totals: readonly OutcomeTotal[],
  kind: OutcomeKind,
  words: Partial<Record<OutcomeReason, string>>,
): string {
  const sums = new Map<OutcomeReason, number>();
  for (const { outcome, reason, count: amount } of totals) {
    if (outcome === kind) sums.set(reason, (sums.get(reason) ?? 0) + amount);
  }
  return [...sums]
    .toSorted(([, a], [, b]) => b - a)
    .map(([reason, amount]) => `${number(amount)} ${words[reason] ?? reason}`)
    .join(', ');
}

function heldBack({ totals, header }: SyncFacts): string[] {
  const held = count(totals, ({ state }) => state === 'held');
  if (held === 0) return [];
  const tripped = (header?.verdicts ?? []).filter((verdict: SafeguardVerdict) => verdict.tripped);
  const why = tripped.map(({ message }) => sentence(message)).join(' ');
  const list = listOf(totals, ['held']);
  const head = `Held back until a person approves: ${list.replace(/ (person|people) /, (_, noun: string) => ` ${noun} to be `)}.`;
  return [why === '' ? head : `${head} ${why}`];
}

function notWhole({ manifest, header, sync }: SyncFacts): string[] {
  if (manifest === null || sync.trigger === 'edit') return [];
  if (manifest.wholeness === 'truncated') {
    const notSeen =
      header === null || header.notSeen === 0
        ? ''
        : ` ${peopleWere(header.notSeen)} not seen and ${header.notSeen === 1 ? 'stays' : 'stay'} as they are.`;
    return [
      `The source was not read completely, so nobody is removed for being absent: ${sentence(manifest.evidence.reason)}${notSeen}`,
    ];
  }
  return [];
}

function count(totals: readonly OutcomeTotal[], matches: (total: OutcomeTotal) => boolean): number {
  return totals.filter(matches).reduce((sum, { count: amount }) => sum + amount, 0);
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

function peopleWere(value: number): string {
  return value === 1 ? '1 person was' : `${number(value)} people were`;
}

function peopleAre(value: number): string {
  return value === 1 ? '1 person is' : `${number(value)} people are`;
}

function joined(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
