import { describeWebhookStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import { SqliteWebhookStore } from './sqlite-webhook-store.js';

describeWebhookStoreContract('SQLite on disk', () =>
  sqliteSubjectOnDisk((database) => new SqliteWebhookStore(database)),
);
describeWebhookStoreContract('SQLite in memory', () =>
  sqliteSubjectInMemory((database) => new SqliteWebhookStore(database)),
);
