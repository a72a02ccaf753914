import type { UserId } from '#core';
import type { Candidate } from './page-facts.js';

/** Whom an unlinked record turns out to be about. */
export type Match =
  | { kind: 'created' }
  | { kind: 'taken'; userId: UserId; by: 'employeeId' | 'email' }
  | { kind: 'ambiguous'; userIds: UserId[]; otherSeqs: number[] };

export interface UnlinkedRecord {
  seq: number;
  candidates: readonly Candidate[];
}

/**
 * Matches records without a link to users by key. A candidate that this integration already links elsewhere can only be
 * taken by employee id, and only when a full complete snapshot no longer holds that other record (none of them, if there
 * are several); those that cannot be taken are dropped first. Two left, or two records that want one user, and nobody gets them.
 */
export function resolveCandidates(
  records: readonly UnlinkedRecord[],
  isGone: (linkedAs: string) => boolean,
): Map<number, Match> {
  const matches = new Map<number, Match>();
  const wanted = new Map<UserId, number[]>();
  for (const { seq, candidates } of records) {
    const takeable = new Map<UserId, Candidate>();
    for (const candidate of candidates) {
      const { linkedAs, by } = candidate;
      const free = linkedAs.length === 0 || (by === 'employeeId' && linkedAs.every(isGone));
      if (free && !takeable.has(candidate.userId)) takeable.set(candidate.userId, candidate);
    }
    const [only] = takeable.values();
    if (only === undefined) {
      matches.set(seq, { kind: 'created' });
    } else if (takeable.size > 1) {
      matches.set(seq, { kind: 'ambiguous', userIds: [...takeable.keys()].sort(), otherSeqs: [] });
    } else {
      matches.set(seq, { kind: 'taken', userId: only.userId, by: only.by });
      const seqs = wanted.get(only.userId);
      if (seqs === undefined) wanted.set(only.userId, [seq]);
      else seqs.push(seq);
    }
  }
  for (const [userId, seqs] of wanted) {
    if (seqs.length < 2) continue;
    for (const seq of seqs) {
      matches.set(seq, {
        kind: 'ambiguous',
        userIds: [userId],
        otherSeqs: seqs.filter((other) => other !== seq).slice(0, 10),
      });
    }
  }
  return matches;
}
