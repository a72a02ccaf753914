export { ldap } from './ldap.connector.js';
export type { LdapConfig, LdapSecrets } from './ldap.settings.js';
