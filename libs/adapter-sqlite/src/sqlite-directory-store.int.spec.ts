import { describeDirectoryStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import type { SqliteDatabase } from './sqlite-database.js';
import { SqliteDirectoryStore } from './sqlite-directory-store.js';
import { SqliteSyncStore } from './sqlite-sync-store.js';

const make = (database: SqliteDatabase) => ({
  directory: new SqliteDirectoryStore(database),
  syncs: new SqliteSyncStore(database),
});

describeDirectoryStoreContract('SQLite on disk', () => sqliteSubjectOnDisk(make));
describeDirectoryStoreContract('SQLite in memory', () => sqliteSubjectInMemory(make));
