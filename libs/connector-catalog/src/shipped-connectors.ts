import type { LoadedConnector } from '#connector-sdk';
import { acmeHr } from '#connectors/acme-hr';
import { csvSftp } from '#connectors/csv-sftp';
import { ldap } from '#connectors/ldap';
import { workdayRaas } from '#connectors/workday-raas';

/** Always the built ones, which a plain Node can import; tests run this file from the source. */
const folders = new URL(`../../../${import.meta.url.endsWith('.ts') ? 'dist/' : ''}connectors/`, import.meta.url);

/** The connectors that come with Muster; each is the default export of the folder that is called as its id. */
export const shippedConnectors: readonly LoadedConnector[] = [acmeHr, csvSftp, ldap, workdayRaas].map((definition) => ({
  definition,
  moduleUrl: new URL(`${definition.id}/src/index.js`, folders).href,
}));
