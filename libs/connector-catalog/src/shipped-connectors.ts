import type { LoadedConnector } from '#connector-sdk';
import { acmeHr } from '#connectors/acme-hr';
import { csvSftp } from '#connectors/csv-sftp';
import { keycloak } from '#connectors/keycloak';
import { ldap } from '#connectors/ldap';
import { workdayRaas } from '#connectors/workday-raas';
import { workdaySoap } from '#connectors/workday-soap';
import { builtUrl } from './built-url.js';

/** The connectors that come with Muster; each is the default export of the folder that is called as its id. */
export const shippedConnectors: readonly LoadedConnector[] = [
  acmeHr,
  csvSftp,
  keycloak,
  ldap,
  workdayRaas,
  workdaySoap,
].map((definition) => ({
  definition,
  moduleUrl: builtUrl(`connectors/${definition.id}/src/index.js`),
}));
