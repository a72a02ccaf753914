import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '#core';
import { applyPatch } from './apply-patch.js';
import { readBulk, resolveBulkIds } from './bulk-request.js';
import { listResponse, readWindow } from './list-response.js';
import { readMembers, splitMemberChanges } from './member-changes.js';
import { readPatch } from './patch-request.js';
import { projectAttributes, readProjection, shows } from './project-attributes.js';
import { readResource } from './read-resource.js';
import { namesVersion, versionTag } from './resource-version.js';
import { groupType, userType } from './resource-type.js';
import { errorDocument, ScimError } from './scim-error.js';
import { requestWithoutPasswords } from './without-passwords.js';
import { resourceTypeDocuments, schemaDocuments, serviceProviderConfig } from './service-documents.js';
import { sortResources } from './sort-resources.js';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('a resource that a client writes', () => {
  it('is kept, known attributes under their own names and types', () => {
    const read = readResource(
      {
        schemas: [core, 'urn:x:company:1.0:User'],
        USERNAME: 'ana',
        Active: 'True',
        Emails: [{ Value: 'a@x.y', PRIMARY: 'true', odd: 1 }],
        title: null,
        shoeSize: { left: 43 },
        [enterprise.toUpperCase()]: { Department: 'Sales', manager: 'bo', odd: [] },
        'urn:x:company:1.0:User': { badge: 7 },
      },
      userType,
    );
    expect(read).toEqual({
      schemas: [core, 'urn:x:company:1.0:User', enterprise],
      userName: 'ana',
      active: true,
      emails: [{ value: 'a@x.y', primary: true, odd: 1 }],
      shoeSize: { left: 43 },
      [enterprise]: { department: 'Sales', manager: { value: 'bo' }, odd: [] },
      'urn:x:company:1.0:User': { badge: 7 },
    });
  });

  it('loses what only the server writes, and its password', () => {
    const read = readResource({ userName: 'a', id: 'x', meta: {}, groups: [], Password: 'secret' }, userType);
    expect(read).toEqual({ schemas: [core], userName: 'a' });
  });

  it('is the same when its attributes stand under their schemas’ URNs, in any case', () => {
    const whole = {
      schemas: [core, enterprise],
      userName: 'ana',
      name: { givenName: 'Ana', familyName: 'Weiß' },
      [enterprise]: { department: 'Sales', division: 'x' },
    };
    const enterpriseParts = { [`${enterprise}:Department`]: 'Sales', [`${enterprise}:division`]: 'x' };
    const spelled: JsonObject[] = [
      { [core]: { USERNAME: 'ana', name: whole.name }, [enterprise]: whole[enterprise] },
      { [core.toUpperCase()]: { userName: 'ana', name: { familyName: 'Weiß' } }, [`${core}:Name.givenName`]: 'Ana' },
      { [`${core.toUpperCase()}:USERNAME`]: 'ana', [core]: { [core]: { name: whole.name } } },
      { userName: 'ana', [`${core}:name.givenName`]: 'Ana', [`${core}:name.familyName`]: 'Weiß' },
    ];
    for (const one of spelled) {
      const read = readResource({ ...(enterprise in one ? {} : enterpriseParts), ...one }, userType);
      expect(read, JSON.stringify(one)).toEqual(whole);
    }
  });

  it.each<[string, JsonObject]>([
    ['under the core URN', { [`${core}:password`]: 'P3' }],
    ['in the core schema’s object', { [core]: { password: 'P3' } }],
    ['in both, in any case', { [core.toUpperCase()]: { [`${core}:PASSWORD`]: 'P3' } }],
    ['as a part', { [`${core}:password.value`]: 'P3', 'password.value': 'P3' }],
    ['in an extension', { [enterprise]: { Password: 'P3' }, [`${enterprise}:password`]: 'P3' }],
    [
      'in what no schema knows',
      { 'urn:acme:x': { password: 'P3' }, 'urn:acme:x:password': 'P3', vpn: [{ password: 'P3' }] },
    ],
  ])('has no password %s', (_name, given) => {
    const text = JSON.stringify(readResource({ userName: 'a', ...given }, userType));
    expect(text).not.toMatch(/password|P3/i);
    const patch = {
      Operations: [
        { op: 'add', value: given },
        { op: 'add', path: core, value: given },
      ],
    };
    expect(JSON.stringify(applyPatch({ userName: 'a' }, readPatch(patch, userType), userType))).not.toMatch(/P3/);
  });

  it.each<[string, JsonValue, string, string]>([
    ['is no object', [], 'invalidSyntax', 'object'],
    ['has no name', {}, 'invalidValue', 'userName is required'],
    ['has a blank name', { userName: ' ' }, 'invalidValue', 'userName is required'],
    ['has a number for a text', { userName: 7 }, 'invalidValue', 'userName has to be a text'],
    [
      'has a text for a boolean',
      { userName: 'a', active: 'perhaps' },
      'invalidValue',
      'active has to be true or false',
    ],
    ['has a text for an object', { userName: 'a', name: 'Ana' }, 'invalidValue', 'name has to be an object'],
    ['has a wrong part', { userName: 'a', emails: [{ value: 7 }] }, 'invalidValue', 'emails.value has to be a text'],
    ['names an attribute twice', { userName: 'a', USERNAME: 'b' }, 'invalidSyntax', 'userName is given twice'],
    ['has a wrong extension', { userName: 'a', [enterprise]: 'x' }, 'invalidValue', 'has to be an object'],
    ['has a text for the core schema', { userName: 'a', [core]: 'x' }, 'invalidValue', 'User has to be an object'],
    [
      'has a name in two places',
      { userName: 'a', [core]: { userName: 'b' } },
      'invalidSyntax',
      'userName is given twice',
    ],
    [
      'has a part in two places',
      { userName: 'a', name: { givenName: 'b' }, [`${core}:name.givenName`]: 'c' },
      'invalidSyntax',
      'givenName is given twice',
    ],
    ['has a hostile name', JSON.parse('{"userName":"a","__proto__":{}}') as JsonValue, 'invalidPath', 'this name'],
  ])('is refused when it %s', (_name, body, scimType, detail) => {
    expect(() => readResource(body, userType)).toThrow(
      expect.objectContaining({ status: 400, scimType, message: expect.stringContaining(detail) }),
    );
  });
});

