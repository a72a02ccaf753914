import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Claimant, FairSlots } from './fair-slots.js';

interface Named extends Claimant {
  name: string;
  share: readonly string[];
}

/** `a/x` is for `x` of `a`. */
function named(name: string): Named {
  return { name, share: name.replace(/\d+$/, '').split('/') };
}

function many(count: number, share: string): Named[] {
  return Array.from({ length: count }, (_, n) => named(`${share}${String(n)}`));
}

/** Gives out slots until all who wait have to go on waiting; those who got one, in this order. */
function fill(slots: FairSlots, waiting: readonly Named[]): string[] {
  const got: Named[] = [];
  for (;;) {
    const next = slots.next(waiting.filter((one) => !got.includes(one)));
    if (next === undefined) return got.map(({ name }) => name);
    slots.take(next);
    got.push(next);
  }
}

const sizes = [1, 2, 3, 4, 8, 16] as const;

describe('fair slots', () => {
  it('give one alone three quarters, and never less than one', () => {
    const most = sizes.map((size) => fill(new FairSlots(size), many(20, 'a')).length);
    expect(most).toEqual([1, 1, 2, 3, 6, 12]);
  });

  it('give all to what is for nobody in particular, in its order', () => {
    const waiting = many(5, 'a').map(({ name }) => ({ name, share: [] }));
    expect(fill(new FairSlots(3), waiting)).toEqual(['a0', 'a1', 'a2']);
  });

  it('let those go first who hold least', () => {
    const waiting = [...many(3, 'a'), ...many(3, 'b'), ...many(1, 'c')];
    expect(fill(new FairSlots(16), waiting)).toEqual(['a0', 'b0', 'c0', 'a1', 'b1', 'a2', 'b2']);
  });

  it('hold with a single slot, too: in turn, if it is given back', () => {
    const slots = new FairSlots(1);
    const [first, second] = [named('a'), named('b')];
    slots.take(first);
    expect(slots.next([named('a'), second])).toBeUndefined();
    slots.giveBack(first);
    expect(slots.next([second, first])).toBe(second);
  });

  it('leave somebody who hangs once room for more, however much others hang', () => {
    const slots = new FairSlots(16);
    expect(fill(slots, many(100, 'a'))).toHaveLength(12);
    expect(fill(slots, many(1, 'b'))).toHaveLength(1);
    expect(fill(slots, [named('b9')])).toEqual(['b9']);
    expect(fill(slots, many(100, 'b'))).toEqual([]);
    expect(fill(slots, many(100, 'c'))).toEqual(['c0']);
    expect(fill(slots, many(100, 'd'))).toEqual(['d0']);
  });

  it('are shared out by integration within a tenant by the same rule', () => {
    const slots = new FairSlots(16);
    expect(fill(slots, many(100, 'a/x'))).toHaveLength(9);
    expect(fill(slots, [...many(1, 'a/x'), ...many(1, 'a/y')])).toEqual(['a/y0']);
    expect(fill(slots, many(100, 'b/x'))).toHaveLength(2);
    expect(fill(slots, [named('b/x2'), named('b/y'), named('c/x')])).toEqual(['c/x', 'b/y']);
  });

  it('tell integrations of the same name apart', () => {
    const slots = new FairSlots(16);
    fill(slots, many(100, 'a/x'));
    expect(slots.next([named('b/x')])?.name).toBe('b/x');
  });

  it('know nothing any more of those who gave all back', () => {
    const slots = new FairSlots(4);
    const holders = many(3, 'a/x').map((one) => ({ ...one, share: ['a'] }));
    for (const one of holders) slots.take(one);
    for (const one of holders) slots.giveBack(one);
    expect(fill(slots, many(9, 'a'))).toHaveLength(3);
  });

  it('whatever three tenants do, a fourth is never kept waiting, and no slot is given twice', () => {
    const step = fc.record({ tenant: fc.constantFrom('a', 'b', 'c'), integration: fc.constantFrom('x', 'y') });
    const steps = fc.array(fc.oneof({ weight: 4, arbitrary: step }, { weight: 1, arbitrary: fc.nat(15) }), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(steps, fc.constantFrom(8, 16, 17, 40), (taken, size) => {
        const slots = new FairSlots(size);
        const held: Claimant[] = [];
        for (const one of taken) {
          if (typeof one === 'number') {
            const [back] = held.splice(one, 1);
            if (back !== undefined) slots.giveBack(back);
            continue;
          }
          const next = slots.next([{ share: [one.tenant, one.integration] }]);
          if (next === undefined) continue;
          slots.take(next);
          held.push(next);
        }
        expect(held.length).toBeLessThan(size);
        expect(slots.next([{ share: ['d', 'x'] }])).toBeDefined();
      }),
    );
  });
});
