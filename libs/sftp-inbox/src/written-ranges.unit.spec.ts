import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WrittenRanges } from './written-ranges.js';

describe('WrittenRanges', () => {
  it('knows whether all came, in whatever order and however often', () => {
    const pieces = fc.array(fc.tuple(fc.nat(60), fc.nat(12)), { maxLength: 40 });
    fc.assert(
      fc.property(pieces, (writes) => {
        const ranges = new WrittenRanges();
        const bytes = new Set<number>();
        for (const [from, length] of writes) {
          expect(ranges.add(from, from + length)).toBe(true);
          for (let at = from; at < from + length; at += 1) bytes.add(at);
        }
        const end = bytes.size === 0 ? 0 : Math.max(...bytes) + 1;
        expect({ length: ranges.length, isWhole: ranges.isWhole }).toEqual({
          length: end,
          isWhole: bytes.size === end,
        });
      }),
    );
  });

  it('takes no file with a thousand holes', () => {
    const ranges = new WrittenRanges();
    for (let at = 0; at < 1000; at += 1) expect(ranges.add(at * 10, at * 10 + 1)).toBe(true);
    expect(ranges.add(20_000, 20_001)).toBe(false);
  });
});
