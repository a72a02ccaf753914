import { KeycloakServer } from '#testing';
import type { CompanySource } from './company-source.js';
import { type CompanyPerson, employeeIdOf, fullNameOf } from './one-company.js';

const clientId = 'muster';
const clientSecret = 'not-a-secret-of-anybody';

/** In a realm of Keycloak, those who are restricted in a group. */
export async function keycloakSource(company: readonly CompanyPerson[]): Promise<CompanySource> {
  const server = await KeycloakServer.start();
  await server.admin('POST', '', {
    realm: 'acme',
    enabled: true,
    groups: [{ name: 'restricted' }],
    clients: [
      {
        clientId,
        enabled: true,
        protocol: 'openid-connect',
        secret: clientSecret,
        publicClient: false,
        standardFlowEnabled: false,
        serviceAccountsEnabled: true,
      },
    ],
    users: [
      {
        username: `service-account-${clientId}`,
        enabled: true,
        serviceAccountClientId: clientId,
        clientRoles: { 'realm-management': ['view-users'] },
      },
      ...company.map((person) => userOf(person, company)),
    ],
  });
  const profile = await server.admin<Record<string, unknown>>('GET', '/acme/users/profile');
  await server.admin('PUT', '/acme/users/profile', { ...profile, unmanagedAttributePolicy: 'ADMIN_VIEW' });
  return {
    connectorId: 'keycloak',
    config: { baseUrl: server.url, realm: 'acme', clientId, withGroups: true },
    secrets: { clientSecret },
    attributes: { 'custom.costCentre': 'attributes.costCentre[0]' },
    restricted: `contains("@groups", '/restricted')`,
    leave: async (number) => {
      const [user] = await server.admin<{ id: string }[]>(
        'GET',
        `/acme/users?exact=true&username=${employeeIdOf(number).toLowerCase()}`,
      );
      await server.admin('DELETE', `/acme/users/${user?.id ?? ''}`);
    },
    stop: async () => server.stop(),
  };
}

function userOf(person: CompanyPerson, company: readonly CompanyPerson[]) {
  const manager = person.managerNumber === null ? undefined : company[person.managerNumber];
  const attributes = {
    displayName: [fullNameOf(person)],
    employeeId: [person.employeeId],
    title: [person.title],
    department: [person.department],
    costCentre: [person.costCentre],
    ...(manager === undefined ? {} : { managerEmail: [manager.email] }),
  };
  const { email, isActive: enabled, isRestricted, employeeId } = person;
  return {
    username: employeeId.toLowerCase(),
    enabled,
    email,
    attributes,
    groups: isRestricted ? ['/restricted'] : [],
  };
}
