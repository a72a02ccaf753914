import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attributes, newId, standardAttributes, type User, type UserId } from '#core';
import { compileFilter } from './compile-filter.js';
import { comparePlaces, parseOrder, placeOf } from './field-order.js';
import { narrowFilter } from './narrow-filter.js';
import { parseFilter } from './parse-filter.js';
import { UserFields } from './user-field.js';

const custom = (name: string, type: 'string[]' | 'number') => ({
  ...standardAttributes[4]!,
  name,
  type,
  standard: false,
});
const fields = new UserFields([
  ...standardAttributes,
  custom('custom.tags', 'string[]'),
  custom('custom.level', 'number'),
]);
const tenantId = newId('tenant');

function user(id: string, attributes: Attributes, parts: Partial<User> = {}): User {
  return {
    id: id as UserId,
    tenantId,
    version: 1,
    status: 'active',
    role: 'regular',
    owner: null,
    attributes,
    deactivation: null,
    manager: null,
    lastWrites: {},
    createdAt: '2026-01-05T08:00:00.000Z',
    updatedAt: '2026-02-05T08:00:00.000Z',
    ...parts,
  };
}

const people = [
  user('ana', {
    fullName: 'Ana Weiß',
    email: 'Ana@x.y',
    title: 'Head of Sales',
    'custom.tags': ['Remote', 'x'],
  }),
  user('bo', { fullName: 'Bo', employeeId: ' E7', department: 'Sales', hireDate: '2025-03-01', 'custom.level': 3 }),
  user(
    'cy',
    { fullName: 'Cy', 'custom.level': '9007199254740993' },
    { status: 'deactivated', createdAt: '2026-01-06T00:00:00.000Z' },
  ),
];

function matching(text: string): string {
  const result = parseFilter(text, fields);
  if (!result.ok) throw new Error(`${result.problem.message} (${String(result.problem.position)})`);
  return people
    .filter(compileFilter(result.filter))
    .map(({ id }) => id)
    .join(' ');
}

describe('a filter', () => {
  it.each([
    ['fullName eq "BO"', 'bo'],
    ['FULLNAME EQ "ana weiss"', 'ana'],
    ['fullName ne "bo"', 'ana cy'],
    ['title co "SALES"', 'ana'],
    ['title sw "head" and title ew "sales"', 'ana'],
    ['department pr', 'bo'],
    ['department eq null', 'ana cy'],
    ['not (department pr) and status eq "active"', 'ana'],
    ['email eq " ana@X.Y "', 'ana'],
    ['employeeId eq "e7"', 'bo'],
    ['fullName gt "b" and fullName le "bo"', 'bo'],
    ['hireDate ge "2025-03-01" and hireDate lt "2025-04-01"', 'bo'],
    ['createdAt gt "2026-01-05T09:00:00+01:00"', 'cy'],
    ['createdAt lt "2026-01-06"', 'ana bo'],
    ['active eq true', 'ana bo'],
    ['active eq false', 'cy'],
    ['custom.tags eq "remote"', 'ana'],
    ['custom.tags ne "remote"', 'bo cy'],
    ['custom.level gt 2.5', 'bo cy'],
    ['custom.level eq 9007199254740993', 'cy'],
    ['custom.level gt 9007199254740992', 'cy'],
    ['id eq "cy" or id eq "ana"', 'ana cy'],
    ['fullName eq "bo" or fullName eq "cy" and status eq "active"', 'bo'],
    ['(fullName eq "bo" or fullName eq "cy") and not (status eq "active")', 'cy'],
    ['fullName eq "\\u0062o"', 'bo'],
    ['owner eq null', 'ana bo cy'],
  ])('%s', (text, ids) => {
    expect(matching(text)).toBe(ids);
  });

  it.each([
    ['', 0, 'An attribute'],
    ['title', 5, 'An operator is expected here: eq, ne'],
    ['title is "x"', 6, 'An operator'],
    ['title eq', 8, 'A value'],
    ['title eq Cook', 9, 'A value'],
    ["title eq 'Cook'", 9, 'double quotes'],
    ['title eq "Cook', 9, 'closing quote'],
    ['title eq "\\x"', 9, 'JSON string'],
    ['title eq "x" "y"', 13, 'and, or, or the end'],
    ['(title pr', 9, 'closing parenthesis'],
    ['title pr)', 8, 'no opening parenthesis'],
    ['not title pr', 4, 'after not'],
    ['title pr and', 12, 'An attribute'],
    ['nosuch pr', 0, 'no such attribute. Known: fullName'],
    ['emails[type eq "work"]', 6, 'not known here'],
    ['title gt 7', 9, 'title takes text'],
    ['active gt true', 7, 'active can be compared by eq, ne or pr'],
    ['hireDate eq "soon"', 12, 'a date'],
    ['status eq "gone"', 10, 'one of: "active"'],
    ['custom.level co "7"', 13, 'can be compared by'],
    ['title gt null', 9, 'null stands after eq or ne'],
    ['updatedAt lt "yesterday"', 13, 'an instant'],
  ])('that is wrong says where and what was expected: %s', (text, position, message) => {
    const result = parseFilter(text, fields);
    expect(result).toMatchObject({
      ok: false,
      problem: { position, message: expect.stringContaining(message) as string },
    });
  });

  it('has an end to its size', () => {
    expect(parseFilter(`${'('.repeat(30)}title pr${')'.repeat(30)}`, fields)).toMatchObject({ ok: false });
    expect(parseFilter(Array.from({ length: 101 }, () => 'title pr').join(' or '), fields)).toMatchObject({
      ok: false,
    });
  });

  it('is read, or refused with a place within it, whatever the text', () => {
    const piece = fc.constantFrom(
      'title',
      'pr',
      'eq',
      'and',
      'or',
      'not',
      '(',
      ')',
      '"x"',
      '7',
      'null',
      ' ',
      '"',
      '\\',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(' ')),
    );
    fc.assert(
      fc.property(text, (given) => {
        const result = parseFilter(given, fields);
        if (result.ok) people.forEach(compileFilter(result.filter));
        else expect(result.problem.position).toBeLessThanOrEqual(given.length);
      }),
    );
  });
});

describe('what a store can look up', () => {
  it.each([
    ['email eq "A@x.y" and title pr', { emailKey: 'a@x.y' }],
    [
      'employeeId eq " E7" and (status eq "active" and owner eq "int_1")',
      { employeeIdKey: 'e7', status: 'active', integrationId: 'int_1' },
    ],
    ['email eq "a@x.y" or title pr', {}],
    ['not (email eq "a@x.y")', {}],
    ['email ne "a@x.y"', {}],
    ['owner eq null', {}],
  ])('%s', (text, filter) => {
    const result = parseFilter(text, fields);
    expect(result.ok && narrowFilter(result.filter)).toEqual(filter);
  });
});

describe('an order', () => {
  const sorted = (text: string) => {
    const order = parseOrder(text, fields)!;
    return [...people]
      .sort((a, b) => comparePlaces(order, placeOf(order, a), placeOf(order, b)))
      .map(({ id }) => id)
      .join(' ');
  };

  it('puts blank values last, either way, and equals in order of id', () => {
    expect(sorted('custom.level')).toBe('bo cy ana');
    expect(sorted('-custom.level')).toBe('cy bo ana');
    expect(sorted('-fullName')).toBe('cy bo ana');
    expect(sorted('createdAt')).toBe('ana bo cy');
  });

  it('is none by what has several values, or is not there', () => {
    expect(parseOrder('custom.tags', fields)).toBeNull();
    expect(parseOrder('nosuch', fields)).toBeNull();
  });
});
