import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedFields, fieldChanges, merged } from './field-changes.js';

describe('fieldChanges', () => {
  it.each([
    [{ a: 1 }, { a: 1 }, []],
    [{ a: 1 }, { a: 2 }, [['a', 1, 2]]],
    [
      { a: { b: 1, c: 1 } },
      { a: { b: 1, d: 2 } },
      [
        ['a.c', 1, undefined],
        ['a.d', undefined, 2],
      ],
    ],
    [{ a: ['x'] }, { a: ['x', 'y'] }, [['a', ['x'], ['x', 'y']]]],
    [{ a: null }, { a: { b: 1 } }, [['a.b', undefined, 1]]],
    [{ a: { b: 1 } }, { a: null }, [['a', { b: 1 }, null]]],
    [
      undefined,
      { a: { b: 1 }, c: {} },
      [
        ['a.b', undefined, 1],
        ['c', undefined, {}],
      ],
    ],
  ])('%j to %j', (before, after, expected) => {
    const found = fieldChanges(before, after).map((change) => [change.field, change.before, change.after]);
    expect(found).toEqual(expected);
  });
});

describe('merged', () => {
  it('leaves what is not given, in objects within too', () => {
    const present = { a: 1, b: { c: 2, d: [1] } };
    expect(merged(present, { b: { d: [2] }, e: null })).toEqual({ a: 1, b: { c: 2, d: [2] }, e: null });
  });

  it('changes nothing the second time', () => {
    const object = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(object, object, (present, given) => {
        const once = merged(present, given);
        expect(fieldChanges(once, merged(once, given))).toEqual([]);
      }),
    );
  });
});

describe('changedFields', () => {
  it('are those that are given and different', () => {
    expect(changedFields({ a: 1, b: { c: 1 } }, { a: 1, b: { c: 2 }, d: undefined, e: 3 })).toEqual({
      b: { c: 2 },
      e: 3,
    });
  });
});
