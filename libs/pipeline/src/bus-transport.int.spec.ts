import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SqliteDatabase, SqliteDeadLetterStore, SqliteMessageBus } from '#adapter-sqlite';
import {
  Clock,
  DeadLetterStore,
  type IntegrationId,
  type Lane,
  MessageBus,
  RejectedRecordError,
  RetriableError,
  StaleClaimError,
  type SyncCommand,
  type SyncId,
  SystemClock,
  type TenantId,
  topicAddress,
} from '#core';
import { Logger, Metrics, SilentLogger } from '#telemetry';
import { BusTransport } from './bus-transport.js';
import { Consumes } from './consumes.decorator.js';
import { Outages } from './outages.js';
import type { StageMessage } from './stage-message.js';
import { StageRunner } from './stage-runner.js';
import { TypedBus } from './typed-bus.js';

type Handle = (batch: StageMessage<'apply-slices'>[]) => Promise<void>;

/** What the stage of this test does; each test sets it. */
let handle: Handle;

@Controller()
class SliceStage {
  @Consumes('apply-slices', { group: 'reconciler', maxBatch: 10 })
  async apply(batch: StageMessage<'apply-slices'>[]): Promise<void> {
    await handle(batch);
  }

  @Consumes('sync-commands', { group: 'reconciler' })
  async commands(batch: StageMessage<'sync-commands'>[]): Promise<void> {
    commands.push(...batch.map(({ body }) => body));
  }
}

@Module({
  controllers: [SliceStage],
  providers: [
    TypedBus,
    Outages,
    StageRunner,
    BusTransport,
    Metrics,
    { provide: Clock, useClass: SystemClock },
    { provide: Logger, useClass: SilentLogger },
    { provide: SqliteDatabase, useFactory: () => SqliteDatabase.open({ memory: true }) },
    { provide: MessageBus, inject: [SqliteDatabase], useFactory: (db: SqliteDatabase) => new SqliteMessageBus(db) },
    {
      provide: DeadLetterStore,
      inject: [SqliteDatabase],
      useFactory: (db: SqliteDatabase) => new SqliteDeadLetterStore(db),
    },
  ],
})
class StageModule {}

let commands: SyncCommand[] = [];
let close: () => Promise<void> = async () => undefined;
let bus: MessageBus;
let typedBus: TypedBus;
let deadLetters: DeadLetterStore;
let outages: Outages;
let metrics: Metrics;

beforeEach(async () => {
  commands = [];
  const app = await NestFactory.create(StageModule, new FastifyAdapter(), { logger: false });
  bus = app.get(MessageBus);
  typedBus = app.get(TypedBus);
  deadLetters = app.get(DeadLetterStore);
  outages = app.get(Outages);
  metrics = app.get(Metrics);
  const addresses = [
    topicAddress('apply-slices', 'bulk'),
    topicAddress('apply-slices', 'quick'),
    'muster.sync-commands',
  ];
  await bus.createTopics(addresses.map((address) => ({ address, partitions: 1 })));
  app.connectMicroservice({ strategy: app.get(BusTransport) });
  await app.init();
  await app.startAllMicroservices();
  close = async () => app.close();
});

afterEach(async () => {
  await close();
});

const ids = { tenantId: 'ten_1' as TenantId, integrationId: 'int_1' as IntegrationId, syncId: 'syn_1' as SyncId };

async function publish(lane: Lane, ...slices: number[]): Promise<void> {
  await typedBus.publish(
    'apply-slices',
    lane,
    slices.map((slice) => ({ ...ids, round: 0, slice, claim: 1 })),
  );
}

const slicesOf = (batch: StageMessage<'apply-slices'>[]) => batch.map(({ body }) => body.slice);

async function lag(lane: Lane = 'bulk'): Promise<number> {
  return bus.lag(topicAddress('apply-slices', lane), 'reconciler');
}

