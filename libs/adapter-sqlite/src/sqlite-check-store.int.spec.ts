import { describeCheckStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import { SqliteCheckStore } from './sqlite-check-store.js';

describeCheckStoreContract('SQLite on disk', () => sqliteSubjectOnDisk((database) => new SqliteCheckStore(database)));
describeCheckStoreContract('SQLite in memory', () =>
  sqliteSubjectInMemory((database) => new SqliteCheckStore(database)),
);
