import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MongoConnection } from '#adapter-mongo';
import type { AcmeSimulator } from '../../connectors/acme-hr/simulator/src/index.js';
import { queue } from '../chaos/sync-steps.js';
import { type AcmeTenant, createAcmeTenant } from '../support/acme-tenant.js';
import { marked } from '../support/canary.js';
import type { BuiltProgram } from '../support/child-process.js';
import { expectEveryRecordOnce } from '../support/every-record-once.js';
import { startMarkedSimulator } from '../support/marked-simulator.js';
import type { MusterApi, SyncAnswer } from '../support/muster-api.js';
import { PrivateServers, type ServerName } from '../support/private-servers.js';
import { RoleProcesses, startRole } from '../support/role-processes.js';
import { localSources } from '../support/test-engine.js';

const people = 1_500;
const adminKey = 'mus_servers-fail-operator-key-01';
const mebibyte = 1024 * 1024;

/** What goes wrong at servers while a Muster works on them: what it says, and that it goes on by itself. */
describe('a Muster whose servers fail while it works', { timeout: 240_000 }, () => {
  let servers: PrivateServers;
  let env: Record<string, string>;
  let muster: RoleProcesses;
  let api: MusterApi;
  let source: AcmeSimulator;
  let company: AcmeTenant;

  beforeAll(async () => {
    servers = await PrivateServers.start();
    env = {
      ...localSources,
      MUSTER_ENGINE: 'distributed',
      MUSTER_ADMIN_KEY: adminKey,
      MUSTER_MASTER_KEY: Buffer.alloc(32, 4).toString('base64'),
      MUSTER_LOG_LEVEL: 'debug',
      KAFKA_BROKERS: `${servers.kafka.host}:${String(servers.kafka.port)}`,
      KAFKA_SESSION_TIMEOUT_MS: '6000',
      MONGODB_URI: servers.mongodbUri(servers.mongodb.port, 'muster'),
      MUSTER_LEASE_SECONDS: '3',
    };
    source = await startMarkedSimulator({ people, seed: 21, terminatedShare: 0, oddShare: 0 });
    muster = await RoleProcesses.start(env);
    api = muster.api(adminKey);
    const options = { config: { ...source.config, pageSize: 50 }, secrets: { ...source.secrets } };
    company = await createAcmeTenant(api, options);
    expect(await api.runSync(company.tenant, company.integration, { mode: 'live' })).toMatchObject({
      state: 'completed',
    });
  }, 180_000);
  afterAll(async () => {
    await muster.stop();
    await source.stop();
    await servers.remove();
  });

  /** A live sync of a company of which a third was renamed, and whose source takes its time. */
  async function begin(): Promise<string> {
    const name = marked(`Neu-${randomBytes(3).toString('hex')}`);
    source.rename(
      Array.from({ length: people / 3 }, (_, index) => `W${String(3 * index + 1).padStart(7, '0')}`),
      name,
    );
    source.misbehave({ kind: 'slow', delayMs: 60 });
    return queue(api, company);
  }

  async function completed(id: string): Promise<void> {
    const read = (): Promise<SyncAnswer | null> => api.sync(company.tenant, id).catch(() => null);
    await expect.poll(read, { timeout: 120_000, interval: 200 }).toMatchObject({ state: 'completed' });
    await expectEveryRecordOnce(api, company.tenant, id);
  }

  /** All four, as they were started. */
  const all = (): BuiltProgram[] =>
    (['reporter', 'fetcher', 'mapper', 'reconciler'] as const).flatMap((role) => [...muster.of(role)]);

  async function problemsOf(program: BuiltProgram | undefined): Promise<string> {
    const response = await fetch(`${program?.url ?? ''}/readyz`, { signal: AbortSignal.timeout(2_000) });
    return `${String(response.status)} ${await response.text()}`;
  }

  async function everyoneIsReady(): Promise<void> {
    for (const program of all()) {
      await expect.poll(() => problemsOf(program).catch(String), { timeout: 90_000, interval: 200 }).toMatch(/^200/);
    }
    expect(all().map(({ ended }) => ended)).toEqual([null, null, null, null]);
  }

  it('says that MongoDB has no primary, and goes on when it has', async () => {
    const id = await begin();
    const connection = await MongoConnection.open({ uri: env['MONGODB_URI'] ?? '' });
    const admin = connection.database.admin();
    await admin.command({ replSetStepDown: 12, secondaryCatchUpPeriodSecs: 0, force: true }).catch(() => undefined);
    for (const program of [muster.of('reporter')[0], muster.of('reconciler')[0]]) {
      await expect
        .poll(() => problemsOf(program).catch(String), { interval: 100 })
        .toMatch(/^503 .*\(MONGODB_URI\) has no primary/);
    }
    await completed(id);
    await everyoneIsReady();
    await connection.close();
  });

  it('says which topic is missing, and goes on when a role that starts has made it', async () => {
    const topic = 'muster.mapped-users';
    await withKafka(servers, async (admin) => {
      const before = await admin.listTopics();
      expect(before).toContain(topic);
      await admin.deleteTopics({ topics: [topic] });
    });
    const id = await begin();
    await expect
      .poll(() => problemsOf(muster.of('mapper')[0]).catch(String), { timeout: 60_000, interval: 200 })
      .toMatch(/^503 .*does not have the topic.*KAFKA_TOPIC_PREFIX/);
    const another = await startRole('mapper', env);
    try {
      await completed(id);
      await everyoneIsReady();
    } finally {
      await another.stop();
    }
  });

  it.each<{ server: ServerName; fill: (servers: PrivateServers) => Promise<void>; sentence: RegExp }>([
    { server: 'mongodb', fill: fillMongodb, sentence: /^503 .*\(MONGODB_URI\) (does not answer|has no room left)/ },
    { server: 'kafka', fill: fillKafka, sentence: /^503 .*(KAFKA_BROKERS|cannot write to its disk)/ },
  ])('loses nothing when the disk of $server is full, and goes on when there is room', async (turn) => {
    const { server, fill, sentence } = turn;
    await servers.kill(server);
    await servers.up(server, { fileMiB: 128 });
    await everyoneIsReady();
    const id = await begin();
    await fill(servers);
    for (const program of [muster.of('reporter')[0], muster.of('reconciler')[0]]) {
      await expect.poll(() => problemsOf(program).catch(String), { timeout: 60_000, interval: 100 }).toMatch(sentence);
    }
    await servers.up(server);
    await completed(id);
    await everyoneIsReady();
  });
});

