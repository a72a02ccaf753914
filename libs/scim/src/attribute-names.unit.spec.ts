import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#core';
import { findKey, readAttribute, removeAttribute, writeAttribute } from './attribute-names.js';
import { applyPatch } from './apply-patch.js';
import { readPatch } from './patch-request.js';
import { readResource } from './read-resource.js';
import { userType } from './resource-type.js';

function many(count: number): JsonObject {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${String(index)}`, index]));
}

describe.each([3, 300])('an object of %i keys', (count) => {
  it('has an attribute under whatever case, before and after it is changed', () => {
    const object = many(count);
    expect(findKey(object, 'KEY1')).toBe('key1');
    expect(readAttribute(object, 'Key2')).toBe(2);
    expect(findKey(object, 'other')).toBeUndefined();
    writeAttribute(object, 'KEY1', 'x');
    writeAttribute(object, 'Other', 'y');
    expect([object['key1'], findKey(object, 'oTHER'), Object.keys(object).length]).toEqual(['x', 'Other', count + 1]);
    removeAttribute(object, 'OTHER');
    removeAttribute(object, 'KEY1');
    expect([findKey(object, 'other'), findKey(object, 'key1')]).toEqual([undefined, undefined]);
    writeAttribute(object, 'oTher', 'z');
    expect(readAttribute(object, 'OTHER')).toBe('z');
  });

  it('with two of a name gives the first, then the other', () => {
    const object: JsonObject = { ...many(count), One: 1, oNE: 2 };
    expect(readAttribute(object, 'one')).toBe(1);
    removeAttribute(object, 'one');
    expect(readAttribute(object, 'one')).toBe(2);
    removeAttribute(object, 'one');
    expect(findKey(object, 'one')).toBeUndefined();
  });
});

it('very many attributes are written and changed', () => {
  const all = many(20_000);
  expect(readResource({ userName: 'a', ...all }, userType)).toMatchObject(all);
  const operations = [
    { op: 'add', value: all },
    { op: 'replace', path: 'name', value: all },
  ];
  const patched = applyPatch({ userName: 'a', name: {} }, readPatch({ Operations: operations }, userType), userType);
  expect([Object.keys(patched).length, patched['name']]).toEqual([20_003, all]);
});
