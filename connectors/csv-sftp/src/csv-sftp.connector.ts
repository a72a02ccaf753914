import { CSV_ID_KEY, defineConnector } from '#connector-sdk';
import { archiveFiles } from './archive-files.js';
import { checkServer } from './check-server.js';
import { csvSftpKeyPairs } from './csv-sftp.key-pairs.js';
import { csvSftpDefaultMapping } from './csv-sftp.mapping.js';
import { csvSftpConfig, csvSftpSecrets } from './csv-sftp.settings.js';
import { csvSftpSetup } from './csv-sftp.setup.js';
import { fetchPeople } from './fetch-people.js';
import { reportWholeness } from './report-wholeness.js';
import { SftpSession } from './sftp-session.js';

/** Reports of an HR system, fetched as CSV files from an SFTP server. */
export const csvSftp = defineConnector({
  id: 'csv-sftp',
  title: 'CSV over SFTP',
  description: 'Dated CSV files, such as a daily HR report, that Muster fetches from an SFTP server.',
  capabilities: { full: true, person: false, delta: true, resume: false, wholeness: 'endMarker', reread: true },
  kind: 'outOfTheBox',
  setupEffort: {
    level: 'medium',
    text: 'Whoever runs the SFTP server makes a user there, confirms the host key and has the report written to its folder.',
  },
  traits: { wholeness: reportWholeness('had the same size and time before, while and after it was read') },
  rateBudget: null,
  config: csvSftpConfig,
  secrets: csvSftpSecrets,
  decoder: 'json',
  sourceIdExpression: `"${CSV_ID_KEY}"`,
  defaultMapping: csvSftpDefaultMapping,
  setup: csvSftpSetup,
  keyPairs: csvSftpKeyPairs,
  check: checkServer,
  fetch: (context) => fetchPeople(context, async () => SftpSession.open(context)),
  commit: async (context) => archiveFiles(context, async () => SftpSession.open(context)),
});
