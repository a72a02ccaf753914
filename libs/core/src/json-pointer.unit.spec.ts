import { expect, it } from 'vitest';
import { fromJsonPointer, toJsonPointer } from './json-pointer.js';

it.each([
  [[], ''],
  [[''], '/'],
  [['attributes', 'custom.level'], '/attributes/custom.level'],
  [['a/b', 'm~n', '~1'], '/a~1b/m~0n/~01'],
])('writes and reads %j', (path, pointer) => {
  expect(toJsonPointer(path)).toBe(pointer);
  expect(fromJsonPointer(pointer)).toEqual(path);
});

it('writes places in lists', () => {
  expect(toJsonPointer(['items', 0])).toBe('/items/0');
});
