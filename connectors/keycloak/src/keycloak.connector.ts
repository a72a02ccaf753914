import { defineConnector } from '#connector-sdk';
import { checkRealm } from './check-realm.js';
import { fetchUsers } from './fetch-users.js';
import { keycloakDefaultMapping } from './keycloak.mapping.js';
import { keycloakConfig, keycloakSecrets } from './keycloak.settings.js';
import { keycloakSetup } from './keycloak.setup.js';

/** A realm of Keycloak, by its admin REST API. */
export const keycloak = defineConnector({
  id: 'keycloak',
  title: 'Keycloak',
  description: 'The users of a Keycloak realm, over its admin REST API.',
  capabilities: { full: true, person: true, delta: false, resume: true, wholeness: 'declaredTotal' },
  kind: 'outOfTheBox',
  setupEffort: {
    level: 'medium',
    text: 'A realm administrator makes a client that may read users, and hands over its secret.',
  },
  // Keycloak limits nothing itself, and people sign in on the same server meanwhile.
  rateBudget: { requestsPerMinute: 3_000, burst: 50 },
  config: keycloakConfig,
  secrets: keycloakSecrets,
  decoder: 'json',
  sourceIdExpression: 'id',
  defaultMapping: keycloakDefaultMapping,
  setup: keycloakSetup,
  check: checkRealm,
  fetch: fetchUsers,
});
