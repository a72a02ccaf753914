import { describeNoticeStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import { SqliteIntegrationRequestStore } from './sqlite-integration-request-store.js';
import { SqliteNoticeStore } from './sqlite-notice-store.js';
import { SqliteSyncStore } from './sqlite-sync-store.js';
import type { SqliteDatabase } from './sqlite-database.js';

describeNoticeStoreContract('SQLite on disk', () => sqliteSubjectOnDisk((database) => noticeParts(database)));
describeNoticeStoreContract('SQLite in memory', () => sqliteSubjectInMemory((database) => noticeParts(database)));

function noticeParts(database: SqliteDatabase) {
  return {
    notices: new SqliteNoticeStore(database),
    syncs: new SqliteSyncStore(database),
    requests: new SqliteIntegrationRequestStore(database),
  };
}
