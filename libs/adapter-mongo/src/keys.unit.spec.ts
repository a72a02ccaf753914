import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { key, keysBetween, keysUnder, lastPart } from './keys.js';

const bytes = (text: string) => Buffer.from(text);
const sorted = (texts: string[]) => [...texts].sort((a, b) => bytes(a).compare(bytes(b)));
const isAfter = (text: string, bound: string) => bytes(text).compare(bytes(bound)) > 0;
const isBefore = (text: string, bound: string) => bytes(text).compare(bytes(bound)) < 0;

describe('keys', () => {
  it('sort numbers as numbers', () => {
    const keys = [0, 1, 9, 10, 99, 1_000_000, 999_999_999].map((page) => key('ten_a', 'syn_b', page));
    expect(sorted([...keys].reverse())).toEqual(keys);
  });

  it('have a range that holds every last part and no other key', () => {
    const anyText = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(anyText, fc.constantFrom('ten_a', 'ten_aa', 'ten_b', 'ten_0'), (text, other) => {
        const range = keysUnder(['ten_a', 'int_a']);
        const own = key('ten_a', 'int_a', text);
        expect(isAfter(own, range.$gt) && isBefore(own, range.$lt)).toBe(true);
        const stranger = key(other, other === 'ten_a' ? 'int_b' : 'int_a', text);
        expect(isAfter(stranger, range.$gt) && isBefore(stranger, range.$lt)).toBe(false);
        expect(lastPart(own, ['ten_a', 'int_a'])).toBe(text);
      }),
    );
  });

  it('go on after a last part', () => {
    const range = keysUnder(['ten_a'], 'b');
    expect(isAfter(key('ten_a', 'b'), range.$gt)).toBe(false);
    expect(isAfter(key('ten_a', 'b!'), range.$gt)).toBe(true);
  });

  it('between two numbers end before the second, and at the end of the numbers without one', () => {
    const { $gte, $lt } = keysBetween(['ten_a'], 2, 4);
    const holds = (page: number) => !isBefore(key('ten_a', page), $gte) && isBefore(key('ten_a', page), $lt);
    expect([1, 2, 3, 4].filter(holds)).toEqual([2, 3]);
    expect(isBefore(key('ten_a', 999_999_999), keysBetween(['ten_a'], 0).$lt)).toBe(true);
  });
});
