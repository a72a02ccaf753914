import type { MappedRecord, OutcomeReason } from '#core';

/** What becomes of one of several records of the same person in one snapshot. */
export type DuplicateVerdict =
  | { kind: 'stands' }
  | { kind: 'skipped'; reason: Extract<OutcomeReason, 'duplicateRecord' | 'supersededRecord'>; standing: number }
  | { kind: 'failed'; reason: Extract<OutcomeReason, 'conflictingRecords'> };

/**
 * Decides between records that carry the same source id. Equal values: the first stands. Different ones: the only
 * active one wins; with none or several active, nobody can tell which is right and all fail.
 */
export function resolveDuplicates(records: readonly MappedRecord[], today: string): Map<number, DuplicateVerdict> {
  const verdicts = new Map<number, DuplicateVerdict>();
  const ordered = [...records].sort((left, right) => left.seq - right.seq);
  const [first] = ordered;
  if (first === undefined) return verdicts;
  const equal = ordered.every((record) => meaning(record) === meaning(first));
  if (equal) {
    for (const { seq } of ordered) {
      verdicts.set(
        seq,
        seq === first.seq ? { kind: 'stands' } : { kind: 'skipped', reason: 'duplicateRecord', standing: first.seq },
      );
    }
    return verdicts;
  }
  const active = ordered.filter((record) => mayBeActive(record, today));
  const [winner] = active;
  for (const { seq } of ordered) {
    if (winner === undefined || active.length > 1) verdicts.set(seq, { kind: 'failed', reason: 'conflictingRecords' });
    else if (seq === winner.seq) verdicts.set(seq, { kind: 'stands' });
    else verdicts.set(seq, { kind: 'skipped', reason: 'supersededRecord', standing: winner.seq });
  }
  return verdicts;
}

function meaning({ values, inScope, restricted, problems }: MappedRecord): string {
  return JSON.stringify([values, inScope, restricted, problems]);
}

/** A record with problems may hide anything: it counts as active, so that it never loses to a guess. */
function mayBeActive({ values, problems, inScope }: MappedRecord, today: string): boolean {
  if (problems.length > 0) return true;
  if (!inScope || values['active'] === false) return false;
  const end = values['terminationDate'];
  return !(typeof end === 'string' && end <= today);
}
