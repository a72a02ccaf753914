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

  it.each(['okta', 'entra', 'onelogin', 'other'] as const)(
    'for %s has the address to copy, and no secret',
    (provider) => {
      const steps = scim.setup?.({ ...target, config: { provider } }) ?? [];
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