async function withKafka(servers: PrivateServers, work: (admin: Admin, kafka: Kafka) => Promise<void>): Promise<void> {
  const brokers = [`${servers.kafka.host}:${String(servers.kafka.port)}`];
  const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING, retry: { retries: 0 } });
  const admin = kafka.admin();
  await admin.connect();
  try {
    await work(admin, kafka);
  } finally {
    await admin.disconnect();
  }
}

/** Writes to it until it cannot. */
async function fillMongodb(servers: PrivateServers): Promise<void> {
  const uri = servers.mongodbUri(servers.mongodb.port, 'ballast');
  const connection = await MongoConnection.open({ uri: `${uri}&serverSelectionTimeoutMS=1000&retryWrites=false` });
  const ballast = connection.database.collection('ballast');
  await untilRefused(async () => {
    await ballast.insertMany(Array.from({ length: 8 }, () => ({ bytes: randomBytes(mebibyte) })));
  });
  await connection.close();
}

async function fillKafka(servers: PrivateServers): Promise<void> {
  await withKafka(servers, async (admin, kafka) => {
    await admin.createTopics({ topics: [{ topic: 'ballast', numPartitions: 1 }], waitForLeaders: true });
    const producer = kafka.producer();
    await producer.connect();
    await untilRefused(async () => {
      await producer.send({ topic: 'ballast', messages: [{ value: randomBytes(mebibyte / 2) }], timeout: 2_000 });
    });
    await producer.disconnect().catch(() => undefined);
  });
}

async function untilRefused(write: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    try {
      await write();
    } catch {
      await sleep(500);
      return;
    }
  }
  throw new Error('the disk takes everything');
}
