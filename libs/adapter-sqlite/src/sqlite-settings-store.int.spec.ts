import { describeSettingsStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import { SqliteSettingsStore } from './sqlite-settings-store.js';

describeSettingsStoreContract('SQLite on disk', () =>
  sqliteSubjectOnDisk((database) => new SqliteSettingsStore(database)),
);
describeSettingsStoreContract('SQLite in memory', () =>
  sqliteSubjectInMemory((database) => new SqliteSettingsStore(database)),
);
