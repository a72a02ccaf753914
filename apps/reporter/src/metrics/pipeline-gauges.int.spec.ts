import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  SqliteDatabase,
  SqliteMessageBus,
  SqliteOutcomeStore,
  SqliteSettlementStore,
  SqliteSnapshotStore,
  SqliteSyncStore,
} from '#adapter-sqlite';
import {
  encodeMessage,
  lanes,
  newId,
  type RawPage,
  RetriableError,
  type Sync,
  topicAddress,
  type TopicName,
  topicPartitions,
} from '#core';
import { Metrics } from '#telemetry';
import { buildSync } from '#testing';
import { OpenWork } from './open-work.js';
import { PipelineGauges } from './pipeline-gauges.js';

const tenantId = newId('tenant');
const integrationId = newId('integration');

describe('lag and open syncs', () => {
  let database: SqliteDatabase;
  let bus: SqliteMessageBus;
  let syncs: SqliteSyncStore;
  let snapshots: SqliteSnapshotStore;
  let metrics: Metrics;

  beforeEach(async () => {
    database = SqliteDatabase.open({ memory: true });
    bus = new SqliteMessageBus(database);
    for (const topic of Object.keys(topicPartitions) as TopicName[]) {
      await bus.createTopics(lanes.map((lane) => ({ address: topicAddress(topic, lane), partitions: 2 })));
    }
    syncs = new SqliteSyncStore(database);
    snapshots = new SqliteSnapshotStore(database);
    metrics = new Metrics();
    const work = new OpenWork(syncs, snapshots, new SqliteOutcomeStore(database), new SqliteSettlementStore(database));
    new PipelineGauges(bus, work, metrics);
  });
  afterEach(() => database.close());

  const text = async (): Promise<string> => (await metrics.expose()).text;
  const lag = (what: string, lane = 'bulk'): string =>
    `muster_stage_lag_${what}{stage="mapper/raw-records",lane="${lane}"}`;

  async function queue(parts: Partial<Sync>): Promise<Sync> {
    const sync = { ...buildSync(tenantId, integrationId, parts), generation: 1 };
    await syncs.queue(sync);
    return sync;
  }

  /** Stores pages of so many people each and publishes those from the given one on. */
  async function publish({ id, lane }: Sync, sizes: number[], from = 0): Promise<void> {
    let firstSeq = 0;
    for (const [page, records] of sizes.entries()) {
      const link = { page, firstSeq, records, bytes: 1, contentHash: 'h', cursorAfter: null, claim: 1 };
      await snapshots.insertPage(tenantId, id, link, new Uint8Array(1));
      const raw: RawPage = { tenantId, integrationId, syncId: id, page, firstSeq, records, claim: 1, body: null };
      if (page >= from) await bus.publish(topicAddress('raw-records', lane), [encodeMessage('raw-records', raw)]);
      firstSeq += records;
    }
  }

  it('are 0 at rest, for every stage and lane', async () => {
    const shown = await text();
    expect(shown).toContain(`${lag('messages')} 0`);
    expect(shown.match(/^muster_stage_lag_people\{.*\} 0$/gm)).toHaveLength(8);
    expect(shown.match(/^muster_stage_lag_messages\{.*\} 0$/gm)).toHaveLength(11);
    expect(shown.match(/^muster_syncs_open\{.*\} 0$/gm)).toHaveLength(6);
  });

  it('count those who wait for a role that has never run, lane by lane', async () => {
    await publish(await queue({ state: 'planning', inPipeline: true }), [500, 500, 200]);
    await publish(await queue({ state: 'fetching', inPipeline: true, lane: 'quick', person: 'p-1' }), [1]);
    await queue({ state: 'queued' });
    const shown = await text();
    expect(shown).toContain(`${lag('messages')} 3`);
    expect(shown).toContain(`${lag('people')} 1200`);
    expect(shown).toContain(`${lag('messages', 'quick')} 1`);
    expect(shown).toContain(`${lag('people', 'quick')} 1`);
    expect(shown).toContain('muster_syncs_open{state="planning"} 1');
    expect(shown).toContain('muster_syncs_open{state="queued"} 1');
  });

  it('take no pages for waiting that are stored and not yet let into the pipeline', async () => {
    await publish(await queue({ state: 'planning', inPipeline: true }), [10, 10]);
    await publish(await queue({ state: 'fetching', inPipeline: false }), [500, 500], 2);
    expect(await text()).toContain(`${lag('people')} 20`);
  });

  it('say that nobody waits in messages of a sync that has ended', async () => {
    const sync = await queue({ state: 'planning', inPipeline: true });
    await publish(sync, [500]);
    await syncs.move(tenantId, sync.id, 'planning', 'cancelled', {});
    const shown = await text();
    expect(shown).toContain(`${lag('messages')} 1`);
    expect(shown).toContain(`${lag('people')} 0`);
  });

  it('are left out, and said to be, while the bus is away; what the store knows is shown', async () => {
    bus.lag = async () => Promise.reject(new RetriableError('busUnavailable', 'the bus is away'));
    await queue({ state: 'queued' });
    const shown = await text();
    expect(shown).not.toMatch(/^muster_stage_lag_/m);
    expect(shown).toContain('muster_measurement_up{measurement="lag"} 0');
    expect(shown).toContain('muster_syncs_open{state="queued"} 1');
    expect(shown).toContain('muster_measurement_up{measurement="openSyncs"} 1');
  });

  it('never keep an exposition waiting for a bus that does not answer', async () => {
    bus.lag = async () => new Promise<number>(() => undefined);
    const startedAt = performance.now();
    expect(await text()).toContain('muster_measurement_up{measurement="lag"} 0');
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });
});
