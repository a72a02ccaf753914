import { search } from '@jmespath-community/jmespath';
import type { JSONValue } from '@jmespath-community/jmespath';
import { describe, expect, it } from 'vitest';
import { scim } from './scim.connector.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function map(document: JSONValue): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(scim.defaultMapping.attributes).map(([name, expression]) => [name, search(document, expression)]),
  );
}

describe('the default mapping of scim', () => {
  it('reads a user with everything', () => {
    const user = {
      id: 'scm_1',
      userName: 'ana@x.y',
      displayName: 'Ana Weiß',
      active: true,
      title: 'Cook',
      emails: [
        { value: 'home@x.y', type: 'home' },
        { value: 'work@x.y', type: 'work' },
        { value: 'first@x.y', type: 'other', primary: true },
      ],
      addresses: [
        { type: 'home', locality: 'Rom' },
        { type: 'work', locality: 'Bern', country: 'CH' },
      ],
      photos: [
        { type: 'thumbnail', value: 'https://x.y/t' },
        { type: 'photo', value: 'https://x.y/p' },
      ],
      [enterprise]: { employeeNumber: '7', department: 'Kitchen', manager: { value: 'scm_2' } },
    };
    expect(map(user)).toEqual({
      fullName: 'Ana Weiß',
      email: 'first@x.y',
      employeeId: '7',
      active: true,
      title: 'Cook',
      department: 'Kitchen',
      location: 'Bern, CH',
      managerSourceId: 'scm_2',
      pictureUrl: 'https://x.y/p',
    });
  });

  it('reads a user with next to nothing', () => {
    expect(map({ id: 'scm_1', userName: 'ana@x.y' })).toEqual({
      fullName: 'ana@x.y',
      email: 'ana@x.y',
      employeeId: null,
      active: true,
      title: null,
      department: null,
      location: '',
      managerSourceId: null,
      pictureUrl: null,
    });
    expect(map({ id: 'scm_1', userName: 'ana' })).toMatchObject({ fullName: 'ana', email: null });
  });

  it.each([
    [{ name: { formatted: 'Dr. Ana' } }, { fullName: 'Dr. Ana' }],
    [{ name: { givenName: 'Ana', familyName: 'Weiß' } }, { fullName: 'Ana Weiß' }],
    [{ name: { familyName: 'Weiß' } }, { fullName: 'Weiß' }],
    [{ active: false }, { active: false }],
    [
      {
        emails: [
          { value: 'h', type: 'home' },
          { value: 'w', type: 'work' },
        ],
      },
      { email: 'w' },
    ],
    [{ emails: [{ value: 'h', type: 'home' }] }, { email: 'h' }],
    [{ emails: [] }, { email: 'ana@x.y' }],
    [{ photos: [{ value: 'p' }] }, { pictureUrl: 'p' }],
  ])('reads %j', (part, expected) => {
    expect(map({ id: 'scm_1', userName: 'ana@x.y', ...part })).toMatchObject(expected);
  });
});

