import { buildIntegration, describeScheduleStoreContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import { expect, it } from 'vitest';
import { freshScheduleState } from '#core';
import { SqliteDatabase } from './sqlite-database.js';
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

it('takes an integration that was written before there were schedules for one without', async () => {
  const database = SqliteDatabase.open({ memory: true });
  const { schedule: _schedule, revision, standing, activeMappingVersion: _active, ...settings } = buildIntegration();
  const { tenantId, id } = settings;
  database
    .prepare(
      `INSERT INTO integrations (tenant_id, id, revision, standing, settings, sealed_secrets) VALUES (?, ?, ?, ?, ?, '')`,
    )
    .run(tenantId, id, revision, standing, JSON.stringify(settings));
  const { schedules, settings: store } = stores(database);
  expect((await store.integration(tenantId, id))?.schedule).toBeNull();
  expect(await schedules.states(tenantId, [id])).toEqual(new Map([[id, freshScheduleState(0, null)]]));
  expect(await schedules.move(tenantId, id, 0, freshScheduleState(0, null), null)).toBe(true);
  database.close();
});