describe('a stage on the bus', () => {
  it('acknowledges what it has handled, lane by lane', async () => {
    const seen: [Lane, number][] = [];
    handle = async (batch) => {
      for (const { body, lane } of batch) seen.push([lane, body.slice]);
    };
    await publish('bulk', 1, 2);
    await publish('quick', 3);
    await vi.waitFor(async () => expect((await lag()) + (await lag('quick'))).toBe(0));
    expect(seen).toHaveLength(3);
    expect(seen).toEqual(
      expect.arrayContaining([
        ['bulk', 1],
        ['bulk', 2],
        ['quick', 3],
      ]),
    );
  });

  it('lets the quick lane pass while bulk is busy', async () => {
    let release: () => void = () => undefined;
    let quick = false;
    handle = async ([first]) => {
      if (first?.lane === 'quick') quick = true;
      else await new Promise<void>((resolve) => (release = resolve));
    };
    await publish('bulk', 1);
    await sleep(20);
    await publish('quick', 2);
    await vi.waitFor(() => expect(quick).toBe(true));
    release();
  });

  it('waits through an outage, says so, and handles the same batch afterwards', async () => {
    let isAway = true;
    const handled: number[][] = [];
    handle = async (batch) => {
      if (isAway) throw new RetriableError('storeUnavailable', 'the store does not answer');
      handled.push(slicesOf(batch));
    };
    await publish('bulk', 1, 2);
    await vi.waitFor(() => expect(outages.list()).toHaveLength(1));
    // The very error object came through Nest: its code and words are told.
    expect(outages.list()[0]).toMatchObject({
      stage: 'reconciler/apply-slices',
      code: 'storeUnavailable',
      message: 'the store does not answer',
    });
    expect(await lag()).toBe(2);
    isAway = false;
    await vi.waitFor(() => expect(outages.list()).toEqual([]), 5_000);
    expect(handled.flat()).toEqual([1, 2]);
    expect(await deadLetters.count()).toBe(0);
  });

  it('drops what a stale claim sent, and only that, and counts it', async () => {
    const handled: number[] = [];
    handle = async (batch) => {
      if (slicesOf(batch).includes(2)) throw new StaleClaimError('claimStale', 'in other hands');
      handled.push(...slicesOf(batch));
    };
    await publish('bulk', 1, 2, 3);
    await vi.waitFor(async () => expect(await lag()).toBe(0));
    expect(handled).toEqual([1, 3]);
    expect(await deadLetters.count()).toBe(0);
    const { text } = await metrics.expose();
    expect(text).toContain('muster_stale_writes_refused_total{by="reconciler/apply-slices"} 1\n');
  });

  it('keeps a refused message as a dead letter and handles its neighbours', async () => {
    const handled: number[] = [];
    handle = async (batch) => {
      if (slicesOf(batch).includes(2)) throw new RejectedRecordError('unknownSync', 'no such sync');
      handled.push(...slicesOf(batch));
    };
    await publish('bulk', 1, 2, 3);
    await vi.waitFor(async () => expect(await lag()).toBe(0));
    expect(handled).toEqual([1, 3]);
    expect(await deadLetters.list(10)).toMatchObject([{ reason: 'unknownSync', group: 'reconciler', offset: 1 }]);
  });

  it('tries a message five times that fails without a class, then gives it up', async () => {
    let tries = 0;
    handle = async () => {
      tries += 1;
      throw new TypeError('cannot read property of undefined');
    };
    await publish('bulk', 1);
    await vi.waitFor(async () => expect(await lag()).toBe(0), 10_000);
    expect(tries).toBe(5);
    expect(await deadLetters.list(10)).toMatchObject([{ reason: 'unclassified' }]);
    expect(outages.list()).toEqual([]);
  });

  it('never shows a stage what cannot be read', async () => {
    const handled: number[] = [];
    handle = async (batch) => {
      handled.push(...slicesOf(batch));
    };
    const address = topicAddress('apply-slices', 'bulk');
    await bus.publish(address, [
      { key: 'x', headers: { schema: 'apply-slices', version: '1' }, value: Buffer.from('{') },
    ]);
    await publish('bulk', 7);
    await vi.waitFor(async () => expect(await lag()).toBe(0));
    expect(handled).toEqual([7]);
    expect(await deadLetters.list(10)).toMatchObject([{ reason: 'undecodableMessage', offset: 0 }]);
  });

  it('finishes the batch in hand when it is closed', async () => {
    let isDone = false;
    let isBegun = false;
    handle = async () => {
      isBegun = true;
      await sleep(100);
      isDone = true;
    };
    await publish('bulk', 1);
    await vi.waitFor(() => expect(isBegun).toBe(true));
    await close();
    expect(isDone).toBe(true);
    expect(await lag()).toBe(0);
    close = async () => undefined;
  });

  it('hears commands that belong to no lane', async () => {
    await typedBus.publish('sync-commands', 'quick', [{ role: 'reconciler', ...ids }]);
    await vi.waitFor(() => expect(commands).toEqual([{ role: 'reconciler', ...ids }]));
  });
});
