import { describe, expect, it } from 'vitest';
import type { UserId } from '#core';
import type { Candidate } from './page-facts.js';
import { resolveCandidates } from './resolve-candidates.js';

const candidate = (userId: string, by: Candidate['by'], ...linkedAs: string[]): Candidate => ({
  userId: userId as UserId,
  by,
  linkedAs,
});
const isGone = (linkedAs: string) => linkedAs.startsWith('gone');
const matchOf = (...candidates: Candidate[]) => resolveCandidates([{ seq: 1, candidates }], isGone).get(1);

describe('resolveCandidates', () => {
  it('takes the one user that a key shows', () => {
    expect(matchOf(candidate('a', 'email'))).toEqual({ kind: 'taken', userId: 'a', by: 'email' });
    expect(matchOf()).toEqual({ kind: 'created' });
  });

  it('takes a linked user by employee id alone, and only when none of their records is there any more', () => {
    expect(matchOf(candidate('a', 'employeeId', 'gone1'))?.kind).toBe('taken');
    expect(matchOf(candidate('a', 'employeeId', 'gone1', 'here'))?.kind).toBe('created');
    expect(matchOf(candidate('a', 'employeeId', 'here'))?.kind).toBe('created');
    expect(matchOf(candidate('a', 'email', 'gone1'))?.kind).toBe('created');
  });

  it('drops those who cannot be taken before it counts', () => {
    expect(matchOf(candidate('a', 'employeeId'), candidate('b', 'email', 'here'))).toMatchObject({ userId: 'a' });
    expect(matchOf(candidate('a', 'employeeId'), candidate('b', 'email'))).toEqual({
      kind: 'ambiguous',
      userIds: ['a', 'b'],
      otherSeqs: [],
    });
  });

  it('gives a user to nobody when two records want them', () => {
    const wanted = [1, 2].map((seq) => ({ seq, candidates: [candidate('a', 'email')] }));
    for (const records of [wanted, [...wanted].reverse()]) {
      const matches = resolveCandidates(records, isGone);
      expect(matches.get(1)).toEqual({ kind: 'ambiguous', userIds: ['a'], otherSeqs: [2] });
      expect(matches.get(2)).toEqual({ kind: 'ambiguous', userIds: ['a'], otherSeqs: [1] });
    }
  });
});
