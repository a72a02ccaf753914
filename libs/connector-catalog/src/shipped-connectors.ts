import type { ConnectorDefinition, LoadedConnector } from '#connector-sdk';
import { acmeHr } from '#connectors/acme-hr';
import { csvInbox, csvSftp } from '#connectors/csv-sftp';
import { keycloak } from '#connectors/keycloak';
import { ldap } from '#connectors/ldap';
import { scim } from '#connectors/scim';
import { workdayRaas } from '#connectors/workday-raas';
import { workdaySoap } from '#connectors/workday-soap';
import { builtUrl } from './built-url.js';

/**
 * The connectors that come with Muster, by id. One that is pushed to reads what Muster has, and calls nobody: it stays in the
 * process that has that.
 */
export const shippedConnectors: readonly LoadedConnector[] = [
  shipped(acmeHr, 'acme-hr/src'),
  shipped(csvInbox, 'csv-sftp/src/inbox'),
  shipped(csvSftp, 'csv-sftp/src'),
  shipped(keycloak, 'keycloak/src'),
  shipped(ldap, 'ldap/src'),
  { definition: scim, moduleUrl: null },
  shipped(workdayRaas, 'workday-raas/src'),
  shipped(workdaySoap, 'workday-soap/src'),
];

/** @param folder below `connectors`, whose index has the connector as its default export */
function shipped(definition: ConnectorDefinition, folder: string): LoadedConnector {
  return { definition, moduleUrl: builtUrl(`connectors/${folder}/index.js`) };
}
