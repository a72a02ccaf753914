import { letMusterThrough, type SetupStep, type SetupTarget } from '#connector-sdk';
import type { KeycloakConfig } from './keycloak.settings.js';

/** What whoever runs Keycloak does before Muster can read. */
export function keycloakSetup(target: SetupTarget<KeycloakConfig>): SetupStep[] {
  const { config } = target;
  const { baseUrl, realm, clientId, clientRealm = realm } = config;
  const roles = clientRealm === realm ? 'realm-management' : `${realm}-realm`;
  return [
    {
      title: 'Create a client',
      text: 'Clients, Create client: OpenID Connect, “Client authentication” on, every authentication flow off but “Service accounts roles”. The secret of its tab Credentials goes into Muster, as clientSecret.',
      values: [
        { label: 'Realm', value: clientRealm },
        { label: 'Client id', value: clientId },
      ],
    },
    {
      title: 'Let its service account view users',
      text: 'The client’s tab “Service account roles”, Assign role, Client roles: view-users, which includes looking up groups, and nothing else. Without it the realm shows nobody.',
      values: [{ label: 'Role', value: `${roles} view-users` }],
    },
    {
      title: 'Let attributes be seen',
      text: 'Attributes that the realm’s user profile does not declare are hidden from everybody. Realm settings, General, “Unmanaged Attributes”: “Only administrators can view”; or declare them under Realm settings, User profile.',
      values: [{ label: 'Realm', value: realm }],
    },
    letMusterThrough(target, {
      title: 'Let Muster’s requests through',
      text: 'Muster’s fetcher calls Keycloak from its own network; nothing calls Muster. Where the admin API is not reachable under the public address, enter the one that it is reachable under.',
      values: [{ label: 'Address', value: new URL(baseUrl).origin }],
    }),
  ];
}
