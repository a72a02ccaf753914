import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkTarget } from './link-header.js';

describe('linkTarget', () => {
  it.each([
    [
      '<https://a.example/x?page=2>; rel="next", <https://a.example/x?page=9>; rel="last"',
      'https://a.example/x?page=2',
    ],
    ['</x?a=1,2;3>; title="a, b; rel=\\"no\\""; rel=next', '/x?a=1,2;3'],
    ['<a>; rel="prev", <b>; REL="start NEXT"', 'b'],
    ['<a> ; rel = "next" ; x', 'a'],
    ['<a>; rel="prev"; rel="next"', null],
    ['<a>; rel="nextish", <b>', null],
    ['', null],
    [undefined, null],
  ])('finds in %s the next page: %s', (header, target) => {
    expect(linkTarget(header, 'next')).toBe(target);
  });

  it.each([
    'https://a.example/x; rel=next',
    '<a; rel=next',
    '<a>; rel="next',
    '<a>; rel=next junk',
    '<a>; rel=next, junk',
  ])('does not take %s for the end of a list', (header) => {
    expect(() => linkTarget(header, 'next')).toThrow(expect.objectContaining({ code: 'malformedLink' }) as Error);
  });

  it('reads or refuses whatever comes, soon', () => {
    const piece = fc.constantFrom('<', '>', ';', ',', ' ', '"', '\\', '=', 'rel', 'next', 'a');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 300 }), (pieces) => {
        try {
          linkTarget(pieces.join(''), 'next');
        } catch (error) {
          expect(error).toMatchObject({ code: 'malformedLink' });
        }
      }),
    );
  });

  // One that is tried in as many ways as there are choices does not end.
  it.each(['; a', ' ; a ', ' ; a = b ', ' ; a="b" ', ';   a   ', ' '])('refuses many of "%s" before junk', (some) => {
    const header = `<a>${some.repeat(32_000 / some.length)}!"`;
    expect(() => linkTarget(header, 'next')).toThrow(/RFC 8288/);
  });
});
