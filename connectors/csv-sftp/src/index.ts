export { csvSftp, csvSftp as default } from './csv-sftp.connector.js';
export type { CsvSftpConfig, CsvSftpSecrets } from './csv-sftp.settings.js';
export { csvInbox } from './inbox/csv-inbox.connector.js';
