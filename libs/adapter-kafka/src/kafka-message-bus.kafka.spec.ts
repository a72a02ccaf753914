import { randomUUID } from 'node:crypto';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe } from 'vitest';
import { SilentLogger } from '#telemetry';
import { type ContractSubject, describeMessageBusContract, testServices } from '#testing';
import { KafkaMessageBus } from './kafka-message-bus.js';
import type { KafkaSettings } from './kafka-settings.js';

let admin: Admin;

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

/** Topics and groups of its own. */
function settings(change: Partial<KafkaSettings> = {}): KafkaSettings {
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

function open(change: KafkaSettings): KafkaMessageBus {
  return new KafkaMessageBus(change, new SilentLogger(), (groupId) => {
    throw new Error(`${groupId} stalled`);
  });
}

async function removeTopics(prefix: string): Promise<void> {
  const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
  if (topics.length > 0) await admin.deleteTopics({ topics });
}

describeMessageBusContract('Kafka', async (): Promise<ContractSubject<KafkaMessageBus>> => {
  const own = settings();
  let bus = open(own);
  return {
    port: bus,
    reopen: async () => {
      await bus.close();
      bus = open(own);
      return bus;
    },
    dispose: async () => {
      await bus.close();
      await removeTopics(own.topicPrefix);
    },
  };
});

describe.todo('KafkaMessageBus');