describe('a request’s body without passwords', () => {
  it('has all but them', () => {
    const patch = {
      schemas: ['s'],
      operations: [
        { op: 'replace', path: 'title', value: 'Cook' },
        { op: 'Replace', path: `${core}:PassWord`, value: 'P3' },
        { op: 'add', path: 'emails[password eq "P3"].value', value: 'x' },
        { op: 'add', value: { active: true, [core]: { password: 'P3' }, 'emails[password eq "P3"].value': 'P3' } },
      ],
    };
    const left = {
      schemas: ['s'],
      operations: [
        { op: 'replace', path: 'title', value: 'Cook' },
        { path: 'password', op: 'Replace' },
        { path: 'password', op: 'add' },
        { op: 'add', value: { active: true, [core]: {} } },
      ],
    };
    expect(requestWithoutPasswords(patch)).toEqual(left);
    const bulk = (data: JsonValue) => ({ Operations: [{ method: 'PATCH', path: '/Users/1', data }] });
    expect(requestWithoutPasswords(bulk(patch))).toEqual(bulk(left));
    expect(requestWithoutPasswords(bulk({ userName: 'a', password: 'P3' }))).toEqual(bulk({ userName: 'a' }));
    expect(requestWithoutPasswords([{ PASSWORD: 'P3', passwordChangedAt: 'then' }])).toEqual([
      { passwordChangedAt: 'then' },
    ]);
  });
});

