import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Admin, ConfigResourceTypes, Kafka, logLevel } from 'kafkajs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Delivery, type EncodedMessage, RetriableError } from '#core';
import { MongoConnection, MongoMessageValues } from '#adapter-mongo';
import { SilentLogger } from '#telemetry';
import { type ContractSubject, describeMessageBusContract, runServices, testServices } from '#testing';
import { KafkaMessageBus } from './kafka-message-bus.js';
import type { KafkaSettings } from './kafka-settings.js';

let admin: Admin;
let mongo: MongoConnection;

beforeAll(async () => {
  const brokers = [...testServices.kafkaBrokers];
  admin = new Kafka({ brokers, connectionTimeout: 3000, retry: { retries: 1 }, logLevel: logLevel.NOTHING }).admin();
  try {
    await admin.connect();
  } catch (cause) {
    throw new Error(`No Kafka answers at ${brokers.join(',')}: \`npm run services:up\`, or set KAFKA_BROKERS.`, {
      cause,
    });
  }
});
afterAll(() => admin.disconnect());

beforeAll(async () => {
  mongo = await MongoConnection.open({
    uri: testServices.mongodbUri,
    database: `muster_test_${randomBytes(6).toString('hex')}`,
  });
});
afterAll(async () => {
  await mongo.database.dropDatabase();
  await mongo.close();
});

/** Topics and groups of its own. */
function testSettings(change: Partial<KafkaSettings> = {}): KafkaSettings {
  return {
    brokers: testServices.kafkaBrokers,
    clientId: 'muster-test',
    topicPrefix: `test-${randomUUID()}.`,
    tls: null,
    sasl: null,
    sessionTimeoutMs: 6000,
    retentionMs: 3_600_000,
    replicationFactor: null,
    ...change,
  };
}

function openBus(settings: KafkaSettings): KafkaMessageBus {
  return new KafkaMessageBus(settings, new SilentLogger(), new MongoMessageValues(mongo), (groupId) => {
    throw new Error(`${groupId} stalled`);
  });
}

async function removeTopics(prefix: string): Promise<void> {
  const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
  if (topics.length > 0) await admin.deleteTopics({ topics });
}

describeMessageBusContract('Kafka', async (): Promise<ContractSubject<KafkaMessageBus>> => {
  const own = testSettings();
  let bus = openBus(own);
  return {
    port: bus,
    reopen: async () => {
      await bus.close();
      bus = openBus(own);
      return bus;
    },
    dispose: async () => {
      await bus.close();
      await removeTopics(own.topicPrefix);
    },
  };
});

