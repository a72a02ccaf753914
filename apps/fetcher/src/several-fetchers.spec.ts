import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { expect, vi } from 'vitest';
import { SqliteDatabase, SqliteMessageBus } from '#adapter-sqlite';
import { loadConfig, MusterConfig } from '#config';
import { type ConnectorDefinition, ConnectorRegistry } from '#connector-sdk';
import {
  CheckStore,
  Clock,
  ConnectorStateStore,
  type DueRun,
  type EndedRun,
  hasEnded,
  type Integration,
  type IntegrationId,
  type JsonObject,
  lanes,
  LeaseStore,
  MessageBus,
  newId,
  OutcomeStore,
  RateBudgetStore,
  type ScheduleState,
  ScheduleStore,
  ScimPendingStore,
  ScimRequestLog,
  ScimResourceStore,
  ScimTokenStore,
  SecretBox,
  SettingsStore,
  SettlementStore,
  SnapshotStore,
  type Sync,
  type SyncFailure,
  type SyncState,
  SyncStore,
  type TenantId,
  topicAddress,
  type TopicName,
  topicPartitions,
} from '#core';
import { TypedBus, WorkLoops } from '#pipeline';
import { nextRun } from '#schedule';
import { Logger, Metrics, SilentLogger } from '#telemetry';
import { buildIntegration, buildSync, ManualClock } from '#testing';
import { FetcherLoops } from './fetcher-loops.js';
import { FetcherModule } from './fetcher.module.js';
import { Scheduler } from './scheduler.js';

/** The stores of one process. */
export interface ProcessPorts {
  leases: LeaseStore;
  settings: SettingsStore;
  schedules: ScheduleStore;
  syncs: SyncStore;
  snapshots: SnapshotStore;
  outcomes: OutcomeStore;
  settlements: SettlementStore;
  connectorStates: ConnectorStateStore;
  checks: CheckStore;
  scimPending: ScimPendingStore;
  scimResources: ScimResourceStore;
  scimRequests: ScimRequestLog;
  scimTokens: ScimTokenStore;
  rateBudgets: RateBudgetStore;
}

/** Where fetchers keep what they share. */
export interface Engine {
  /** The stores of one more process. */
  open(): Promise<ProcessPorts>;
  /** Everything stops and is opened again: no process is left. */
  restart(): Promise<void>;
  dispose(): Promise<void>;
}

/** What a test does at a process's every move of a schedule; throwing is dying. */
export interface MoveHooks {
  before?: (id: IntegrationId) => Promise<void> | void;
  after?: (id: IntegrationId) => Promise<void> | void;
}

/** A schedule store whose process may be stopped, or die, before or after a move. */
class HookedScheduleStore extends ScheduleStore {
  constructor(
    private readonly store: ScheduleStore,
    private readonly hooks: MoveHooks,
  ) {
    super();
  }

  override due(at: string, limit: number): Promise<DueRun[]> {
    return this.store.due(at, limit);
  }

  override ended(limit: number): Promise<EndedRun[]> {
    return this.store.ended(limit);
  }

  override states(tenantId: TenantId, ids: readonly IntegrationId[]): Promise<Map<IntegrationId, ScheduleState>> {
    return this.store.states(tenantId, ids);
  }

  override async move(...turn: Parameters<ScheduleStore['move']>): Promise<boolean> {
    await this.hooks.before?.(turn[1]);
    const done = await this.store.move(...turn);
    await this.hooks.after?.(turn[1]);
    return done;
  }
}

class OpenBox extends SecretBox {
  override seal(_tenantId: TenantId, secrets: JsonObject): string {
    return JSON.stringify(secrets);
  }

  override open(_tenantId: TenantId, sealed: string): JsonObject {
    return JSON.parse(sealed) as JsonObject;
  }
}

/**
 * Fetchers that live side by side over the same stores and go by one clock that a test moves. Their work loops and leases
 * are the real ones. There is no reporter: a test says itself how syncs end.
 */
export class SeveralFetchers {
  readonly clock: ManualClock;
  readonly tenantId = newId('tenant');
  private fetchers: INestApplicationContext[] = [];
  private readonly busDatabase = SqliteDatabase.open({ memory: true });
  private readonly bus = new SqliteMessageBus(this.busDatabase);
  private readonly integrations: Integration[] = [];

