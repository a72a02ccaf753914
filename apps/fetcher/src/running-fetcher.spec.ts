import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { vi } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '#config';
import {
  type ConnectorDefinition,
  defineConnector,
  type FetchBatch,
  type FetchContext,
  type FetchEnd,
} from '#connector-sdk';
import {
  decodeMessage,
  decodePage,
  defaultSafeguardLimits,
  type Integration,
  type JsonObject,
  type Manifest,
  MessageBus,
  newId,
  type RawPage,
  SecretBox,
  SettingsStore,
  SnapshotStore,
  standardAttributes,
  type Sync,
  type SyncCommand,
  SyncStore,
  type Tenant,
  topicAddress,
} from '#core';
import { PlatformModule } from '#platform';
import { SilentLogger } from '#telemetry';
import { FetcherLoops } from './fetcher-loops.js';
import { FetcherModule } from './fetcher.module.js';

/** A fetcher alone in its process, over a data directory of its own: nobody plans what it publishes. */
export interface RunningFetcher {
  app: INestApplicationContext;
  /** Published pages, in order of arrival. */
  published: RawPage[];
  commands: SyncCommand[];
  wake(): void;
  stop(): Promise<void>;
}

export function newDataDirectory(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'muster-fetcher-'));
  return { path, remove: () => rmSync(path, { recursive: true }) };
}

export async function startFetcher(
  directory: string,
  connectors: readonly ConnectorDefinition[],
  settings: Record<string, string> = { MUSTER_EGRESS_ALLOW: '127.0.0.0/8' },
): Promise<RunningFetcher> {
  const config = loadConfig({ env: { MUSTER_DATA_DIR: directory, ...settings }, directory });
  @Module({ imports: [PlatformModule.forRoot(config, { connectors, logger: new SilentLogger() }), FetcherModule] })
  class Root {}
  const app = await NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
  const published: RawPage[] = [];
  const commands: SyncCommand[] = [];
  const bus = app.get(MessageBus);
  for (const lane of ['bulk', 'quick'] as const) {
    await bus.subscribe({
      address: topicAddress('raw-records', lane),
      group: 'mapper',
      maxBatch: 100,
      handle: async (batch) => {
        for (const { headers, value } of batch) published.push(decodeMessage('raw-records', headers, value));
        await batch.at(-1)?.ack();
      },
    });
  }
  await bus.subscribe({
    address: topicAddress('sync-commands', 'bulk'),
    group: 'reporter',
    maxBatch: 100,
    handle: async (batch) => {
      for (const { headers, value } of batch) commands.push(decodeMessage('sync-commands', headers, value));
      await batch.at(-1)?.ack();
    },
  });
  return {
    app,
    published,
    commands,
    wake: () => app.get(FetcherLoops, { strict: false }).wake(),
    stop: async () => app.close(),
  };
}

/** A tenant with one integration. */
export async function seed(
  { app }: RunningFetcher,
  connector: ConnectorDefinition,
  settings: { config?: object; secrets?: object } = {},
): Promise<Integration> {
  const createdAt = '2026-01-01T00:00:00.000Z';
  const tenant: Tenant = {
    id: newId('tenant'),
    name: 'Acme',
    timeZone: 'UTC',
    deprovisioningDelayDays: 7,
    contacts: [],
    revision: 1,
    attributesRevision: 1,
    createdAt,
  };
  const integration: Integration = {
    id: newId('integration'),
    tenantId: tenant.id,
    name: 'HR',
    connectorId: connector.id,
    config: (settings.config ?? {}) as JsonObject,
    enabled: true,
    precedence: 'primary',
    standing: 'live',
    onLeavingScope: 'deprovision',
    contacts: [],
    safeguards: defaultSafeguardLimits,
    rateBudget: null,
    schedule: null,
    paused: null,
    activeMappingVersion: null,
    revision: 1,
    createdAt,
  };
  const store = app.get(SettingsStore);
  await store.createTenant(tenant);
  await store.createIntegration(
    integration,
    app.get(SecretBox).seal(tenant.id, (settings.secrets ?? {}) as JsonObject),
  );
  return integration;
}

