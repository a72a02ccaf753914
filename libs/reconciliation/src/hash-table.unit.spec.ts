import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HashTable } from './hash-table.js';

describe('HashTable', () => {
  it('keeps the first value under each hash, as a map does', () => {
    const word = fc.oneof(fc.nat({ max: 3 }), fc.integer({ min: 0, max: 0xffff_ffff }));
    const entries = fc.array(
      fc.tuple(
        word,
        word.filter((low) => low !== 0),
      ),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(entries, (hashes) => {
        const table = new HashTable(hashes.length);
        const map = new Map<string, number>();
        hashes.forEach(([high, low], value) => {
          const key = `${String(high)} ${String(low)}`;
          expect(table.get(high, low)).toBe(map.get(key) ?? -1);
          expect(table.insert(high, low, value)).toBe(map.get(key) ?? -1);
          if (!map.has(key)) map.set(key, value);
          expect(table.get(high, low)).toBe(map.get(key));
        });
      }),
    );
  });

  it('refuses more than it was made for instead of searching for ever', () => {
    const table = new HashTable(0);
    expect(() => {
      for (let low = 1; low < 100; low += 1) table.insert(0, low, low);
    }).toThrow(RangeError);
  });
});
