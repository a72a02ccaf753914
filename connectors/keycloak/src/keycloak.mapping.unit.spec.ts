import { type JsonValue, standardAttributes } from '#core';
import { compileMapping, mapRecord } from '#mapping';
import { describe, expect, it } from 'vitest';
import type { Representation } from './keycloak-api.js';
import { keycloak } from './keycloak.connector.js';
import { userRecord } from './user-record.js';

function map(user: Representation) {
  const compiled = compileMapping({
    definition: {
      identity: 'connector',
      attributes: keycloak.defaultMapping.attributes,
      scope: null,
      restricted: { expression: `contains("@groups", '/contractors')`, onMissing: 'regular' },
    },
    attributes: [...standardAttributes],
    sourceIdExpression: keycloak.sourceIdExpression,
  });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  const { bytes } = userRecord(user, ['/contractors']);
  return mapRecord(compiled.mapping, JSON.parse(Buffer.from(bytes).toString('utf8')) as JsonValue);
}

const id = '15557ffe-35fc-4670-9c29-0b937db14998';

describe('the default mapping of keycloak', () => {
  it('reads a user with attributes', () => {
    const { sourceId, values, restricted, problems } = map({
      id,
      username: 'zoe',
      firstName: 'Zoë',
      lastName: "O'Neill",
      email: 'zoe@acme.example',
      enabled: false,
      attributes: {
        employeeId: ['0042'],
        title: ['Buyer'],
        department: ['Operations'],
        location: ['Leeds'],
        managerEmail: ['ann@acme.example'],
        managerId: ['0001'],
      },
    });
    expect(problems).toEqual([]);
    expect(sourceId).toBe(id);
    expect(restricted).toBe(true);
    expect(values).toMatchObject({
      fullName: "Zoë O'Neill",
      email: 'zoe@acme.example',
      employeeId: '0042',
      active: false,
      title: 'Buyer',
      department: 'Operations',
      location: 'Leeds',
      managerEmail: 'ann@acme.example',
      managerEmployeeId: '0001',
    });
  });

  it('is content with a user that has a name to log in by and nothing else', () => {
    expect(map({ id, username: 'zoe' }).values).toMatchObject({ fullName: 'zoe', active: true, email: null });
  });
});

describe('the record of a user', () => {
  it('is the same in whatever order the server gives names and values, and without what is not of the person', () => {
    const one = userRecord({ id, attributes: { b: ['2', '1'], a: ['x'] }, access: { manage: true } }, null);
    const other = userRecord({ id, attributes: { a: ['x'], b: ['1', '2'] }, userProfileMetadata: {} }, null);
    expect(Buffer.from(one.bytes).toString('utf8')).toBe(`{"id":"${id}","attributes":{"a":["x"],"b":["1","2"]}}`);
    expect(other).toEqual(one);
  });

  it('has no identity without an id', () => {
    expect(userRecord({ username: 'zoe' }, null).sourceId).toBeNull();
  });
});
