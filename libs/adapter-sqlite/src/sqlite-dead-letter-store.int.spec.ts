import { describeDeadLetterStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import { SqliteDeadLetterStore } from './sqlite-dead-letter-store.js';

describeDeadLetterStoreContract('SQLite on disk', () =>
  sqliteSubjectOnDisk((database) => new SqliteDeadLetterStore(database)),
);
describeDeadLetterStoreContract('SQLite in memory', () =>
  sqliteSubjectInMemory((database) => new SqliteDeadLetterStore(database)),
);
