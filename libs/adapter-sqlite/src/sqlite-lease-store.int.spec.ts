import { describeLeaseStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import { SqliteLeaseStore } from './sqlite-lease-store.js';

describeLeaseStoreContract('SQLite on disk', (clock) =>
  sqliteSubjectOnDisk((database) => new SqliteLeaseStore(database, clock)),
);
describeLeaseStoreContract('SQLite in memory', (clock) =>
  sqliteSubjectInMemory((database) => new SqliteLeaseStore(database, clock)),
);
