import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldNeedle, foldText, joinSearched } from '#core';
import { bitsOf, packPageText, seqsIn } from './page-text.js';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'ß', 'é', 'Σ', ' ', '-', '😀'), maxLength: 8 });

function hasBits(signature: Uint8Array, bits: readonly number[]): boolean {
  return bits.every((bit) => ((signature[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0);
}

describe('the text of a page', () => {
  it('says who has the needle, as a look at each person would', () => {
    const people = fc.uniqueArray(fc.tuple(fc.nat(2 ** 30), fc.array(word, { maxLength: 3 })), {
      selector: ([seq]) => seq,
      maxLength: 30,
    });
    fc.assert(
      fc.property(
        people,
        word.filter((q) => foldText(q) !== ''),
        (given, q) => {
          const texts = new Map(given.map(([seq, values]) => [seq, joinSearched(values)]));
          const packed = packPageText(texts);
          const needle = foldNeedle(q);
          const expected = [...texts].filter(([, text]) => text.includes(foldText(q))).map(([seq]) => seq);
          expect(seqsIn(packed, needle)).toEqual(expected.sort((a, b) => a - b));
          if (expected.length > 0) expect(hasBits(packed.signature, bitsOf(needle))).toBe(true);
        },
      ),
    );
  });

  it('has a signature that rules most others out', () => {
    const names = Array.from({ length: 500 }, (_, index) => `person ${String(index)} of ${String(index * 7919)}`);
    const { signature } = packPageText(new Map(names.map((name, seq) => [seq, name])));
    const strangers = Array.from({ length: 200 }, (_, index) => `ludmila${String(index)}`);
    const ruledOut = strangers.filter((name) => !hasBits(signature, bitsOf(foldNeedle(name))));
    expect(ruledOut.length).toBeGreaterThan(190);
  });

  it('keeps the beginning of a value that is very long, and its neighbours apart', () => {
    const packed = packPageText(new Map([[3, joinSearched(['x'.repeat(10_000), 'end'])]]));
    expect(packed.lines.byteLength).toBeLessThan(1_000);
    expect(seqsIn(packed, foldNeedle('xxend'))).toEqual([]);
    expect(seqsIn(packed, foldNeedle('END'))).toEqual([3]);
  });
});
