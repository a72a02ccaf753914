import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hash64, type UserId } from '#core';
import { contextOf, recordOf } from './decision-subjects.spec.js';
import { decide } from './decide.js';
import { nobody } from './decision.js';
import { decodePageFacts, encodePageFacts, type RecordFact } from './page-facts.js';

const words = (text: string | null): number[] => {
  const out = new Uint32Array(2);
  if (text !== null) hash64(text, out, 0);
  return [...out];
};

const fact: fc.Arbitrary<RecordFact> = fc
  .record({
    sourceId: fc.option(fc.string()),
    userId: fc.option(fc.string().map((id) => id as UserId)),
    email: fc.option(fc.string()),
    employeeId: fc.option(fc.string()),
    linkedAs: fc.array(fc.string(), { maxLength: 2 }),
    holder: fc.option(fc.string().map((id) => id as UserId)),
  })
  .map(({ sourceId, userId, email, employeeId, linkedAs, holder }) => ({
    decision: { ...decide(recordOf({ sourceId }), nobody, contextOf()), userId, claims: { email, employeeId } },
    sourceId,
    candidates: userId === null ? [] : [{ userId, by: 'email', linkedAs }],
    holders: holder === null ? {} : { email: holder },
  }));

describe('page facts', () => {
  it('come back as they were packed, whatever buffer they lie in', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 20 }), fc.nat({ max: 7 }), (facts, offset) => {
        const packed = encodePageFacts(facts);
        const moved = new Uint8Array(packed.length + offset);
        moved.set(packed, offset);
        const read = decodePageFacts(moved.subarray(offset));
        expect(read.records).toBe(facts.length);
        expect(read.counts.noIdentity).toBe(facts.filter(({ sourceId }) => sourceId === null).length);
        facts.forEach(({ decision, sourceId, candidates, holders }, index) => {
          const at = (column: Uint32Array) => [...column.subarray(index * 2, index * 2 + 2)];
          expect(read.kinds[index]).toBe(decision.kind);
          expect(at(read.sources)).toEqual(words(sourceId));
          expect(at(read.users)).toEqual(words(decision.userId));
          expect(at(read.emails)).toEqual(words(decision.claims.email));
          expect(at(read.employeeIds)).toEqual(words(decision.claims.employeeId));
          expect(read.candidates.get(index) ?? []).toEqual(candidates);
          expect(read.holders.get(index) ?? {}).toEqual(holders);
        });
      }),
    );
  });

  it('are refused when they are something else', () => {
    expect(() => decodePageFacts(new Uint8Array(3))).toThrow(RangeError);
    const packed = encodePageFacts([]);
    packed[4] = 9;
    expect(() => decodePageFacts(packed)).toThrow(RangeError);
  });
});
