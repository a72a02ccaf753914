import { describeIdempotencyStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import { SqliteIdempotencyStore } from './sqlite-idempotency-store.js';

describeIdempotencyStoreContract('SQLite on disk', () =>
  sqliteSubjectOnDisk((database) => new SqliteIdempotencyStore(database)),
);
describeIdempotencyStoreContract('SQLite in memory', () =>
  sqliteSubjectInMemory((database) => new SqliteIdempotencyStore(database)),
);
