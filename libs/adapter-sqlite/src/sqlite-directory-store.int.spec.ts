import { describeDirectoryStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import type { SqliteDatabase } from './sqlite-database.js';
import { SqliteDirectoryStore } from './sqlite-directory-store.js';

const make = (database: SqliteDatabase) => new SqliteDirectoryStore(database);

describeDirectoryStoreContract('SQLite on disk', () => sqliteSubjectOnDisk(make));
describeDirectoryStoreContract('SQLite in memory', () => sqliteSubjectInMemory(make));
