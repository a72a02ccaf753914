import { describeIntegrationRequestStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import { SqliteIntegrationRequestStore } from './sqlite-integration-request-store.js';

describeIntegrationRequestStoreContract('SQLite on disk', () =>
  sqliteSubjectOnDisk((database) => new SqliteIntegrationRequestStore(database)),
);
describeIntegrationRequestStoreContract('SQLite in memory', () =>
  sqliteSubjectInMemory((database) => new SqliteIntegrationRequestStore(database)),
);
