import { describeConnectorStateStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import { SqliteConnectorStateStore } from './sqlite-connector-state-store.js';

describeConnectorStateStoreContract('SQLite on disk', () =>
  sqliteSubjectOnDisk((database) => new SqliteConnectorStateStore(database)),
);
describeConnectorStateStoreContract('SQLite in memory', () =>
  sqliteSubjectInMemory((database) => new SqliteConnectorStateStore(database)),
);
