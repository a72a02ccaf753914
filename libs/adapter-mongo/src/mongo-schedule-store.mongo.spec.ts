import { expect, it } from 'vitest';
import { freshScheduleState } from '#core';
import { buildIntegration, describeScheduleStoreContract, mongoSubjects } from '#testing';
import { key } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { MongoScheduleStore } from './mongo-schedule-store.js';
import { MongoSettingsStore } from './mongo-settings-store.js';
import { MongoSyncStore } from './mongo-sync-store.js';
import { integrations } from './schemas/settings.js';

const subjectOf = mongoSubjects();

const stores = (connection: MongoConnection) => ({
  schedules: new MongoScheduleStore(connection),
  settings: new MongoSettingsStore(connection),
  syncs: new MongoSyncStore(connection),
});

describeScheduleStoreContract('MongoDB', () => subjectOf(stores));

it('takes an integration that was written before there were schedules for one without', async () => {
  const subject = await subjectOf((connection) => ({ ...stores(connection), connection }));
  const { schedules, settings: store, connection } = subject.port;
  const { schedule: _schedule, revision, standing, activeMappingVersion, ...settings } = buildIntegration();
  const { tenantId, id } = settings;
  const body = JSON.stringify(settings);
  await connection.collection(integrations).insertOne({
    _id: key(tenantId, id),
    integrationId: id,
    revision,
    standing,
    activeMappingVersion,
    body,
    sealedSecrets: '',
  });
  expect((await store.integration(tenantId, id))?.schedule).toBeNull();
  expect(await schedules.states(tenantId, [id])).toEqual(new Map([[id, freshScheduleState(0, null)]]));
  expect(await schedules.move(tenantId, id, 0, freshScheduleState(0, null), null)).toBe(true);
  await subject.dispose();
});
