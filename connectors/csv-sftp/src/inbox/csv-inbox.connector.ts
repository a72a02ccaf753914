import { CSV_ID_KEY, defineConnector } from '#connector-sdk';
import { archiveFiles } from '../archive-files.js';
import { csvSftpDefaultMapping } from '../csv-sftp.mapping.js';
import { fetchPeople } from '../fetch-people.js';
import { reportWholeness } from '../report-wholeness.js';
import { checkInbox } from './check-inbox.js';
import { csvInboxKeyPairs } from './csv-inbox.key-pairs.js';
import { csvInboxConfig, csvInboxSecrets } from './csv-inbox.settings.js';
import { csvInboxSetup } from './csv-inbox.setup.js';
import { InboxFolder } from './inbox-folder.js';
import { inboxUse } from './inbox-use.js';

/** Reports of an HR system, sent as CSV files to Muster's own SFTP server. */
export const csvInbox = defineConnector({
  id: 'csv-inbox',
  title: 'CSV sent by SFTP',
  description: 'Dated CSV files, such as a daily HR report, that are sent to Muster’s own SFTP server.',
  capabilities: { full: true, person: false, delta: true, resume: false, wholeness: 'endMarker', reread: true },
  kind: 'outOfTheBox',
  setupEffort: {
    level: 'low',
    text: 'Whoever sends the report gets its address, the host key’s fingerprint and a password, or gives a public key.',
  },
  traits: { wholeness: reportWholeness('was sent to its end, closed by its sender') },
  rateBudget: null,
  config: csvInboxConfig,
  secrets: csvInboxSecrets,
  decoder: 'json',
  sourceIdExpression: `"${CSV_ID_KEY}"`,
  defaultMapping: csvSftpDefaultMapping,
  setup: csvInboxSetup,
  keyPairs: csvInboxKeyPairs,
  inbox: inboxUse,
  check: checkInbox,
  fetch: (context) => fetchPeople(context, async () => InboxFolder.open(context)),
  commit: async (context) => archiveFiles(context, async () => InboxFolder.open(context)),
});