describe('KafkaMessageBus', () => {
  const address = 'muster.test';
  const group = 'tester';
  /** The shortest that the broker takes; Kafka's own least is 6 s. */
  const sessionTimeoutMs = testServices.areOurs.kafka ? 2000 : 6000;
  let own: KafkaSettings;
  let bus: KafkaMessageBus;

  beforeEach(() => {
    own = testSettings({ sessionTimeoutMs });
    bus = openBus(own);
  });
  afterEach(async () => {
    await bus.close();
    await removeTopics(own.topicPrefix);
  });

  function message(n: number, bytes = 10): EncodedMessage {
    return { key: `k${String(n)}`, headers: { n: String(n) }, value: randomBytes(bytes) };
  }
  const acknowledge = async (batch: Delivery[]): Promise<void> => batch.at(-1)?.ack();
  const until = (condition: () => boolean | Promise<boolean>): Promise<void> =>
    vi.waitFor(async () => expect(await condition()).toBe(true), { timeout: 45_000, interval: 20 });

  it('makes topics that take 4 MiB a message and keep messages as long as set', async () => {
    await bus.createTopics([{ address, partitions: 3 }]);
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: own.topicPrefix + address }],
    });
    const values = new Map(resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]));
    expect(values.get('max.message.bytes')).toBe('4194304');
    expect(values.get('retention.ms')).toBe(String(own.retentionMs));
  });

  it('publishes at once more than a batch may hold', async () => {
    await bus.createTopics([{ address, partitions: 2 }]);
    await bus.publish(
      address,
      Array.from({ length: 40 }, (_, n) => message(n, 300_000)),
    );
    let bytes = 0;
    await bus.subscribe({
      address,
      group,
      maxBatch: 8,
      handle: async (batch) => {
        for (const { value } of batch) bytes += value.length;
        await acknowledge(batch);
      },
    });
    await until(() => bytes === 40 * 300_000);
  });

  it('hands out a value that is not kept any more as an empty one, and goes on', async () => {
    await bus.createTopics([{ address, partitions: 1 }]);
    await bus.publish(address, [{ key: 'k', headers: { n: '1' }, value: randomBytes(5 * 1024 * 1024) }, message(2)]);
    await mongo.database.collection('messageValues').deleteMany({});
    const seen: Delivery[] = [];
    await bus.subscribe({
      address,
      group,
      maxBatch: 8,
      handle: async (batch) => {
        seen.push(...batch);
        await acknowledge(batch);
      },
    });
    await until(() => seen.length === 2);
    expect(seen.map(({ headers, value }) => [headers, value.length])).toEqual([
      [{ n: '1' }, 0],
      [{ n: '2' }, 10],
    ]);
  });

  it('says which topic is missing, and makes none', async () => {
    const refused = expect(bus.publish(address, [message(1)])).rejects;
    await refused.toThrow(RetriableError);
    await refused.toThrow(`has no topic ${own.topicPrefix}${address}`);
    await expect(bus.lag(address, group)).rejects.toThrow(RetriableError);
    expect(await admin.listTopics()).not.toContain(own.topicPrefix + address);
  });

  it('names the topic’s setting when the broker takes less than a message’s size', async () => {
    const topic = own.topicPrefix + address;
    await admin.createTopics({
      topics: [{ topic, numPartitions: 1, configEntries: [{ name: 'max.message.bytes', value: '1000' }] }],
    });
    const refused = expect(bus.publish(address, [message(1, 5000)])).rejects;
    await refused.toThrow(RetriableError);
    await refused.toThrow('set max.message.bytes of the topic to 4194304');
  });

  it('names the brokers and KAFKA_BROKERS when nothing answers', async () => {
    const away = openBus({ ...own, brokers: ['127.0.0.1:1'] });
    for (const asked of [away.ping(), away.publish(address, [message(1)]), away.lag(address, group)]) {
      await expect(asked).rejects.toThrow(RetriableError);
      await expect(asked).rejects.toThrow('Kafka does not answer at 127.0.0.1:1: check KAFKA_BROKERS');
    }
    await away.close();
  });

  it.runIf(testServices.areOurs.kafka)(
    'uses name and password, and names the settings when they are refused',
    async () => {
      const brokers = testServices.kafkaSaslBrokers;
      const known = openBus({ ...own, brokers, sasl: { mechanism: 'plain', username: 'muster', password: 'muster' } });
      await known.ping();
      await known.close();
      const unknown = openBus({ ...own, brokers, sasl: { mechanism: 'plain', username: 'muster', password: 'wrong' } });
      const refused = expect(unknown.ping()).rejects;
      await refused.toThrow(RetriableError);
      await refused.toThrow('check KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD');
      await unknown.close();
    },
  );

  it.runIf(testServices.areOurs.kafka)('speaks TLS, and names the settings when it cannot', async () => {
    const brokers = testServices.kafkaTlsBrokers;
    const ca = await readFile(testServices.kafkaCertificateFile, 'utf8');
    const trusting = openBus({ ...own, brokers, tls: { ca, client: null } });
    await trusting.createTopics([{ address, partitions: 1 }]);
    await trusting.publish(address, [message(1)]);
    expect(await trusting.lag(address, group)).toBe(1);
    await trusting.close();
    const doubting = openBus({ ...own, brokers, tls: { ca: null, client: null } });
    await expect(doubting.ping()).rejects.toThrow('check KAFKA_TLS, KAFKA_TLS_CA_FILE and KAFKA_TLS_CERT_FILE');
    await doubting.close();
    const plain = openBus({ ...own, brokers });
    await expect(plain.ping()).rejects.toThrow('check KAFKA_BROKERS, KAFKA_TLS, KAFKA_SASL_MECHANISM and the network');
    await plain.close();
  });

  it('keeps its partitions while work takes longer than the session timeout', async () => {
    await bus.createTopics([{ address, partitions: 1 }]);
    await bus.publish(address, [message(1)]);
    const handled: number[] = [];
    await bus.subscribe({
      address,
      group,
      maxBatch: 1,
      handle: async (batch) => {
        handled.push(batch[0]!.offset);
        await sleep(sessionTimeoutMs * 1.5);
        await acknowledge(batch);
      },
    });
    await until(() => handled.length > 0);
    await until(async () => (await bus.lag(address, group)) === 0);
    expect(handled).toEqual([0]);
  });

  it('gives out what was in hand when the group changed once only, to one of them', async () => {
    const other = openBus(own);
    await bus.createTopics([{ address, partitions: 4 }]);
    await bus.publish(
      address,
      Array.from({ length: 200 }, (_, n) => message(n)),
    );
    const handled: string[] = [];
    const handle = async (batch: Delivery[]): Promise<void> => {
      await sleep(5);
      await acknowledge(batch);
      handled.push(...batch.map(({ headers }) => headers['n'] ?? ''));
    };
    await bus.subscribe({ address, group, maxBatch: 2, handle });
    await until(() => handled.length > 20);
    const joined = await other.subscribe({ address, group, maxBatch: 2, handle });
    await until(() => handled.length > 100);
    await joined.stop();
    await until(async () => (await bus.lag(address, group)) === 0);
    expect(handled.toSorted()).toEqual(Array.from({ length: 200 }, (_, n) => String(n)).toSorted());
    await other.close();
  });

  it.runIf(testServices.areOurs.kafka)('loses nothing and goes on by itself when the broker crashes', async () => {
    await bus.createTopics([{ address, partitions: 4 }]);
    const seen = new Set<string>();
    await bus.subscribe({
      address,
      group,
      maxBatch: 4,
      handle: async (batch) => {
        for (const { headers } of batch) seen.add(headers['n'] ?? '');
        await acknowledge(batch);
      },
    });
    let outages = 0;
    let published = 0;
    const publishAll = async (count: number): Promise<void> => {
      while (published < count) {
        try {
          await bus.publish(address, [message(published)]);
          published += 1;
        } catch (error) {
          if (!(error instanceof RetriableError)) throw error;
          outages += 1;
          await sleep(100);
        }
      }
    };
    await publishAll(200);
    const crash = runServices('kill', 'kafka').then(() => expect(bus.ping()).rejects.toThrow(RetriableError));
    await Promise.all([publishAll(2000), crash.then(() => runServices('up', 'kafka'))]);
    await until(() => seen.size === 2000);
    expect(outages).toBeGreaterThan(0);
    await until(async () => (await bus.lag(address, group)) === 0);
  });
});
