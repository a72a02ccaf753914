import { describe, expect, it } from 'vitest';
import { foldText } from './fold-text.js';

describe('folding for search', () => {
  it.each([
    ['JANE Doe', 'jane doe'],
    ['Straße', 'STRASSE'],
    ['Jo\u0308rg', 'JÖRG'],
    ['ΟΔΥΣΣΕΥΣ', 'Οδυσσεύς'.normalize('NFD').replaceAll('\u0301', '')],
    ['ＡＢＣ', 'abc'],
  ])('makes %s and %s the same', (one, other) => {
    expect(foldText(one)).toBe(foldText(other));
  });

  it('keeps accents apart', () => {
    expect(foldText('Zoë')).not.toBe(foldText('Zoe'));
  });
});
