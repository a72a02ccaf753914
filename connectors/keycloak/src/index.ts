export { keycloak, keycloak as default } from './keycloak.connector.js';
export type { KeycloakConfig, KeycloakSecrets } from './keycloak.settings.js';
