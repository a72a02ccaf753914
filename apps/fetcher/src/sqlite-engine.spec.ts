import { rmSync } from 'node:fs';
import {
  SqliteCheckStore,
  SqliteConnectorStateStore,
  SqliteDatabase,
  SqliteLeaseStore,
  SqliteOutcomeStore,
  SqliteScheduleStore,
  SqliteScimPendingStore,
  SqliteScimRequestLog,
  SqliteScimResourceStore,
  SqliteScimTokenStore,
  SqliteSettingsStore,
  SqliteSettlementStore,
  SqliteSnapshotStore,
  SqliteSyncStore,
} from '#adapter-sqlite';
import { SystemClock } from '#core';
import { temporaryDirectory } from '#testing';
import type { Engine } from './several-fetchers.spec.js';

/** One file; the processes share its one connection, as the engine has it. */
export async function sqliteEngine(): Promise<Engine> {
  const dataDirectory = temporaryDirectory();
  let database = SqliteDatabase.open({ dataDirectory });
  return {
    open: async () => ({
      leases: new SqliteLeaseStore(database, new SystemClock()),
      settings: new SqliteSettingsStore(database),
      schedules: new SqliteScheduleStore(database),
      syncs: new SqliteSyncStore(database),
      snapshots: new SqliteSnapshotStore(database),
      outcomes: new SqliteOutcomeStore(database),
      settlements: new SqliteSettlementStore(database),
      connectorStates: new SqliteConnectorStateStore(database),
      checks: new SqliteCheckStore(database),
      scimPending: new SqliteScimPendingStore(database),
      scimResources: new SqliteScimResourceStore(database),
      scimRequests: new SqliteScimRequestLog(database),
      scimTokens: new SqliteScimTokenStore(database),
    }),
    restart: async () => {
      database.close();
      database = SqliteDatabase.open({ dataDirectory });
    },
    dispose: async () => {
      database.close();
      rmSync(dataDirectory, { recursive: true });
    },
  };
}
