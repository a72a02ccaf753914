import { describeScimResourceStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import type { SqliteDatabase } from './sqlite-database.js';
import { SqliteScimResourceStore } from './sqlite-scim-resource-store.js';

const make = (database: SqliteDatabase) => new SqliteScimResourceStore(database);

describeScimResourceStoreContract('SQLite on disk', () => sqliteSubjectOnDisk(make));
describeScimResourceStoreContract('SQLite in memory', () => sqliteSubjectInMemory(make));
