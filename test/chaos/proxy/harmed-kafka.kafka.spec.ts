import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KafkaMessageBus } from '#adapter-kafka';
import { RetriableError } from '#core';
import { SilentLogger } from '#telemetry';
import { testServices } from '#testing';
import { KafkaWire } from './kafka-wire.js';
import { ServerProxy } from './server-proxy.js';

const message = { key: 'k', headers: {}, value: Buffer.from('value') };
const address = 'harmed';

describe('a bus that reaches Kafka through a proxy', { timeout: 150_000 }, () => {
  let proxy: ServerProxy;
  let bus: KafkaMessageBus;

  beforeEach(async () => {
    const [host = '', port = ''] = testServices.kafkaBrokers[0]?.split(':') ?? [];
    proxy = await ServerProxy.start(new KafkaWire(host, Number(port)), { host, port: Number(port) });
    const settings = {
      brokers: [`127.0.0.1:${String(proxy.port)}`],
      clientId: 'harmed',
      topicPrefix: `harmed-${randomBytes(6).toString('hex')}.`,
      tls: null,
      sasl: null,
      sessionTimeoutMs: 6_000,
      retentionMs: 60_000,
      replicationFactor: null,
    };
    const noValues = { put: () => Promise.reject(new Error('unused')), get: () => Promise.resolve(null) };
    bus = new KafkaMessageBus(settings, new SilentLogger(), noValues, () => undefined);
    await bus.createTopics([{ address, partitions: 1 }]);
  });
  afterEach(async () => {
    await proxy.close();
    await bus.close();
  });

  it('says of a half-open connection that Kafka does not answer, and publishes over another', async () => {
    await bus.publish(address, [message]);
    // What was connected stays silent for good, as after the loss of a router; new connections get through.
    proxy.set('swallowing');
    const silent = expect(bus.publish(address, [message])).rejects;
    await silent.toThrow(RetriableError);
    await silent.toThrow(/Kafka does not answer at 127\.0\.0\.1/);
    proxy.set('open');
    await bus.publish(address, [message]);
    await bus.ping();
  });

  it('sends again what Kafka took without its answer arriving, and is seen to', async () => {
    await bus.publish(address, [message]);
    proxy.dropAnswers(['Produce'], 1);
    await bus.publish(address, [message, { ...message, key: 'another' }]);
    expect(proxy.counts).toMatchObject({ droppedAnswers: 1, repeated: 1 });
    await bus.publish(address, [message]);
    expect(proxy.counts.repeated).toBe(1);
  });
});