describe('the set-up of scim', () => {
  const target = { tenantId: 'ten_1', integrationId: 'int_1', publicUrl: 'https://muster.example' };
  const address = 'https://muster.example/scim/v2/int_1';
  const stepsFor = (provider: 'okta' | 'entra' | 'onelogin' | 'other') =>
    scim.setup?.({ ...target, config: { provider } }) ?? [];
  const valuesFor = (provider: Parameters<typeof stepsFor>[0]) =>
    Object.fromEntries(
      stepsFor(provider).flatMap(({ values = [] }) => values.map(({ label, value }) => [label, value])),
    );

  it('for Okta says what to choose there, and fills in what to enter', () => {
    expect(stepsFor('okta').map(({ title }) => title)).toEqual([
      'Make a token',
      'Enable SCIM for the application',
      'Let Okta push',
      'Assign people',
      'Look before it counts',
    ]);
    expect(valuesFor('okta')).toEqual({
      'SCIM connector base URL': address,
      'Unique identifier field for users': 'userName',
      'Supported provisioning actions': 'Push New Users, Push Profile Updates, Push Groups',
      'Authentication mode': 'HTTP Header',
    });
    const [, enable, push] = stepsFor('okta').map(({ text }) => text);
    expect(enable).toContain('SCIM as the provisioning method');
    expect(enable).toContain('Paste the token');
    for (const word of ['Create Users', 'Update User Attributes', 'Deactivate Users', 'Push Groups']) {
      expect(push).toContain(word);
    }
  });

  it('for Entra says so too, with the flag that makes it speak as the standard does', () => {
    expect(stepsFor('entra').map(({ title }) => title)).toEqual([
      'Make a token',
      'Turn on provisioning',
      'Check the attribute mappings',
      'Assign people',
      'Look before it counts',
    ]);
    expect(valuesFor('entra')).toEqual({
      'Tenant URL': `${address}?aadOptscim062020`,
      'Target attribute for objectId': 'externalId',
    });
    const [, turnOn, mappings] = stepsFor('entra').map(({ text }) => text);
    for (const word of ['mode Automatic', 'secret token', 'test the connection']) expect(turnOn).toContain(word);
    for (const word of ['objectId to externalId', 'status to On']) expect(mappings).toContain(word);
  });

  it('for OneLogin says so too, with a template that fills what mappings read', () => {
    expect(stepsFor('onelogin').map(({ title }) => title)).toEqual([
      'Make a token',
      'Add the SCIM application',
      'Let OneLogin push',
      'Assign people',
      'Look before it counts',
    ]);
    const { 'SCIM Base URL': url, 'SCIM JSON Template': template = '', ...rest } = valuesFor('onelogin');
    expect(url).toBe(address);
    expect(rest).toEqual({});
    const [, add, push] = stepsFor('onelogin').map(({ text }) => text);
    for (const word of ['SCIM v2 Enterprise', 'SCIM bearer token', 'enable the API status'])
      expect(add).toContain(word);
    for (const word of ['enable provisioning', 'Suspend']) expect(push).toContain(word);

    const ana: Record<string, string> = {
      'parameters.scimusername': 'ana@x.y',
      'user.id': '77',
      'user.display_name': 'Ana Weiß',
      'user.firstname': 'Ana',
      'user.lastname': 'Weiß',
      'user.email': 'ana.weiss@x.y',
      'user.title': 'Cook',
      'user.department': 'Kitchen',
    };
    const filled = template.replace(
      /\{\$([\w.]+)\}/g,
      (_whole, name: string) => ana[name] ?? `nobody fills ${name} in`,
    );
    expect(filled).not.toContain('nobody fills');
    const pushed = JSON.parse(filled) as { [name: string]: JSONValue };
    expect(pushed).toMatchObject({ externalId: '77', name: { givenName: 'Ana', familyName: 'Weiß' } });
    expect(map({ id: 'scm_1', ...pushed })).toEqual({
      fullName: 'Ana Weiß',
      email: 'ana.weiss@x.y',
      employeeId: null,
      active: true,
      title: 'Cook',
      department: 'Kitchen',
      location: '',
      managerSourceId: null,
      pictureUrl: null,
    });
  });

  it.each(['okta', 'entra', 'onelogin', 'other'] as const)(
    'for %s has the address to copy, and no secret',
    (provider) => {
      const steps = stepsFor(provider);
      const values = steps.flatMap((step) => step.values ?? []).map(({ value }) => value);
      expect(values.some((value) => value.startsWith('https://muster.example/scim/v2/int_1'))).toBe(true);
      expect(steps[0]?.title).toBe('Make a token');
    },
  );

  it('says what is missing when nobody has said where Muster is', () => {
    const steps = scim.setup?.({ ...target, publicUrl: null, config: { provider: 'okta' } }) ?? [];
    expect(JSON.stringify(steps)).toContain('<the address of Muster>/scim/v2/int_1');
  });
});
