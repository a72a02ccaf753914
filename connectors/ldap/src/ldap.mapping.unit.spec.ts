import { compileMapping, mapRecord } from '#mapping';
import { type JsonValue, standardAttributes } from '#core';
import { describe, expect, it } from 'vitest';
import { ldap } from './ldap.connector.js';

function map(document: Record<string, JsonValue>) {
  const compiled = compileMapping({
    definition: { identity: 'connector', attributes: ldap.defaultMapping.attributes, scope: null, restricted: null },
    attributes: [...standardAttributes],
    sourceIdExpression: ldap.sourceIdExpression,
  });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return mapRecord(compiled.mapping, document);
}

describe('the default mapping of ldap', () => {
  it('reads an entry of Active Directory', () => {
    const { sourceId, values, problems } = map({
      '@id': '6f9619ff-8b86-d011-b42d-00c04fc964ff',
      '@dn': 'CN=Ålund\\, Søren,OU=Staff,DC=acme,DC=example',
      '@disabled': false,
      '@managerId': '00000000-8b86-d011-b42d-00c04fc964ff',
      cn: ['Ålund, Søren'],
      displayName: ['Søren Ålund'],
      mail: ['soren@acme.example'],
      employeeID: ['0042'],
      title: ['Buyer'],
      department: ['Operations'],
      physicalDeliveryOfficeName: ['Berlin 3'],
    });
    expect(problems).toEqual([]);
    expect(sourceId).toBe('6f9619ff-8b86-d011-b42d-00c04fc964ff');
    expect(values).toEqual({
      fullName: 'Søren Ålund',
      email: 'soren@acme.example',
      employeeId: '0042',
      active: true,
      title: 'Buyer',
      department: 'Operations',
      location: 'Berlin 3',
      managerSourceId: '00000000-8b86-d011-b42d-00c04fc964ff',
    });
  });

  it('reads an inetOrgPerson, with as little as it may have', () => {
    const nothing = { '@id': '1', '@dn': 'uid=1', '@disabled': null, '@managerId': null };
    expect(
      map({ ...nothing, cn: ['Ann Lee'], sn: ['Lee'], employeeNumber: ['7'], departmentNumber: ['9'] }),
    ).toMatchObject({
      problems: [],
      values: { fullName: 'Ann Lee', employeeId: '7', active: true, department: '9' },
    });
    expect(map({ ...nothing, givenName: ['Ann'], sn: ['Lee'] }).values['fullName']).toBe('Ann Lee');
    expect(map(nothing)).toMatchObject({ problems: [], values: { active: true } });
  });

  it('takes a disabled account for somebody who is not active', () => {
    expect(map({ '@id': '1', '@disabled': true }).values['active']).toBe(false);
  });
});
