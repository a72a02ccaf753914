import { describeSettlementStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import type { SqliteDatabase } from './sqlite-database.js';
import { SqliteSettlementStore } from './sqlite-settlement-store.js';

const make = (database: SqliteDatabase) => new SqliteSettlementStore(database);

describeSettlementStoreContract('SQLite on disk', () => sqliteSubjectOnDisk(make));
describeSettlementStoreContract('SQLite in memory', () => sqliteSubjectInMemory(make));
