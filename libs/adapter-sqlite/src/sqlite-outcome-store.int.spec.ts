import { describeOutcomeStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import type { SqliteDatabase } from './sqlite-database.js';
import { SqliteOutcomeStore } from './sqlite-outcome-store.js';
import { SqliteSyncStore } from './sqlite-sync-store.js';

const make = (database: SqliteDatabase) => ({
  outcomes: new SqliteOutcomeStore(database),
  syncs: new SqliteSyncStore(database),
});

describeOutcomeStoreContract('SQLite on disk', () => sqliteSubjectOnDisk(make));
describeOutcomeStoreContract('SQLite in memory', () => sqliteSubjectInMemory(make));
