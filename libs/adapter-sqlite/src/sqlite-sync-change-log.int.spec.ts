import { describeSyncChangeLogContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import type { SqliteDatabase } from './sqlite-database.js';
import { SqliteSyncChangeLog } from './sqlite-sync-change-log.js';
import { SqliteSyncStore } from './sqlite-sync-store.js';

const make = (database: SqliteDatabase) => ({
  changes: new SqliteSyncChangeLog(database),
  syncs: new SqliteSyncStore(database),
});

describeSyncChangeLogContract('SQLite on disk', () => sqliteSubjectOnDisk(make));
describeSyncChangeLogContract('SQLite in memory', () => sqliteSubjectInMemory(make));
