import { describeSyncStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import type { SqliteDatabase } from './sqlite-database.js';
import { SqliteSnapshotStore } from './sqlite-snapshot-store.js';
import { SqliteSyncStore } from './sqlite-sync-store.js';

const make = (database: SqliteDatabase) => ({
  syncs: new SqliteSyncStore(database),
  snapshots: new SqliteSnapshotStore(database),
});

describeSyncStoreContract('SQLite on disk', () => sqliteSubjectOnDisk(make));
describeSyncStoreContract('SQLite in memory', () => sqliteSubjectInMemory(make));
