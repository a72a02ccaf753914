import { setTimeout as sleep } from 'node:timers/promises';
import { type Admin, Kafka, logLevel, type Producer, type SASLOptions } from 'kafkajs';
import { type EncodedMessage, MessageBus, RetriableError, type SubscribeOptions, type Subscription } from '#core';
import type { Logger } from '#telemetry';
import { Connection } from './connection.js';
import { driverLog } from './driver-log.js';
import { KafkaConsumer } from './kafka-consumer.js';
import type { KafkaSettings } from './kafka-settings.js';
import { LargeValues, type ValueStore } from './large-values.js';
import { type PlannedMessage, planSends } from './plan-sends.js';
import { isUnknownTopic, maxMessageBytes, translateError } from './translate-error.js';

const connectionTimeoutMs = 3_000;
/** A broker that took a request and fell silent is given up on after this. */
const requestTimeoutMs = 10_000;
/** How long a topic's number of partitions is believed; kafkajs believes its metadata as long. */
const metadataAgeMs = 5 * 60_000;
/** Between two looks for a topic just made. */
const topicPollMs = 20;
/** Tries of kafkajs itself, over about two seconds; after them whoever asked backs off. */
const retry = { initialRetryTime: 200, retries: 3 };

interface KnownTopic {
  partitions: number;
  at: number;
}

/**
 * The message bus over Kafka. An address is a topic; a group on an address is the consumer group
 * `<topic>.<group>`, so that groups of one name on several topics never disturb one another.
 */
export class KafkaMessageBus extends MessageBus {
  private readonly kafka: Kafka;
  private readonly brokers: string;
  private readonly admin: Connection<Admin>;
  private readonly producer: Connection<Producer>;
  private readonly consumers = new Set<KafkaConsumer>();
  private readonly largeValues: LargeValues;
  private readonly topics = new Map<string, KnownTopic>();

  /**
   * @param values for what is too large for a message
   * @param onStalled called when only a new process helps a consumer, with its group: exit, and be started again
   */
  constructor(
    private readonly settings: KafkaSettings,
    private readonly logger: Logger,
    values: ValueStore,
    private readonly onStalled: (groupId: string) => void,
  ) {
    super();
    const { brokers, clientId, tls, sasl } = settings;
    this.brokers = brokers.join(',');
    this.largeValues = new LargeValues(values, settings.retentionMs * 2);
    this.kafka = new Kafka({
      clientId,
      brokers: [...brokers],
      ...(tls === null ? {} : { ssl: { ...(tls.ca === null ? {} : { ca: [tls.ca] }), ...tls.client } }),
      ...(sasl === null ? {} : { sasl: { ...sasl } as SASLOptions }),
      connectionTimeout: connectionTimeoutMs,
      authenticationTimeout: requestTimeoutMs,
      requestTimeout: requestTimeoutMs,
      retry,
      logLevel: logLevel.WARN,
      logCreator: driverLog(logger),
    });
    this.admin = new Connection(
      () => this.kafka.admin(),
      () => this.producer.giveUp(),
    );
    this.producer = new Connection(
      () =>
        this.kafka.producer({
          allowAutoTopicCreation: false,
          idempotent: false,
          createPartitioner:
            () =>
            ({ message }) =>
              (message as PlannedMessage).partition,
        }),
      () => this.admin.giveUp(),
    );
  }

  override async createTopics(topics: { address: string; partitions: number }[]): Promise<void> {
    const { retentionMs, replicationFactor } = this.settings;
    await this.translated(async () => {
      const known = await Promise.all(topics.map(({ address }) => this.findTopic(this.topicOf(address))));
      const missing = topics.filter((_, index) => known[index] === null);
      if (missing.length === 0) return;
      const made = missing.map(({ address, partitions }) => ({
        topic: this.topicOf(address),
        numPartitions: partitions,
        // -1: the broker's default.
        replicationFactor: replicationFactor ?? -1,
        configEntries: [
          { name: 'max.message.bytes', value: String(maxMessageBytes) },
          { name: 'retention.ms', value: String(retentionMs) },
        ],
      }));
      // kafkajs fails when it asks before the broker has heard of the topic from the controller.
      const options = { waitForLeaders: false, timeout: requestTimeoutMs };
      await this.admin.use((admin) => admin.createTopics({ ...options, topics: made }));
      await Promise.all(missing.map(({ address }) => this.waitForTopic(this.topicOf(address))));
    });
  }

