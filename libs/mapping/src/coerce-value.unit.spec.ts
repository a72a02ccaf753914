import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '#core';
import { document } from './arbitraries.spec.js';
import { coerceValue, type ValueType } from './coerce-value.js';

const types: ValueType[] = ['string', 'number', 'boolean', 'date', 'string[]', 'email'];

function accepted(value: JsonValue, type: ValueType) {
  const coercion = coerceValue(value, type);
  return coercion.ok ? coercion.value : `refused ${coercion.actual}`;
}

describe('blank', () => {
  it.each(types)('is null for %s', (type) => {
    expect([null, '', ' ', '\t\u00a0\n'].map((value) => accepted(value, type))).toEqual([null, null, null, null]);
  });
});

describe('string', () => {
  it.each<[JsonValue, JsonValue]>([
    [' Zoë ', ' Zoë '],
    ['Zoe\u0308', 'Zoe\u0308'],
    [42, '42'],
    [-0, '0'],
    [2.5, '2.5'],
    [1e21, '1000000000000000000000'],
    ['9007199254740993', '9007199254740993'],
    ['lone \ud800', 'lone \ufffd'],
    [true, 'refused boolean'],
    [['a'], 'refused array of (string)'],
    [[], 'refused empty array'],
    [{ a: 1 }, 'refused object'],
  ])('%j → %j', (value, expected) => {
    expect(accepted(value, 'string')).toBe(expected);
  });
});

describe('number', () => {
  it.each<[JsonValue, JsonValue]>([
    [42, 42],
    [-0, 0],
    [' 42 ', 42],
    ['-2.50', -2.5],
    ['1e3', 1000],
    ['-0', 0],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', '9007199254740993'],
    ['-123456789012345678901234567890', '-123456789012345678901234567890'],
    ['1,000', 'refused string'],
    ['1 000', 'refused string'],
    ['0x10', 'refused string'],
    ['+1', 'refused string'],
    ['007', 'refused string'],
    ['.5', 'refused string'],
    ['1.', 'refused string'],
    ['1e400', 'refused string'],
    ['Infinity', 'refused string'],
    ['NaN', 'refused string'],
    ['١٢', 'refused string'],
    [true, 'refused boolean'],
    [[1], 'refused array of (number)'],
  ])('%j → %j', (value, expected) => {
    expect(accepted(value, 'number')).toBe(expected);
  });
});

describe('boolean', () => {
  it.each<[JsonValue, JsonValue]>([
    [true, true],
    [false, false],
    [1, true],
    [0, false],
    [-0, false],
    ['TRUE', true],
    [' yes ', true],
    ['Y', true],
    ['1', true],
    ['False', false],
    ['no', false],
    ['n', false],
    ['0', false],
    [2, 'refused number'],
    ['on', 'refused string'],
    ['active', 'refused string'],
    [[true], 'refused array of (boolean)'],
    [{}, 'refused object'],
  ])('%j → %j', (value, expected) => {
    expect(accepted(value, 'boolean')).toBe(expected);
  });
});

describe('date', () => {
  it.each<[JsonValue, JsonValue]>([
    ['2024-02-29', '2024-02-29'],
    [' 2024-12-31 ', '2024-12-31'],
    ['2024-03-04T23:30:00-08:00', '2024-03-04'],
    ['2024-03-04t00:00:60.123z', '2024-03-04'],
    ['2023-02-29', 'refused string'],
    ['1900-02-29', 'refused string'],
    ['2000-02-29', '2000-02-29'],
    ['2024-00-10', 'refused string'],
    ['2024-13-01', 'refused string'],
    ['2024-04-31', 'refused string'],
    ['0000-01-01', 'refused string'],
    ['03/04/2024', 'refused string'],
    ['04.03.2024', 'refused string'],
    ['20240304', 'refused string'],
    ['2024-3-4', 'refused string'],
    ['2024-03-04T25:00:00Z', 'refused string'],
    ['2024-02-30T00:00:00Z', 'refused string'],
    ['2024-03-04T00:00:00', 'refused string'],
    ['March 4, 2024', 'refused string'],
    [1709510400000, 'refused number'],
  ])('%j → %j', (value, expected) => {
    expect(accepted(value, 'date')).toBe(expected);
  });

  it('agrees with the calendar on every day', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString();
          expect(accepted(day, 'date')).toBe(day.slice(0, 10));
        },
      ),
    );
  });
});

describe('string[]', () => {
  it.each<[JsonValue, JsonValue]>([
    [
      ['b', 'a', 'b'],
      ['b', 'a'],
    ],
    [
      [null, 'a', '', ' ', 7],
      ['a', '7'],
    ],
    ['one', ['one']],
    [7, ['7']],
    [[], null],
    [[null], null],
    [['a', true], 'refused array of (string | boolean)'],
    [[['a']], 'refused array of (array)'],
    [{ a: 1 }, 'refused object'],
    [true, 'refused boolean'],
  ])('%j → %j', (value, expected) => {
    expect(accepted(value, 'string[]')).toEqual(expected);
  });
});

describe('e-mail', () => {
  it.each<[JsonValue, JsonValue]>([
    ["Zoë.O'Neil+hr@mail.example.com", "Zoë.O'Neil+hr@mail.example.com"],
    [' ada@example.com\n', 'ada@example.com'],
    ['ada@intranet', 'ada@intranet'],
    ['ada', 'refused string'],
    ['@example.com', 'refused string'],
    ['ada@', 'refused string'],
    ['ada@@example.com', 'refused string'],
    ['ada@example..com', 'refused string'],
    ['ada@.example.com', 'refused string'],
    ['ada@example.com.', 'refused string'],
    ['ada lovelace@example.com', 'refused string'],
    ['a@b.c, d@e.f', 'refused string'],
    ['ada\u0000@example.com', 'refused string'],
    [`${'a'.repeat(65)}@example.com`, 'refused string'],
    [`a@${'b.'.repeat(130)}c`, 'refused string'],
    [7, 'refused number'],
    [['ada@example.com'], 'refused array of (string)'],
  ])('%j → %j', (value, expected) => {
    expect(accepted(value, 'email')).toBe(expected);
  });
});

it('what was accepted is accepted again unchanged, after a journey through JSON too', () => {
  fc.assert(
    fc.property(document, fc.constantFrom(...types), (value, type) => {
      const first = coerceValue(value, type);
      if (!first.ok) return;
      expect(coerceValue(JSON.parse(JSON.stringify(first.value)) as JsonValue, type)).toEqual(first);
    }),
    { numRuns: 1_000 },
  );
});
