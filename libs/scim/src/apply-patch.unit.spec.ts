import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '#core';
import { applyPatch } from './apply-patch.js';
import { readPatch } from './patch-request.js';
import { groupType, userType } from './resource-type.js';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const ana: JsonObject = {
  schemas: [core, enterprise],
  userName: 'ana@x.y',
  active: true,
  name: { givenName: 'Ana', familyName: 'Weiß' },
  emails: [
    { type: 'work', value: 'ana@x.y', primary: true },
    { type: 'home', value: 'ana@home.z' },
  ],
  [enterprise]: { department: 'Sales', employeeNumber: '7' },
};

function patched(...operations: JsonValue[]): JsonObject {
  const { schemas: _, ...rest } = applyPatch(ana, readPatch({ Operations: operations }, userType), userType);
  return rest;
}

const { schemas: _, ...unchanged } = ana;
const [work, home] = ana['emails'] as [JsonObject, JsonObject];

describe('a PATCH', () => {
  it.each<[string, JsonValue, JsonObject]>([
    ['sets a value', { op: 'replace', path: 'title', value: 'Cook' }, { title: 'Cook' }],
    ['in any case', { op: 'Replace', path: 'USERNAME', value: 'a' }, { userName: 'a' }],
    ['Entra’s booleans', { op: 'Replace', path: 'active', value: 'False' }, { active: false }],
    ['a single value as a list', { op: 'Replace', path: 'title', value: [{ value: 'Cook' }] }, { title: 'Cook' }],
    ['without a path', { op: 'replace', value: { active: false, ID: 'x' } }, { active: false }],
    [
      'dotted keys',
      { op: 'replace', value: { 'name.givenName': 'Anna' } },
      { name: { givenName: 'Anna', familyName: 'Weiß' } },
    ],
    [
      'keys with a URN',
      { op: 'add', value: { [`${enterprise}:department`]: 'R&D' } },
      { [enterprise]: { department: 'R&D', employeeNumber: '7' } },
    ],
    [
      'an extension as an object',
      { op: 'replace', value: { [enterprise]: { DEPARTMENT: 'R&D' } } },
      { [enterprise]: { department: 'R&D', employeeNumber: '7' } },
    ],
    [
      'an extension by its path',
      { op: 'add', path: enterprise, value: { costCenter: '1' } },
      { [enterprise]: { department: 'Sales', employeeNumber: '7', costCenter: '1' } },
    ],
    [
      'a value filter as a key',
      { op: 'replace', value: { 'emails[type eq "work"].value': 'b@x.y' } },
      { emails: [{ ...work, value: 'b@x.y' }, home] },
    ],
    [
      'a manager by id',
      { op: 'Add', path: `${enterprise}:manager`, value: 'bo' },
      { [enterprise]: { department: 'Sales', employeeNumber: '7', manager: { value: 'bo' } } },
    ],
    [
      'a value that nobody has yet',
      { op: 'Add', path: 'phoneNumbers[type eq "work"].value', value: '1' },
      { phoneNumbers: [{ type: 'work', value: '1' }] },
    ],
    [
      'a value of two rules that nobody has yet',
      { op: 'Replace', path: 'addresses[type eq "work" and primary eq "True"].locality', value: 'Bern' },
      { addresses: [{ type: 'work', primary: true, locality: 'Bern' }] },
    ],
    [
      'the preferred value',
      { op: 'add', path: 'emails', value: [{ type: 'other', value: 'o', primary: true }] },
      { emails: [{ ...work, primary: false }, home, { type: 'other', value: 'o', primary: true }] },
    ],
    ['what is there already', { op: 'add', path: 'emails', value: [{ type: 'work', value: 'ana@x.y' }] }, {}],
    ['a list', { op: 'replace', path: 'emails', value: [home] }, { emails: [home] }],
    ['one value of a list', { op: 'replace', path: 'emails', value: home }, { emails: [home] }],
    ['what no schema knows', { op: 'add', path: 'shoeSize', value: 43 }, { shoeSize: 43 }],
    ['keys that are no paths', { op: 'add', value: { 'shoe size': 43 } }, { 'shoe size': 43 }],
    [
      'other extensions',
      { op: 'add', value: { 'urn:x:company:1.0:User': { badge: 7 } } },
      { 'urn:x:company:1.0:User': { badge: 7 } },
    ],
    [
      'parts of other extensions',
      { op: 'add', path: 'urn:x:company:1.0:User:badge', value: 7 },
      { 'urn:x:company:1.0:User': { badge: 7 } },
    ],
    [
      'the core schema’s object',
      { op: 'replace', value: { [core.toUpperCase()]: { TITLE: 'Cook', 'name.givenName': 'Anna' } } },
      { title: 'Cook', name: { givenName: 'Anna', familyName: 'Weiß' } },
    ],
    [
      'the core schema’s URN as a path',
      { op: 'add', path: core, value: { [`${core}:title`]: 'Cook', USERNAME: 'a' } },
      { title: 'Cook', userName: 'a' },
    ],
    ['removes by filter', { op: 'remove', path: 'emails[type eq "home"]' }, { emails: [work] }],
    [
      'removes a part',
      { op: 'remove', path: 'emails[type eq "work"].primary' },
      { emails: [{ type: 'work', value: 'ana@x.y' }, home] },
    ],
    ['removes by values', { op: 'remove', path: 'emails', value: [{ value: 'ana@x.y' }] }, { emails: [home] }],
    ['removes what is not there', { op: 'remove', path: 'phoneNumbers[type eq "work"]' }, {}],
    ['writes no password', { op: 'replace', path: 'password', value: 'secret' }, {}],
    ['writes no group', { op: 'add', path: 'groups', value: [{ value: 'g' }] }, {}],
  ])('%s', (_name, operation, changes) => {
    expect(patched(operation)).toEqual({ ...unchanged, ...changes });
  });

  it('removes an attribute, a part and an extension, also by a blank value', () => {
    expect(patched({ op: 'remove', path: 'name.givenName' })).toEqual({ ...unchanged, name: { familyName: 'Weiß' } });
    expect(Object.keys(patched({ op: 'remove', path: 'emails' }))).not.toContain('emails');
    expect(Object.keys(patched({ op: 'replace', path: 'name', value: null }))).not.toContain('name');
    expect(Object.keys(patched({ op: 'remove', path: enterprise }))).not.toContain(enterprise);
    expect(
      Object.keys(
        patched(
          { op: 'remove', path: `${enterprise}:department` },
          { op: 'Replace', path: `${enterprise}:employeeNumber`, value: '' },
        ),
      ),
    ).not.toContain(enterprise);
  });

  it('leaves the resource that it is given as it was', () => {
    const before = structuredClone(ana);
    patched(
      { op: 'replace', path: 'name.givenName', value: 'x' },
      { op: 'remove', path: 'emails[type eq "work"].value' },
    );
    expect(ana).toEqual(before);
  });

  it('names the extensions that it brings among the schemas', () => {
    const bare = { schemas: [core], userName: 'a' };
    const { schemas } = applyPatch(
      bare,
      readPatch({ operations: [{ op: 'add', path: `${enterprise}:division`, value: 'd' }] }, userType),
      userType,
    );
    expect(schemas).toEqual([core, enterprise]);
  });

  it.each<[string, JsonValue, string]>([
    ['no operations', {}, 'invalidSyntax'],
    ['an unknown operation', { Operations: [{ op: 'move', path: 'a' }] }, 'invalidSyntax'],
    ['a removal of nothing named', { Operations: [{ op: 'remove' }] }, 'noTarget'],
    ['no path and no object', { Operations: [{ op: 'add', value: 'x' }] }, 'invalidValue'],
    ['a path that is none', { Operations: [{ op: 'add', path: 'a b', value: 'x' }] }, 'invalidPath'],
    ['a removal of the name', { Operations: [{ op: 'remove', path: 'userName' }] }, 'invalidValue'],
    ['a wrong type', { Operations: [{ op: 'replace', path: 'active', value: 'perhaps' }] }, 'invalidValue'],
    [
      'a filter that makes nothing',
      { Operations: [{ op: 'add', path: 'photos[type ne "work"].value', value: 'x' }] },
      'noTarget',
    ],
    [
      'more than a thousand',
      { Operations: Array.from({ length: 1_001 }, () => ({ op: 'add', path: 'a', value: 1 })) },
      'invalidSyntax',
    ],
    ['an object’s prototype', { Operations: [{ op: 'add', path: 'name.__proto__', value: { x: 1 } }] }, 'invalidPath'],
  ])('refuses %s', (_name, body, scimType) => {
    expect(() => applyPatch(ana, readPatch(body, userType), userType)).toThrow(
      expect.objectContaining({ status: 400, scimType }),
    );
  });

  it('cannot reach what every object has', () => {
    for (const path of ['constructor.prototype.reached', 'name.constructor', 'x.__proto__', '$ref.__proto__']) {
      try {
        applyPatch(ana, readPatch({ Operations: [{ op: 'add', path, value: 1 }] }, userType), userType);
      } catch {
        // refused is as good as harmless
      }
    }
    expect({}).not.toHaveProperty('reached');
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it('takes Okta’s new name of a group, which comes with the group’s id', () => {
    const group = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Old' };
    const body = { Operations: [{ op: 'replace', value: { id: 'scm_1', displayName: 'New' } }] };
    expect(applyPatch(group, readPatch(body, groupType), groupType)).toEqual({ ...group, displayName: 'New' });
  });
});