  private constructor(
    private readonly engine: Engine,
    private readonly connector: ConnectorDefinition,
    private ports: ProcessPorts,
    start: string,
  ) {
    this.clock = new ManualClock(start);
  }

  /** A tenant in Berlin, and nobody at work yet. */
  static async over(engine: Engine, connector: ConnectorDefinition, start: string): Promise<SeveralFetchers> {
    const several = new SeveralFetchers(engine, connector, await engine.open(), start);
    const addresses = (Object.keys(topicPartitions) as TopicName[]).flatMap((topic) =>
      lanes.map((lane) => topicAddress(topic, lane)),
    );
    await several.bus.createTopics([...new Set(addresses)].map((address) => ({ address, partitions: 1 })));
    await several.ports.settings.createTenant({
      id: several.tenantId,
      name: 'Acme',
      timeZone: 'Europe/Berlin',
      deprovisioningDelayDays: 7,
      contacts: [],
      revision: 1,
      attributesRevision: 1,
      createdAt: start,
    });
    return several;
  }

  get stores(): ProcessPorts {
    return this.ports;
  }

  async startFetcher(hooks: MoveHooks = {}, env: Record<string, string> = {}): Promise<INestApplicationContext> {
    const ports = await this.engine.open();
    const bound = [
      { provide: LeaseStore, useValue: ports.leases },
      { provide: SettingsStore, useValue: ports.settings },
      { provide: ScheduleStore, useValue: new HookedScheduleStore(ports.schedules, hooks) },
      { provide: SyncStore, useValue: ports.syncs },
      { provide: SnapshotStore, useValue: ports.snapshots },
      { provide: OutcomeStore, useValue: ports.outcomes },
      { provide: SettlementStore, useValue: ports.settlements },
      { provide: ConnectorStateStore, useValue: ports.connectorStates },
      { provide: CheckStore, useValue: ports.checks },
      { provide: ScimPendingStore, useValue: ports.scimPending },
      { provide: ScimResourceStore, useValue: ports.scimResources },
      { provide: ScimRequestLog, useValue: ports.scimRequests },
      { provide: ScimTokenStore, useValue: ports.scimTokens },
      { provide: RateBudgetStore, useValue: ports.rateBudgets },
      { provide: MessageBus, useValue: this.bus },
      { provide: Clock, useValue: this.clock },
      { provide: Logger, useValue: new SilentLogger() },
      { provide: Metrics, useValue: new Metrics() },
      { provide: SecretBox, useValue: new OpenBox() },
      {
        provide: ConnectorRegistry,
        useValue: new ConnectorRegistry([{ definition: this.connector, moduleUrl: null }]),
      },
      {
        provide: MusterConfig,
        useValue: loadConfig({ env: { MUSTER_EGRESS_ALLOW: '127.0.0.0/8', ...env } }),
      },
      TypedBus,
      WorkLoops,
    ];
    const exported = bound.map((provider) => (typeof provider === 'function' ? provider : provider.provide));
    const Ports = { module: class Ports {}, global: true, providers: bound, exports: exported };
    @Module({ imports: [Ports, FetcherModule] })
    class Root {}
    const app = await NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
    this.fetchers.push(app);
    return app;
  }

  async startThree(): Promise<void> {
    for (let count = 0; count < 3; count += 1) await this.startFetcher();
  }

