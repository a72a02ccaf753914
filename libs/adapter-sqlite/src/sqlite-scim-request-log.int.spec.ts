import { describeScimRequestLogContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import type { SqliteDatabase } from './sqlite-database.js';
import { SqliteScimRequestLog } from './sqlite-scim-request-log.js';

const make = (database: SqliteDatabase) => new SqliteScimRequestLog(database);

describeScimRequestLogContract('SQLite on disk', () => sqliteSubjectOnDisk(make));
describeScimRequestLogContract('SQLite in memory', () => sqliteSubjectInMemory(make));