describe('what a client wants to see', () => {
  const ana: JsonObject = {
    schemas: [core, enterprise],
    id: 'u1',
    userName: 'ana',
    name: { givenName: 'Ana', familyName: 'Weiß' },
    emails: [{ value: 'a', type: 'work' }, { value: 'b' }],
    [enterprise]: { department: 'Sales', division: 'x' },
  };
  const seen = (names: { attributes?: string; excludedAttributes?: string }) =>
    projectAttributes(ana, readProjection(names, userType), userType);

  it('is what it names, with id and schemas', () => {
    expect(seen({ attributes: 'USERNAME, name.familyName,name.givenName' })).toEqual({
      schemas: ana['schemas'],
      id: 'u1',
      userName: 'ana',
      name: ana['name'],
    });
    expect(seen({ attributes: `emails.type,${enterprise}:division,title` })).toEqual({
      schemas: ana['schemas'],
      id: 'u1',
      emails: [{ type: 'work' }, {}],
      [enterprise]: { division: 'x' },
    });
  });

  it('is all but what it names', () => {
    const { userName, ...rest } = ana;
    expect(seen({ excludedAttributes: 'userName,id' })).toEqual(rest);
    expect(seen({ excludedAttributes: `Emails,name.givenName,${enterprise}:department` })).toEqual({
      schemas: ana['schemas'],
      id: 'u1',
      userName,
      name: { familyName: 'Weiß' },
      [enterprise]: { division: 'x' },
    });
    expect(seen({ excludedAttributes: '' })).toEqual(ana);
  });

  it('is, or is not, what no schema knows, as a whole or in part', () => {
    const acme = { 'urn:acme:x': { badge: 7, door: 'A' }, 'urn:acme:doors:2.0': { a: 1 }, 'urn:acme:y:badge': 8 };
    const { id: _id, schemas: _schemas, ...ofAna } = ana;
    const parts = (names: { attributes?: string; excludedAttributes?: string }) => {
      const { id, schemas, ...rest } = projectAttributes(
        { ...ana, ...acme },
        readProjection(names, userType),
        userType,
      );
      expect([id, schemas]).toEqual(['u1', ana['schemas']]);
      return rest;
    };
    const { 'urn:acme:x': x, 'urn:acme:doors:2.0': doors, 'urn:acme:y:badge': y } = acme;
    expect(parts({ attributes: 'URN:ACME:X,urn:acme:doors:2.0' })).toEqual({
      'urn:acme:x': x,
      'urn:acme:doors:2.0': doors,
    });
    expect(parts({ attributes: 'urn:acme:x:badge,urn:acme:y:badge' })).toEqual({
      'urn:acme:x': { badge: 7 },
      'urn:acme:y:badge': y,
    });
    expect(parts({ excludedAttributes: 'urn:acme:x,urn:acme:doors:2.0,urn:acme:y:badge' })).toEqual(ofAna);
    expect(parts({ excludedAttributes: 'urn:acme:x:badge' })).toEqual({
      ...ofAna,
      ...acme,
      'urn:acme:x': { door: 'A' },
    });
    expect(parts({ attributes: enterprise })).toEqual({ [enterprise]: ana[enterprise] });
  });

  it('says what need not be read', () => {
    const members = (names: { attributes?: string; excludedAttributes?: string }) =>
      shows(readProjection(names, groupType), 'members');
    expect(members({})).toBe(true);
    expect(members({ excludedAttributes: 'Members' })).toBe(false);
    expect(members({ attributes: 'displayName' })).toBe(false);
    expect(members({ attributes: 'members.value' })).toBe(true);
  });
});

describe('changes of a group’s members', () => {
  const split = (...operations: JsonValue[]) => splitMemberChanges(readPatch({ Operations: operations }, groupType));

  it('are taken out, the last word on each member standing', () => {
    const { rest, members } = split(
      { op: 'Add', path: 'members', value: [{ value: 'a' }, { value: 'b', display: 'Bo' }, { value: 'd' }] },
      { op: 'Remove', path: 'members', value: [{ value: 'b' }] },
      { op: 'remove', path: 'members[value eq "c" or value eq "a"]' },
      { op: 'replace', value: { displayName: 'New', members: [] } },
      { op: 'add', value: { Members: { value: 'e', type: 'User' } } },
    );
    expect(rest.map(({ path }) => path.attribute)).toEqual(['displayName']);
    expect(members).toEqual({
      clear: true,
      put: new Map([['e', { value: 'e', type: 'User' }]]),
      remove: new Set(),
    });
    expect(split({ op: 'remove', path: 'members[value eq "c"]' }).members).toEqual({
      clear: false,
      put: new Map(),
      remove: new Set(['c']),
    });
    expect(split({ op: 'remove', path: 'members' }).members.clear).toBe(true);
  });

  it.each<[string, JsonValue]>([
    ['members without an id', { op: 'add', path: 'members', value: [{ display: 'x' }] }],
    ['members by their names', { op: 'remove', path: 'members[display eq "x"]' }],
    ['parts of members', { op: 'replace', path: 'members[value eq "a"].display', value: 'x' }],
  ])('refuse %s', (_name, operation) => {
    expect(() => split(operation)).toThrow(ScimError);
  });

  it('are read from a whole group, once each', () => {
    expect([...readMembers([{ value: 'a' }, 'b', { VALUE: 'a', display: 'A' }]).values()]).toEqual([
      { value: 'a', display: 'A' },
      { value: 'b' },
    ]);
  });
});