export async function queueSync(
  { app, wake }: RunningFetcher,
  connector: ConnectorDefinition,
  { tenantId, id: integrationId }: Integration,
  changes: Partial<Sync> = {},
): Promise<Sync> {
  const id = newId('sync');
  const createdAt = '2026-01-01T00:00:00.000Z';
  const sync: Omit<Sync, 'generation'> = {
    id,
    tenantId,
    integrationId,
    mode: 'live',
    trigger: 'manual',
    state: 'queued',
    lane: 'bulk',
    frozen: {
      mapping: null,
      attributes: [...standardAttributes],
      attributesRevision: 1,
      settingsRevision: 1,
      connectorId: connector.id,
      sourceIdExpression: connector.sourceIdExpression,
      precedence: 'primary',
      onLeavingScope: 'deprovision',
      safeguards: defaultSafeguardLimits,
      timeZone: 'UTC',
      deprovisioningDelayDays: 7,
    },
    now: createdAt,
    today: '2026-01-01',
    person: null,
    failedOf: null,
    reread: false,
    session: null,
    snapshotOf: id,
    edit: null,
    undo: null,
    requestedBy: 'test',
    inPipeline: false,
    turn: 0,
    round: -1,
    cancelRequested: false,
    supersededBy: null,
    republished: false,
    failure: null,
    createdAt,
    startedAt: null,
    plannedAt: null,
    settledAt: null,
    endedAt: null,
    progressedAt: createdAt,
    ...changes,
  };
  const generation = await app.get(SyncStore).queue(sync);
  wake();
  return { ...sync, generation };
}

export async function manifestOf({ app }: RunningFetcher, { tenantId, id }: Sync): Promise<Manifest> {
  return vi.waitFor(
    async () => {
      const manifest = await app.get(SnapshotStore).manifest(tenantId, id);
      if (manifest === null) throw new Error(`sync ${id} has no manifest yet`);
      return manifest;
    },
    { timeout: 15_000, interval: 10 },
  );
}

/** The records of a sync's stored pages, as text, in order. */
export async function storedRecords({ app }: RunningFetcher, { tenantId, snapshotOf }: Sync): Promise<string[]> {
  const snapshots = app.get(SnapshotStore);
  const records: string[] = [];
  for (const { page } of await snapshots.pages(tenantId, snapshotOf, 0, 10_000)) {
    const body = await snapshots.body(tenantId, snapshotOf, page);
    if (body !== null) records.push(...decodePage(body).map(({ bytes }) => Buffer.from(bytes).toString('utf8')));
  }
  return records;
}

type Fetch = (context: FetchContext) => AsyncGenerator<FetchBatch, FetchEnd, void>;

/** A connector whose fetch is what the test says. */
export function scripted(fetch: Fetch, changes: Partial<ConnectorDefinition> = {}): ConnectorDefinition {
  return defineConnector({
    id: 'scripted',
    title: 'Scripted',
    description: 'For tests.',
    capabilities: { full: true, person: true, delta: true, resume: true, wholeness: 'declaredTotal' },
    config: z.strictObject({}),
    secrets: z.strictObject({}),
    decoder: 'json',
    sourceIdExpression: 'id',
    defaultMapping: { attributes: {} },
    async *check() {
      yield { step: 'configuration', ok: true, message: 'fine' } as const;
    },
    fetch,
    ...changes,
  });
}

export function record(id: number | string, size = 0): { sourceId: string; bytes: Uint8Array } {
  const bytes = Buffer.from(JSON.stringify({ id: String(id), ...(size === 0 ? {} : { filler: 'x'.repeat(size) }) }));
  return { sourceId: String(id), bytes };
}

/** Records `from` … `to` (exclusive). */
export function range(from: number, to: number): { sourceId: string; bytes: Uint8Array }[] {
  return Array.from({ length: to - from }, (_, index) => record(from + index));
}
