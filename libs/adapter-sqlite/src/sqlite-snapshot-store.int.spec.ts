import { describeSnapshotStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import { SqliteSnapshotStore } from './sqlite-snapshot-store.js';

describeSnapshotStoreContract('SQLite on disk', () =>
  sqliteSubjectOnDisk((database) => new SqliteSnapshotStore(database)),
);
describeSnapshotStoreContract('SQLite in memory', () =>
  sqliteSubjectInMemory((database) => new SqliteSnapshotStore(database)),
);
