import { Injectable, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import {
  SqliteCheckStore,
  SqliteConnectorStateStore,
  SqliteDatabase,
  SqliteDeadLetterStore,
  SqliteDirectoryStore,
  SqliteIdempotencyStore,
  SqliteIntegrationRequestStore,
  SqliteLeaseStore,
  SqliteMessageBus,
  SqliteNoticeStore,
  SqliteOutcomeStore,
  SqliteRateBudgetStore,
  SqliteScheduleStore,
  SqliteScimPendingStore,
  SqliteScimRequestLog,
  SqliteScimResourceStore,
  SqliteScimTokenStore,
  SqliteSettingsStore,
  SqliteSettlementStore,
  SqliteSnapshotStore,
  SqliteSyncChangeLog,
  SqliteSyncStore,
  SqliteWebhookStore,
} from '#adapter-sqlite';
import {
  CheckStore,
  type Clock,
  ConnectorStateStore,
  DeadLetterStore,
  DirectoryStore,
  IdempotencyStore,
  IntegrationRequestStore,
  LeaseStore,
  MessageBus,
  NoticeStore,
  OutcomeStore,
  RateBudgetStore,
  ScheduleStore,
  ScimPendingStore,
  ScimRequestLog,
  ScimResourceStore,
  ScimTokenStore,
  SettingsStore,
  SettlementStore,
  SnapshotStore,
  SyncChangeLog,
  SyncStore,
  SystemClock,
  WebhookStore,
} from '#core';
import { allTopics } from './topics.js';

/** Leases run by the machine's own clock, whatever time the rest of the application is told. */
const leaseClock = new SystemClock();

/** The embedded engine's database, open as long as the application is. Closed last, when nothing works any more. */
@Injectable()
export class EmbeddedEngine implements OnApplicationShutdown {
  private constructor(readonly database: SqliteDatabase) {}

  /**
   * Opens the data directory. Its lock proves that whoever held leases is dead, so all of them are dropped.
   *
   * @throws ConfigurationError `dataDirectoryInUse`, `dataDirectoryNewer`
   */
  static async open(dataDirectory: string): Promise<EmbeddedEngine> {
    const database = SqliteDatabase.open({ dataDirectory });
    try {
      await new SqliteLeaseStore(database, leaseClock).dropAll();
      await new SqliteMessageBus(database).createTopics(allTopics());
      return new EmbeddedEngine(database);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  onApplicationShutdown(): void {
    this.database.close();
  }
}

/** Every port of core bound to SQLite. */
export const embeddedPorts: Provider[] = [
  bind(MessageBus, SqliteMessageBus),
  bind(LeaseStore, SqliteLeaseStore),
  bind(RateBudgetStore, SqliteRateBudgetStore),
  bind(ScheduleStore, SqliteScheduleStore),
  bind(SettingsStore, SqliteSettingsStore),
  bind(ScimPendingStore, SqliteScimPendingStore),
  bind(ScimRequestLog, SqliteScimRequestLog),
  bind(ScimResourceStore, SqliteScimResourceStore),
  bind(ScimTokenStore, SqliteScimTokenStore),
  bind(SnapshotStore, SqliteSnapshotStore),
  bind(ConnectorStateStore, SqliteConnectorStateStore),
  bind(SyncStore, SqliteSyncStore),
  bind(SyncChangeLog, SqliteSyncChangeLog),
  bind(OutcomeStore, SqliteOutcomeStore),
  bind(SettlementStore, SqliteSettlementStore),
  bind(DirectoryStore, SqliteDirectoryStore),
  bind(DeadLetterStore, SqliteDeadLetterStore),
  bind(CheckStore, SqliteCheckStore),
  bind(IdempotencyStore, SqliteIdempotencyStore),
  bind(IntegrationRequestStore, SqliteIntegrationRequestStore),
  bind(NoticeStore, SqliteNoticeStore),
  bind(WebhookStore, SqliteWebhookStore),
];

function bind<Port>(
  port: abstract new () => Port,
  adapter: new (database: SqliteDatabase, clock: Clock) => Port,
): Provider<Port> {
  return {
    provide: port,
    inject: [EmbeddedEngine],
    useFactory: ({ database }: EmbeddedEngine) => new adapter(database, leaseClock),
  };
}
