import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#core';
import { compileScimFilter } from './compile-scim-filter.js';
import { narrowScimFilter } from './narrow-scim-filter.js';
import { parsePatchPath, parseScimFilter } from './parse-scim-filter.js';
import { groupType, userType } from './resource-type.js';
import { ScimError } from './scim-error.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const people: JsonObject[] = [
  {
    id: 'ana',
    userName: 'Ana@x.y',
    externalId: 'E-1',
    active: true,
    name: { familyName: 'Weiß' },
    emails: [
      { type: 'work', value: 'Ana@x.y', primary: true },
      { type: 'home', value: 'ana@home.z' },
    ],
    meta: { lastModified: '2026-01-05T08:00:00.000Z' },
    [enterprise]: { department: 'Sales', manager: { value: 'bo' } },
  },
  {
    id: 'bo',
    userName: 'bo@x.y',
    active: false,
    emails: [{ type: 'home', value: 'work@x.y' }],
    meta: { lastModified: '2026-02-05T08:00:00.000Z' },
    'urn:x:company:1.0:User': { badge: 7 },
    tags: ['Remote', 'x'],
  },
];

function matching(text: string): string {
  const holds = compileScimFilter(parseScimFilter(text, userType));
  return people
    .filter(holds)
    .map(({ id }) => id as string)
    .join(' ');
}

describe('a SCIM filter', () => {
  it.each([
    ['userName eq "ana@X.y"', 'ana'],
    ['USERNAME Eq "ana@x.y"', 'ana'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "BO"', 'bo'],
    ['externalId eq "e-1"', ''],
    ['externalId eq "E-1"', 'ana'],
    ['externalId ne "E-1"', 'bo'],
    ['active eq true', 'ana'],
    ['active eq "False"', 'bo'],
    ['active eq True', 'ana'],
    ['name.familyName eq "WEIß"', 'ana'],
    ['title pr', ''],
    ['title eq null', 'ana bo'],
    ['not (externalId pr)', 'bo'],
    ['emails co "@home"', 'ana'],
    ['emails.value eq "work@x.y"', 'bo'],
    ['emails[type eq "work"]', 'ana'],
    ['emails[type eq "work" and value co "work"]', ''],
    ['emails[type eq "work"].value eq "ana@x.y"', 'ana'],
    ['emails[type eq "work"].value eq "ana@home.z"', ''],
    ['emails[not (type eq "work")].value sw "work"', 'bo'],
    ['emails[primary eq "True"].value pr', 'ana'],
    [`${enterprise}:department eq "sales"`, 'ana'],
    [`${enterprise.toUpperCase()}:manager.value eq "bo"`, 'ana'],
    [`${enterprise} pr`, 'ana'],
    ['urn:x:company:1.0:User:badge gt 6.5', 'bo'],
    ['tags eq "remote"', 'bo'],
    ['meta.lastModified gt "2026-01-05T09:00:00+01:00"', 'bo'],
    ['meta.lastModified ge "2026-01-05T09:00:00+01:00"', 'ana bo'],
    ['userName sw "a" or userName sw "b" and active eq true', 'ana'],
    ['(userName sw "a" or userName sw "b") and active eq false', 'bo'],
    ['userName eq "\\u0061na@x.y"', 'ana'],
    ['constructor pr', ''],
  ])('%s', (text, ids) => {
    expect(matching(text)).toBe(ids);
  });

  it.each([
    ['', 0],
    ['userName', 8],
    ['userName is "x"', 9],
    ['userName eq', 11],
    ['userName eq x', 12],
    ['userName eq "x" "y"', 16],
    ['(userName pr', 12],
    ['userName pr)', 11],
    ['emails[type eq "work"', 21],
    ['emails[]', 7],
    ['emails[type[value pr]]', 11],
    ['active gt true', 7],
    ['.value pr', 0],
    [`${'('.repeat(30)}title pr${')'.repeat(30)}`, 21],
    [Array.from({ length: 101 }, () => 'title pr').join(' or '), 1206],
    ['x'.repeat(9_000), 8_000],
  ])('that is wrong says where: %s', (text, position) => {
    expect(() => parseScimFilter(text, userType)).toThrow(
      expect.objectContaining({
        status: 400,
        scimType: 'invalidFilter',
        message: expect.stringContaining(`At character ${String(position)}: `),
      }),
    );
  });

  it('is looked up by an equality that must hold', () => {
    const narrowed = (text: string, type = userType) => narrowScimFilter(parseScimFilter(text, type));
    expect(narrowed('USERNAME eq "Ana"')).toEqual({ by: 'userName', value: 'Ana' });
    expect(narrowed('active eq true and externalId eq "7"')).toEqual({ by: 'externalId', value: '7' });
    expect(narrowed('emails[type eq "work"].value eq "a@b"')).toEqual({ by: 'email', value: 'a@b' });
    expect(narrowed('emails eq "a@b"')).toEqual({ by: 'email', value: 'a@b' });
    expect(narrowed('members[value eq "u1"]', groupType)).toEqual({ by: 'member', value: 'u1' });
    expect(narrowed('displayName eq "Sales"', groupType)).toEqual({ by: 'displayName', value: 'Sales' });
    expect(narrowed('userName eq "a" or active eq true')).toBeNull();
    expect(narrowed('not (userName eq "a")')).toBeNull();
    expect(narrowed('userName sw "a"')).toBeNull();
    expect(narrowed(`${enterprise}:externalId eq "a"`)).toBeNull();
  });
});

describe('a PATCH path', () => {
  it.each([
    ['active', { urn: null, attribute: 'active', sub: null }],
    ['name.givenName', { urn: null, attribute: 'name', sub: 'givenName' }],
    [`${enterprise}:department`, { urn: enterprise, attribute: 'department', sub: null }],
    [enterprise.toLowerCase(), { urn: enterprise, attribute: null, sub: null }],
    ['urn:ietf:params:scim:schemas:core:2.0:User:name.givenName', { urn: null, attribute: 'name', sub: 'givenName' }],
    ['emails[type eq "work"].value', { urn: null, attribute: 'emails', sub: 'value' }],
    ['urn:x:company:1.0:User:badge', { urn: 'urn:x:company:1.0:User', attribute: 'badge', sub: null }],
  ])('%s', (text, path) => {
    expect(parsePatchPath(text, userType)).toMatchObject(path);
  });

  it.each(['', 'emails[', 'emails[type eq "work"] value', 'a b', 'emails[type eq "work"].value extra'])(
    'that is wrong is refused as such: %s',
    (text) => {
      expect(() => parsePatchPath(text, userType)).toThrow(ScimError);
    },
  );
});