  override async publish(address: string, messages: readonly EncodedMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const topic = this.topicOf(address);
    await this.translated(async () => {
      const fitting = await Promise.all(messages.map((message) => this.largeValues.toSend(message)));
      const sends = planSends(fitting, await this.partitionsOf(topic));
      try {
        await this.producer.use(async (producer) => {
          for (const send of sends) {
            await producer.send({ topic, messages: send, acks: -1, timeout: requestTimeoutMs });
          }
        });
      } catch (error) {
        this.topics.delete(topic);
        throw error;
      }
    });
  }

  override async subscribe(options: SubscribeOptions): Promise<Subscription> {
    const topic = this.topicOf(options.address);
    const partitions = await this.translated(() => this.partitionsOf(topic));
    const { sessionTimeoutMs } = this.settings;
    const place = {
      topic,
      groupId: groupOf(topic, options.group),
      partitions,
      sessionTimeoutMs,
      brokers: this.brokers,
    };
    const consumer = new KafkaConsumer(this.kafka, place, options, {
      logger: this.logger,
      largeValues: this.largeValues,
      ping: () => this.ping(),
      onStalled: this.onStalled,
    });
    await consumer.start();
    this.consumers.add(consumer);
    return consumer;
  }

  override async lag(address: string, group: string): Promise<number> {
    const topic = this.topicOf(address);
    return this.translated(async () => {
      // Says which topic is missing.
      await this.partitionsOf(topic);
      const [kept, [committed]] = await this.admin.use((admin) =>
        Promise.all([
          admin.fetchTopicOffsets(topic),
          admin.fetchOffsets({ groupId: groupOf(topic, group), topics: [topic] }),
        ]),
      );
      const next = new Map(committed?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
      let lag = 0;
      // A group without a committed offset has -1 and starts at the earliest message that is kept.
      for (const { partition, low, high } of kept)
        lag += Number(high) - Math.max(Number(low), next.get(partition) ?? -1);
      return lag;
    });
  }

  override async ping(): Promise<void> {
    await this.translated(async () => {
      const { brokers } = await this.admin.use((admin) => admin.describeCluster());
      if (brokers.length === 0) throw new RetriableError('busUnavailable', 'Kafka has no broker alive.');
    });
  }

  /** Stops every subscription and disconnects. */
  async close(): Promise<void> {
    await Promise.all([...this.consumers].map((consumer) => consumer.stop()));
    this.consumers.clear();
    await Promise.all([this.producer.close(), this.admin.close()]);
  }

  private topicOf(address: string): string {
    return this.settings.topicPrefix + address;
  }

  private async partitionsOf(topic: string): Promise<number> {
    const known = this.topics.get(topic);
    if (known !== undefined && Date.now() - known.at < metadataAgeMs) return known.partitions;
    const partitions = await this.findTopic(topic);
    if (partitions === null) {
      throw new RetriableError(
        'busUnavailable',
        `Kafka at ${this.brokers} has no topic ${topic}: Muster creates its topics when a role starts; check KAFKA_TOPIC_PREFIX, or start a role again.`,
        { topic },
      );
    }
    this.topics.set(topic, { partitions, at: Date.now() });
    return partitions;
  }

  /** The topic's number of partitions, null when there is none. Asks without creating it, whatever the broker allows. */
  private async findTopic(topic: string): Promise<number | null> {
    try {
      const { topics } = await this.admin.use((admin) => admin.fetchTopicMetadata({ topics: [topic] }));
      return topics[0]?.partitions.length ?? null;
    } catch (error) {
      if (isUnknownTopic(error)) return null;
      throw error;
    }
  }

  /** Resolves when every partition has a leader that answers: until then kafkajs sends to some of them twice. */
  private async waitForTopic(topic: string): Promise<void> {
    const deadline = Date.now() + requestTimeoutMs;
    for (;;) {
      try {
        if ((await this.findTopic(topic)) !== null) {
          await this.admin.use((admin) => admin.fetchTopicOffsets(topic));
          return;
        }
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
      if (Date.now() > deadline) {
        throw new RetriableError(
          'busUnavailable',
          `Kafka at ${this.brokers} does not show topic ${topic} after making it.`,
        );
      }
      await sleep(topicPollMs);
    }
  }

  private async translated<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw translateError(error, this.brokers);
    }
  }
}

function groupOf(topic: string, group: string): string {
  return `${topic}.${group}`;
}
