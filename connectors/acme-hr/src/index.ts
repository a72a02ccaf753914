export { acmeHr, acmeHr as default } from './acme-hr.connector.js';
export type { AcmeHrConfig, AcmeHrSecrets } from './acme-hr.settings.js';
