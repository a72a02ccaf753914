import { describeScimPendingStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import type { SqliteDatabase } from './sqlite-database.js';
import { SqliteScimPendingStore } from './sqlite-scim-pending-store.js';
import { SqliteScimResourceStore } from './sqlite-scim-resource-store.js';

const make = (database: SqliteDatabase) => ({
  pending: new SqliteScimPendingStore(database),
  resources: new SqliteScimResourceStore(database),
});

describeScimPendingStoreContract('SQLite on disk', () => sqliteSubjectOnDisk(make));
describeScimPendingStoreContract('SQLite in memory', () => sqliteSubjectInMemory(make));