  async stop(app: INestApplicationContext): Promise<void> {
    this.fetchers = this.fetchers.filter((other) => other !== app);
    await app.close();
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.fetchers.splice(0).map(async (app) => app.close()));
  }

  /** All processes end, and everything is opened again by three new ones. */
  async restart(): Promise<void> {
    await this.stopAll();
    await this.engine.restart();
    this.ports = await this.engine.open();
    await this.startThree();
  }

  async dispose(): Promise<void> {
    await this.stopAll();
    this.busDatabase.close();
    await this.engine.dispose();
  }

  /** The schedulers of the living fetchers, to be called without a lease. */
  schedulers(): Scheduler[] {
    return this.fetchers.map((app) => app.get(Scheduler, { strict: false }));
  }

  /** A part of each living fetcher, by its class. */
  all<Part>(token: abstract new (...args: never[]) => Part): Part[] {
    return this.fetchers.map((app) => app.get<Part>(token as unknown as new () => Part, { strict: false }));
  }

  /** Sets up an integration as the API does: its schedule begins now. */
  async integrate(parts: Partial<Integration>): Promise<Integration> {
    const integration = buildIntegration({
      tenantId: this.tenantId,
      connectorId: this.connector.id,
      activeMappingVersion: 1,
      ...parts,
    });
    await this.ports.settings.createIntegration(integration, '{}', this.firstRun(integration));
    const definition = { identity: 'connector', attributes: {}, scope: null, restricted: null } as const;
    const { tenantId, id: integrationId, createdAt } = integration;
    await this.ports.settings.addMapping({ tenantId, integrationId, definition, createdAt, createdBy: 'key_test' });
    this.integrations.push(integration);
    return integration;
  }

  /** Changes settings as the API does: a schedule begins anew. */
  async change(integration: Integration, parts: Partial<Integration>): Promise<void> {
    const present = await this.ports.settings.integration(this.tenantId, integration.id);
    if (present === null) throw new Error('there is no such integration');
    const changed = { ...present, ...parts };
    expect(await this.ports.settings.updateIntegration(changed, null, this.firstRun(changed))).toBe('updated');
  }

  /** Moves the clock, wakes everybody and waits until nothing is due any more. */
  async at(instant: string): Promise<void> {
    this.clock.set(instant);
    await this.settle();
  }

  async settle(): Promise<void> {
    for (const app of this.fetchers) app.get(FetcherLoops, { strict: false }).wake();
    await vi.waitFor(async () => expect(await this.isQuiet()).toBe(true), { timeout: 20_000, interval: 5 });
  }

  async isQuiet(): Promise<boolean> {
    const { schedules } = this.ports;
    return (await schedules.due(this.clock.now(), 1)).length === 0 && (await schedules.ended(1)).length === 0;
  }

  /** Scheduled syncs of an integration, oldest first. */
  async runs({ id }: Integration): Promise<Sync[]> {
    const found = await this.ports.syncs.syncs(this.tenantId, { integrationId: id, trigger: 'schedule' }, null, 500);
    return found.reverse();
  }

  /** When they were queued, without seconds. */
  async times(integration: Integration): Promise<string[]> {
    return (await this.runs(integration)).map(({ createdAt }) => {
      expect(createdAt).toMatch(/:00\.000Z$/);
      return createdAt.slice(0, 16);
    });
  }

  async state({ id }: Integration): Promise<ScheduleState> {
    const state = (await this.ports.schedules.states(this.tenantId, [id])).get(id);
    if (state === undefined) throw new Error(`integration ${id} has no schedule state`);
    return state;
  }

  /** Queues a sync that nobody scheduled. */
  async queue({ id }: Integration, parts: Partial<Sync> = {}): Promise<Sync> {
    const sync = buildSync(this.tenantId, id, { createdAt: this.clock.now(), ...parts });
    return { ...sync, generation: await this.ports.syncs.queue(sync) };
  }

  /** Ends a sync now, as the reporter would. */
  async end({ id }: Pick<Sync, 'id'>, state: SyncState, failure: SyncFailure | null = null): Promise<void> {
    const sync = await this.ports.syncs.sync(this.tenantId, id);
    if (sync === null) throw new Error(`there is no sync ${id}`);
    const patch = { endedAt: this.clock.now(), failure };
    expect(await this.ports.syncs.move(this.tenantId, id, sync.state, state, patch)).toBe(true);
  }

  /** Ends every sync that has not ended. */
  async endAll(): Promise<void> {
    const open = (await this.ports.syncs.open()).filter(({ state }) => !hasEnded(state));
    await Promise.all(open.map(async (sync) => this.end(sync, 'completed')));
  }

  private firstRun({ enabled, schedule }: Integration): string | null {
    return enabled && schedule !== null ? nextRun(schedule, this.clock.now()) : null;
  }
}
