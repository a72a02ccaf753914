import { Injectable, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { KafkaMessageBus, type ValueStore } from '#adapter-kafka';
import {
  MongoCheckStore,
  MongoConnection,
  MongoConnectorStateStore,
  MongoDeadLetterStore,
  MongoDirectoryStore,
  MongoIdempotencyStore,
  MongoIntegrationRequestStore,
  MongoLeaseStore,
  MongoMessageValues,
  MongoNoticeStore,
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
  MongoSyncChangeLog,
  MongoSyncStore,
  MongoWebhookStore,
} from '#adapter-mongo';
import type { Program, ServerSettings } from '#config';
import {
  CheckStore,
  ConfigurationError,
  ConnectorStateStore,
  DeadLetterStore,
  DirectoryStore,
  IdempotencyStore,
  IntegrationRequestStore,
  LeaseStore,
  MessageBus,
  NoticeStore,
  OutcomeStore,
  RetriableError,
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
  WebhookStore,
} from '#core';
import type { Logger } from '#telemetry';
import { allTopics } from './topics.js';

/** Kafka and MongoDB, open as long as the application is. Closed last, when nothing works any more. */
@Injectable()
export class DistributedEngine implements OnApplicationShutdown {
  private constructor(
    readonly connection: MongoConnection,
    readonly bus: KafkaMessageBus,
  ) {}

  /**
   * Reaches both servers, brings the database to the newest schema and makes the topics that are missing. Several
   * processes may do so at once.
   *
   * @param onStalled called when only a new process helps a consumer
   * @throws RetriableError with what is wrong at each server that can't be used now
   * @throws ConfigurationError when trying again can't help
   */
  static async open(
    { kafka, mongodbUri }: ServerSettings,
    { program, logger, onStalled }: { program: Program; logger: Logger; onStalled: () => void },
  ): Promise<DistributedEngine> {
    const { partitions, ...settings } = kafka;
    const clientId = `muster-${program}`;
    const opening = openMigrated(mongodbUri, clientId);
    const bus = new KafkaMessageBus({ ...settings, clientId }, logger, valuesIn(opening), onStalled);
    const [made, opened] = await Promise.allSettled([bus.createTopics(allTopics(partitions)), opening]);
    if (made.status === 'fulfilled' && opened.status === 'fulfilled') return new DistributedEngine(opened.value, bus);
    await bus.close();
    if (opened.status === 'fulfilled') await opened.value.close();
    throw combined(
      [made, opened].flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : [])),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.bus.close();
    await this.connection.close();
  }
}

/** Every port of core bound to Kafka or MongoDB. Leases run by the database's clock, so that no machine's can be wrong. */
export const distributedPorts: Provider[] = [
  { provide: MessageBus, inject: [DistributedEngine], useFactory: ({ bus }: DistributedEngine) => bus },
  bind(LeaseStore, MongoLeaseStore),
  bind(SettingsStore, MongoSettingsStore),
  bind(ScimPendingStore, MongoScimPendingStore),
  bind(ScimRequestLog, MongoScimRequestLog),
  bind(ScimResourceStore, MongoScimResourceStore),
  bind(ScimTokenStore, MongoScimTokenStore),
  bind(RateBudgetStore, MongoRateBudgetStore),
  bind(ScheduleStore, MongoScheduleStore),
  bind(SnapshotStore, MongoSnapshotStore),
  bind(ConnectorStateStore, MongoConnectorStateStore),
  bind(SyncStore, MongoSyncStore),
  bind(SyncChangeLog, MongoSyncChangeLog),
  bind(OutcomeStore, MongoOutcomeStore),
  bind(SettlementStore, MongoSettlementStore),
  bind(DirectoryStore, MongoDirectoryStore),
  bind(DeadLetterStore, MongoDeadLetterStore),
  bind(CheckStore, MongoCheckStore),
  bind(IdempotencyStore, MongoIdempotencyStore),
  bind(IntegrationRequestStore, MongoIntegrationRequestStore),
  bind(NoticeStore, MongoNoticeStore),
  bind(WebhookStore, MongoWebhookStore),
];

function bind<Port>(port: abstract new () => Port, adapter: new (connection: MongoConnection) => Port): Provider<Port> {
  return {
    provide: port,
    inject: [DistributedEngine],
    useFactory: ({ connection }: DistributedEngine) => new adapter(connection),
  };
}

function valuesIn(opening: Promise<MongoConnection>): ValueStore {
  return {
    put: async (value, keptForMs) => new MongoMessageValues(await opening).put(value, keptForMs),
    get: async (name) => new MongoMessageValues(await opening).get(name),
  };
}

async function openMigrated(uri: string, appName: string): Promise<MongoConnection> {
  const connection = await MongoConnection.open({ uri, appName });
  try {
    await connection.migrate();
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** One error that says everything; what can't be helped by waiting goes first. */
function combined(errors: readonly unknown[]): unknown {
  const [first, second] = errors;
  const final = errors.find((error) => error instanceof ConfigurationError || !(error instanceof RetriableError));
  if (final !== undefined || !(first instanceof RetriableError) || !(second instanceof RetriableError)) {
    return final ?? first;
  }
  return new RetriableError(first.code, `${first.message} ${second.message}`, {}, { cause: first });
}
