import { compile } from '@jmespath-community/jmespath';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expression, tokenSoup } from './arbitraries.spec.js';
import { compileExpression } from './compile-expression.js';

function packageCompiles(source: string): boolean {
  try {
    compile(source);
    return true;
  } catch {
    return false;
  }
}

describe('what is accepted', () => {
  it('is every expression that follows the grammar', () => {
    fc.assert(
      fc.property(expression, (source) => {
        expect(compileExpression(source)).toMatchObject({ ok: true });
      }),
      { numRuns: 500 },
    );
  });

  it('is never something that the package refuses', () => {
    fc.assert(
      fc.property(tokenSoup, (source) => {
        const compiled = compileExpression(source);
        if (compiled.ok) expect(packageCompiles(source)).toBe(true);
        else expect(compiled.problem.position).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is refused with a place inside the source, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (source) => {
        const compiled = compileExpression(source);
        if (compiled.ok) return;
        expect(compiled.problem.position).toBeGreaterThanOrEqual(0);
        expect(compiled.problem.position).toBeLessThanOrEqual(source.length);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    'a.b."c-d"',
    'a || b && !c',
    'people[?age > `20`].{name: name, city: address.city}',
    'people[*].address[].city | [0]',
    'a[?x][0].b * c',
    'a[1:5:2].b',
    'a[::-1]',
    '*.b[*].c',
    'a.[b, c].d',
    '-a + b // c % d',
    'a \u00d7 b \u00f7 c \u2212 d',
    "a ? 'x' : b ? 'y' : 'z'",
    'let $x = a, $y = b in $x == $y',
    'let $x = a in list[?id == $x]',
    "sort_by(list, &name)[0].name | join(', ', [@, 'x'])",
    'let',
    'a ? (b[]) : c',
    'in.let',
  ])('includes %s', (source) => {
    expect(compileExpression(source)).toMatchObject({ ok: true });
    expect(packageCompiles(source)).toBe(true);
  });
});
