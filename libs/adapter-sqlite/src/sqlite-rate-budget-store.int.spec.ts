import { describeRateBudgetStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import { SqliteRateBudgetStore } from './sqlite-rate-budget-store.js';

describeRateBudgetStoreContract('SQLite on disk', (clock) =>
  sqliteSubjectOnDisk((database) => new SqliteRateBudgetStore(database, clock)),
);
describeRateBudgetStoreContract('SQLite in memory', (clock) =>
  sqliteSubjectInMemory((database) => new SqliteRateBudgetStore(database, clock)),
);
