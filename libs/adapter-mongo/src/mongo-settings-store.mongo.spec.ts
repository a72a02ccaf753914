import { expect, it } from 'vitest';
import { buildIntegration, describeSettingsStoreContract, mongoSubjects } from '#testing';
import { key } from './keys.js';
import { scimRequestBodiesMigration } from './migrations/0021-scim-request-bodies.js';
import { MongoSettingsStore } from './mongo-settings-store.js';
import { integrations } from './schemas/settings.js';

const subjectOf = mongoSubjects();

describeSettingsStoreContract('MongoDB', () => subjectOf((connection) => new MongoSettingsStore(connection)));

it('finds the tenant of an integration that was written before that was asked', async () => {
  const subject = await subjectOf((connection) => ({ store: new MongoSettingsStore(connection), connection }));
  const { store, connection } = subject.port;
  const { tenantId, id, ...settings } = buildIntegration();
  await store.createIntegration({ tenantId, id, ...settings }, '');
  await connection.collection(integrations).updateOne({ _id: key(tenantId, id) }, { $unset: { integrationId: '' } });
  expect(await store.tenantOf(id)).toBeNull();
  for (let times = 1; times <= 2; times += 1) await scimRequestBodiesMigration.fill?.(connection.database);
  expect(await store.tenantOf(id)).toBe(tenantId);
  await subject.dispose();
});
