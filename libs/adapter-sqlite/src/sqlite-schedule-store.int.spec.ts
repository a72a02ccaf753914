import { describeScheduleStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import type { SqliteDatabase } from './sqlite-database.js';
import { SqliteScheduleStore } from './sqlite-schedule-store.js';
import { SqliteSettingsStore } from './sqlite-settings-store.js';
import { SqliteSyncStore } from './sqlite-sync-store.js';

const stores = (database: SqliteDatabase) => ({
  schedules: new SqliteScheduleStore(database),
  settings: new SqliteSettingsStore(database),
  syncs: new SqliteSyncStore(database),
});

describeScheduleStoreContract('SQLite on disk', () => sqliteSubjectOnDisk(stores));
describeScheduleStoreContract('SQLite in memory', () => sqliteSubjectInMemory(stores));
