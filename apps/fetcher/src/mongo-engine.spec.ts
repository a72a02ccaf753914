import { randomBytes } from 'node:crypto';
import { afterAll } from 'vitest';
import {
  MongoCheckStore,
  MongoConnection,
  MongoConnectorStateStore,
  MongoLeaseStore,
  MongoOutcomeStore,
  MongoRateBudgetStore,
  MongoScheduleStore,
  MongoScimPendingStore,
  MongoScimRequestLog,
  MongoScimResourceStore,
  MongoScimTokenStore,
  MongoSettingsStore,
  MongoSettlementStore,
  MongoSnapshotStore,
  MongoSyncStore,
} from '#adapter-mongo';
import { testServices } from '#testing';
import type { Engine } from './several-fetchers.spec.js';

const database = `muster_test_${randomBytes(6).toString('hex')}`;
const connect = async (): Promise<MongoConnection> => MongoConnection.open({ uri: testServices.mongodbUri, database });
let migrated: MongoConnection | null = null;

afterAll(async () => {
  await migrated?.database.dropDatabase();
  await migrated?.close();
});

/** One database; each process has a connection of its own. It is emptied after each case. */
export async function mongoEngine(): Promise<Engine> {
  if (migrated === null) {
    migrated = await connect();
    await migrated.migrate();
  }
  const first = migrated;
  let connections: MongoConnection[] = [];
  const closeAll = async (): Promise<void> => {
    await Promise.all(connections.map(async (connection) => connection.close()));
    connections = [];
  };
  return {
    open: async () => {
      const connection = await connect();
      connections.push(connection);
      return {
        leases: new MongoLeaseStore(connection),
        settings: new MongoSettingsStore(connection),
        schedules: new MongoScheduleStore(connection),
        syncs: new MongoSyncStore(connection),
        snapshots: new MongoSnapshotStore(connection),
        outcomes: new MongoOutcomeStore(connection),
        settlements: new MongoSettlementStore(connection),
        connectorStates: new MongoConnectorStateStore(connection),
        checks: new MongoCheckStore(connection),
        scimPending: new MongoScimPendingStore(connection),
        scimResources: new MongoScimResourceStore(connection),
        scimRequests: new MongoScimRequestLog(connection),
        scimTokens: new MongoScimTokenStore(connection),
        rateBudgets: new MongoRateBudgetStore(connection),
      };
    },
    restart: closeAll,
    dispose: async () => {
      await closeAll();
      for (const collection of await first.database.collections()) {
        if (collection.collectionName !== 'schemaMigrations') await collection.deleteMany({});
      }
    },
  };
}
