export { ldap, ldap as default } from './ldap.connector.js';
export type { LdapConfig, LdapSecrets } from './ldap.settings.js';
