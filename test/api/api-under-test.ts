import { randomUUID } from 'node:crypto';
import { Global, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import {
  SqliteCheckStore,
  SqliteDatabase,
  SqliteDirectoryStore,
  SqliteMessageBus,
  SqliteOutcomeStore,
  SqliteSettingsStore,
  SqliteSettlementStore,
  SqliteSnapshotStore,
  SqliteSyncStore,
} from '#adapter-sqlite';
import { MusterConfig } from '#config';
import { ConnectorRegistry } from '#connector-sdk';
import { acmeHr } from '#connectors/acme-hr';
import {
  CheckStore,
  Clock,
  DirectoryStore,
  type JsonObject,
  MessageBus,
  OutcomeStore,
  SecretBox,
  SettingsStore,
  SettlementStore,
  SnapshotStore,
  SyncStore,
  SystemClock,
  type TenantId,
  topicAddress,
} from '#core';
import { Outages, TypedBus } from '#pipeline';
import { Logger, Metrics, SilentLogger } from '#telemetry';
import { EndpointRegistry } from '../../apps/reporter/src/rest/http/endpoint-registry.js';
import type { EndpointSpec } from '../../apps/reporter/src/rest/http/endpoint.js';
import { RestAdapter } from '../../apps/reporter/src/rest/http/rest-adapter.js';
import { RestModule } from '../../apps/reporter/src/rest/rest.module.js';

export const operatorKey = 'mus_operator-key-of-the-tests';

/** Tells secrets of one tenant from another's; what it hides is not under test here. */
class PlainSecretBox extends SecretBox {
  override seal(tenantId: TenantId, secrets: JsonObject): string {
    return JSON.stringify({ tenantId, secrets });
  }

  override open(_tenantId: TenantId, sealed: string): JsonObject {
    return (JSON.parse(sealed) as { secrets: JsonObject }).secrets;
  }
}

const config: MusterConfig = {
  engine: 'embedded',
  port: 0,
  host: '127.0.0.1',
  dataDir: '/nowhere',
  adminKey: operatorKey,
  masterKey: null,
  logLevel: 'silent',
  publicUrl: null,
  mapperThreads: 0,
  retention: { snapshots: 14, packed: 30, outcomes: 400 },
  planningStallSeconds: 120,
};

/** The API over a real Fastify application and a database in memory; no other role runs. */
export class ApiUnderTest {
  private constructor(
    readonly app: NestFastifyApplication,
    private readonly database: SqliteDatabase,
  ) {}

  static async start(): Promise<ApiUnderTest> {
    const database = SqliteDatabase.open({ memory: true });
    const app = await NestFactory.create<NestFastifyApplication>(moduleOver(database), new RestAdapter(), {
      logger: false,
    });
    await app.get(MessageBus).createTopics([{ address: topicAddress('sync-commands', 'bulk'), partitions: 1 }]);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new ApiUnderTest(app, database);
  }

  get endpoints(): EndpointSpec[] {
    return this.app.get(EndpointRegistry).list();
  }

  port<Port>(token: abstract new (...args: never[]) => Port): Port {
    return this.app.get(token as Type<Port>);
  }

  async send(options: InjectOptions & { key?: string | null }): Promise<LightMyRequestResponse> {
    const { key = operatorKey, headers = {}, ...rest } = options;
    const authorization = key === null ? {} : { authorization: `Bearer ${key}` };
    return this.app.inject({ ...rest, headers: { ...authorization, ...headers } });
  }

  /** Sends JSON and gives the parsed body of an answer that must have the status. */
  async json<Body = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    {
      body,
      key = operatorKey,
      status,
      headers = {},
    }: { body?: object; key?: string; status?: number; headers?: Record<string, string> } = {},
  ): Promise<Body> {
    const response = await this.send({ method, url, key, headers, ...(body === undefined ? {} : { payload: body }) });
    const expected = status ?? (response.statusCode < 300 ? response.statusCode : 200);
    if (response.statusCode !== expected) {
      throw new Error(`${method} ${url} answered ${String(response.statusCode)}: ${response.body}`);
    }
    return (response.body === '' ? {} : response.json()) as Body;
  }

  async stop(): Promise<void> {
    await this.app.close();
    this.database.close();
  }
}

function moduleOver(database: SqliteDatabase): Type {
  const provide = <Port>(token: abstract new (...args: never[]) => Port, value: Port) => ({
    provide: token,
    useValue: value,
  });
  @Global()
  @Module({
    providers: [
      provide(Clock, new SystemClock()),
      provide(Logger, new SilentLogger()),
      provide(Metrics, new Metrics()),
      provide(MusterConfig, config),
      provide(SecretBox, new PlainSecretBox()),
      provide(ConnectorRegistry, new ConnectorRegistry([acmeHr])),
      provide(MessageBus, new SqliteMessageBus(database)),
      provide(SettingsStore, new SqliteSettingsStore(database)),
      provide(SyncStore, new SqliteSyncStore(database)),
      provide(OutcomeStore, new SqliteOutcomeStore(database)),
      provide(SettlementStore, new SqliteSettlementStore(database)),
      provide(SnapshotStore, new SqliteSnapshotStore(database)),
      provide(DirectoryStore, new SqliteDirectoryStore(database)),
      provide(CheckStore, new SqliteCheckStore(database)),
      Outages,
      TypedBus,
    ],
    exports: [
      Clock,
      Logger,
      Metrics,
      MusterConfig,
      SecretBox,
      ConnectorRegistry,
      MessageBus,
      SettingsStore,
      SyncStore,
      OutcomeStore,
      SettlementStore,
      SnapshotStore,
      DirectoryStore,
      CheckStore,
      Outages,
      TypedBus,
    ],
  })
  class PortsModule {}

  @Module({ imports: [PortsModule, RestModule] })
  class AppModule {}
  return AppModule;
}

/** Replaces what differs between two answers that are otherwise the same. */
export function withoutRequestId(response: LightMyRequestResponse): { status: number; body: string; headers: object } {
  const id = String(response.headers['x-request-id']);
  const { date: _date, 'x-request-id': _id, ...headers } = response.headers;
  return { status: response.statusCode, body: response.body.replaceAll(id, 'ID'), headers };
}

export function unknownId(prefix: string): string {
  return `${prefix}_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
}
