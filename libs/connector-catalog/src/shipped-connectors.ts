import type { LoadedConnector } from '#connector-sdk';
import { acmeHr } from '#connectors/acme-hr';
import { csvSftp } from '#connectors/csv-sftp';
import { keycloak } from '#connectors/keycloak';
import { ldap } from '#connectors/ldap';
import { scim } from '#connectors/scim';
import { workdayRaas } from '#connectors/workday-raas';
import { workdaySoap } from '#connectors/workday-soap';
import { builtUrl } from './built-url.js';

/**
 * The connectors that come with Muster, by id; each is the default export of the folder that is called as its id. One that
 * is pushed to reads what Muster has, and calls nobody: it stays in the process that has that.
 */
export const shippedConnectors: readonly LoadedConnector[] = [
  acmeHr,
  csvSftp,
  keycloak,
  ldap,
  scim,
  workdayRaas,
  workdaySoap,
].map((definition) => ({
  definition,
  moduleUrl: definition.capabilities.push === true ? null : builtUrl(`connectors/${definition.id}/src/index.js`),
}));
