import { describe, expect, it } from 'vitest';
import { keycloak } from './keycloak.connector.js';
import { keycloakConfig, keycloakSecrets } from './keycloak.settings.js';

const least = { baseUrl: 'https://sso.acme.example/auth', realm: 'acme', clientId: 'muster' };

describe('the settings of keycloak', () => {
  it('need an address, a realm and a client', () => {
    expect(keycloakConfig.parse(least)).toEqual({
      ...least,
      withGroups: false,
      pageSize: 200,
      requestTimeoutSeconds: 60,
    });
    expect(keycloakSecrets.safeParse({ clientSecret: '' }).success).toBe(false);
  });

  it.each([
    ['baseUrl', 'ldap://sso.acme.example'],
    ['baseUrl', 'https://me:secret@sso.acme.example'],
    ['baseUrl', 'https://sso.acme.example?realm=acme'],
    ['realm', '../master'],
    ['realm', '..'],
    ['realm', 'a%2fb'],
    ['clientRealm', ''],
    ['pageSize', 1001],
  ])('refuse %s: %j', (name, value) => {
    const { error } = keycloakConfig.safeParse({ ...least, [name]: value });
    expect(error?.issues.map(({ path }) => path[0])).toContain(name);
  });

  it.each([
    [{}, ['acme', 'muster', 'realm-management view-users', 'acme', 'https://sso.acme.example']],
    [{ clientRealm: 'master' }, ['master', 'muster', 'acme-realm view-users', 'acme', 'https://sso.acme.example']],
  ])('are told in the setup, with the client that holds the role: %j', (more, told) => {
    const config = keycloakConfig.parse({ ...least, ...more });
    const steps = keycloak.setup?.({ tenantId: 't', integrationId: 'i', publicUrl: null, config }) ?? [];
    expect(steps.flatMap((step) => step.values ?? []).map(({ value }) => value)).toEqual(told);
  });
});
