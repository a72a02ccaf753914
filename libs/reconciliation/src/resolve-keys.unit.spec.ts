import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UserId } from '#core';
import { maxTransferSize, resolveKeys, type KeyClaim, type OutcomeRef } from './resolve-keys.js';

function claim(seq: number, key: string, holder?: [userId: string, releasedBy: OutcomeRef | null]): KeyClaim {
  return {
    seq,
    kind: 'email',
    key,
    holder: holder === undefined ? null : { userId: holder[0] as UserId, releasedBy: holder[1] },
  };
}

function outcome(claims: KeyClaim[]) {
  const { failed, transfers } = resolveKeys(claims);
  return {
    failed: [...failed.keys()].sort((left, right) => left - right),
    transfers: transfers.map((group) => [...group].map(String).sort()).sort(),
  };
}

describe('resolveKeys', () => {
  it('passes a key from a leaver to a joiner as one transfer', () => {
    expect(outcome([claim(1, 'a', ['usr_x', 'usr_x' as UserId])])).toEqual({
      failed: [],
      transfers: [['1', 'usr_x']],
    });
  });

  it('lets two swap', () => {
    const claims = [claim(1, 'b', ['usr_2', 2]), claim(2, 'a', ['usr_1', 1])];
    expect(outcome(claims)).toEqual({ failed: [], transfers: [['1', '2']] });
  });

  it('lets three pass theirs round', () => {
    const claims = [claim(1, 'b', ['usr_2', 2]), claim(2, 'c', ['usr_3', 3]), claim(3, 'a', ['usr_1', 1])];
    expect(outcome(claims)).toEqual({ failed: [], transfers: [['1', '2', '3']] });
  });

  it('fails whoever wants a key that its holder keeps', () => {
    expect(outcome([claim(1, 'a', ['usr_x', null])])).toEqual({ failed: [1], transfers: [] });
  });

  it('fails all who want one key', () => {
    expect(outcome([claim(1, 'a'), claim(2, 'a')])).toEqual({ failed: [1, 2], transfers: [] });
  });

  it('fails along a chain when its end fails', () => {
    const claims = [claim(1, 'b', ['usr_2', 2]), claim(2, 'c', ['usr_3', 3]), claim(3, 'd', ['usr_4', null])];
    expect(outcome(claims)).toEqual({ failed: [1, 2, 3], transfers: [] });
  });

  it('fails a rival too when the other claimant fails by another key', () => {
    const claims: KeyClaim[] = [
      claim(1, 'a'),
      claim(2, 'a'),
      { ...claim(2, 'n', ['usr_9', null]), kind: 'employeeId' },
    ];
    expect(outcome(claims).failed).toEqual([1, 2]);
  });

  it('writes at most 200 people as one', () => {
    const circle = (size: number) =>
      Array.from({ length: size }, (_, seq) => claim(seq, `k${String(seq)}`, [`usr_${String(seq)}`, (seq + 1) % size]));
    expect(outcome(circle(maxTransferSize)).failed).toEqual([]);
    expect(outcome(circle(maxTransferSize + 1)).failed).toHaveLength(maxTransferSize + 1);
  });

  it('decides the same whatever the order, and never gives a key to two or from one who keeps it', () => {
    const arbitrary = fc.uniqueArray(
      fc.record({
        seq: fc.nat({ max: 9 }),
        kind: fc.constantFrom('email' as const, 'employeeId' as const),
        key: fc.nat({ max: 9 }),
      }),
      { maxLength: 14, selector: ({ seq, kind }) => `${String(seq)} ${kind}` },
    );
    fc.assert(
      fc.property(arbitrary, fc.nat(), (wishes, seed) => {
        // User n holds the keys n; whoever wishes for another of that kind lets it go. Users above 6 have no record.
        const claims = wishes
          .filter(({ seq, key }) => seq !== key)
          .map(({ seq, kind, key }): KeyClaim => {
            const lets = wishes.some((other) => other.seq === key && other.kind === kind && other.key !== key);
            return {
              seq,
              kind,
              key: String(key),
              holder: { userId: `usr_${String(key)}` as UserId, releasedBy: lets ? key : null },
            };
          });
        const shuffled = [...claims].sort(
          (left, right) => ((left.seq * 7 + seed) % 11) - ((right.seq * 7 + seed) % 11) || (seed % 2 === 0 ? 1 : -1),
        );
        const result = resolveKeys(claims);
        expect(outcome(shuffled)).toEqual(outcome(claims));
        const given = claims.filter(({ seq }) => !result.failed.has(seq));
        const keys = given.map(({ kind, key }) => `${kind} ${key}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { holder, seq } of given) {
          const by = holder?.releasedBy;
          expect(typeof by === 'number' && !result.failed.has(by)).toBe(true);
          const group = result.transfers.find((members) => members.includes(seq));
          expect(group).toContain(by);
        }
      }),
    );
  });
});
