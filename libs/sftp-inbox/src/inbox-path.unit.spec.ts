import { describe, expect, it } from 'vitest';
import { pathSteps } from './inbox-path.js';

describe('pathSteps', () => {
  it.each([
    ['', []],
    ['.', []],
    ['/', []],
    ['uploads/a.csv', ['uploads', 'a.csv']],
    ['/uploads//./a.csv', ['uploads', 'a.csv']],
    ['uploads/x/../a.csv', ['uploads', 'a.csv']],
    ['re\u0301sume\u0301.csv', ['r\u00e9sum\u00e9.csv']],
    ['..a/a..', ['..a', 'a..']],
  ])('reads %j from the top of the account', (path, steps) => {
    expect(pathSteps(path)).toEqual(steps);
  });

  it.each([
    '..',
    '/..',
    'uploads/../../a',
    '../ten_b/int_b',
    'a\\..\\b',
    'a\0b',
    'a\nb',
    'a\uFFFDb',
    'x'.repeat(256),
    'é'.repeat(128),
    'x/'.repeat(600),
  ])('refuses %j', (path) => {
    expect(() => pathSteps(path)).toThrow(expect.objectContaining({ refusal: 'permissionDenied' }) as Error);
  });
});
