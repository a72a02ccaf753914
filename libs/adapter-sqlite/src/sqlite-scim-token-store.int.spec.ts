import { describeScimTokenStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import type { SqliteDatabase } from './sqlite-database.js';
import { SqliteScimTokenStore } from './sqlite-scim-token-store.js';

const make = (database: SqliteDatabase) => new SqliteScimTokenStore(database);

describeScimTokenStoreContract('SQLite on disk', () => sqliteSubjectOnDisk(make));
describeScimTokenStoreContract('SQLite in memory', () => sqliteSubjectInMemory(make));