describe('a list', () => {
  it('is cut as asked, within limits', () => {
    expect(readWindow({})).toEqual({ offset: 0, count: 100 });
    expect(readWindow({ startIndex: '0', count: '-1' })).toEqual({ offset: 0, count: 0 });
    expect(readWindow({ startIndex: '11', count: '99999' })).toEqual({ offset: 10, count: 500 });
    expect(() => readWindow({ count: 'many' })).toThrow(ScimError);
    expect(listResponse([{ id: 'a' }], 12, 10)).toMatchObject({ totalResults: 12, startIndex: 11, itemsPerPage: 1 });
  });

  it('is sorted by a value, the preferred of several; blank ones last', () => {
    const resources = [
      { id: '1', emails: [{ value: 'z' }, { value: 'B', primary: true }] },
      { id: '2' },
      { id: '3', emails: [{ value: 'a' }] },
    ];
    const order = (sortOrder?: string) =>
      sortResources(resources, { sortBy: 'Emails', sortOrder }, userType).map(({ id }) => id);
    expect(order()).toEqual(['3', '1', '2']);
    expect(order('descending')).toEqual(['2', '1', '3']);
  });
});

describe('versions, errors and documents', () => {
  it('a version is known by its tag, weak or strong', () => {
    expect(versionTag(3)).toBe('W/"3"');
    expect([' W/"3"', '"3"', '"1", W/"3"', '*'].map((header) => namesVersion(header, 3))).toEqual(Array(4).fill(true));
    expect(namesVersion('W/"33"', 3)).toBe(false);
  });

  it('an error has its status as text', () => {
    expect(errorDocument(ScimError.bad('noTarget', 'd'))).toMatchObject({
      status: '400',
      scimType: 'noTarget',
      detail: 'd',
    });
    expect(errorDocument(new ScimError(404, null, 'd'))).not.toHaveProperty('scimType');
  });

  it('the documents name each schema and kind, with where it is', () => {
    expect(schemaDocuments('https://m/scim').map(({ id }) => id)).toEqual([core, enterprise, groupType.schema.id]);
    expect(resourceTypeDocuments('https://m/scim')[0]).toMatchObject({
      endpoint: '/Users',
      schemaExtensions: [{ schema: enterprise, required: false }],
      meta: { location: 'https://m/scim/ResourceTypes/User' },
    });
    expect(serviceProviderConfig('b', { maxBulkOperations: 5, maxBodyBytes: 6 })).toMatchObject({
      bulk: { maxOperations: 5, maxPayloadSize: 6 },
    });
  });
});

describe('a bulk request', () => {
  it('is read and its ids are filled in', () => {
    const { operations, failOnErrors } = readBulk({
      failOnErrors: 2,
      Operations: [{ method: 'post', path: '/Users', bulkId: 'q', data: { userName: 'a' } }],
    });
    expect(failOnErrors).toBe(2);
    expect(operations[0]).toMatchObject({ method: 'POST', bulkId: 'q', version: null });
    const ids = new Map([['q', 'u1']]);
    expect(resolveBulkIds({ members: [{ value: 'bulkId:q' }], n: 1 }, ids)).toEqual({
      members: [{ value: 'u1' }],
      n: 1,
    });
    expect(resolveBulkIds('/Users/bulkId:q', ids)).toBe('/Users/u1');
    expect(() => resolveBulkIds('bulkId:r', ids)).toThrow(expect.objectContaining({ status: 409 }));
  });

  it.each<[JsonValue, number]>([
    [{}, 400],
    [{ Operations: [{ method: 'GET', path: '/Users' }] }, 400],
    [{ Operations: [{ method: 'POST', path: '/Users' }] }, 400],
    [{ Operations: Array.from({ length: 1_001 }, () => ({})) }, 413],
  ])('is refused when wrong', (body, status) => {
    expect(() => readBulk(body)).toThrow(expect.objectContaining({ status }));
  });
});
