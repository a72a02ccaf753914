import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { zstdDecompressSync } from 'node:zlib';
import { type Admin, type Consumer, Kafka, type KafkaMessage, logLevel } from 'kafkajs';
import { lanes, topicAddress, type TopicName } from '#core';

/** A message as it lies in its topic. */
export interface KeptMessage {
  topic: string;
  partition: number;
  offset: number;
  key: string;
  headers: Record<string, string>;
  value: Buffer;
}

/** Every topic by its name. */
export const allTopics: readonly TopicName[] = [
  'raw-records',
  'mapped-users',
  'outcomes',
  'apply-slices',
  'sync-commands',
];
const caughtUpWithinMs = 30_000;

/** All that lies in a Muster's topics, read straight from the broker as one who takes nothing away. */
export class TopicReader {
  private readonly kafka: Kafka;
  private readonly kept = new Map<string, KeptMessage[]>();
  /** Next offset to read, by topic and partition. */
  private readonly next = new Map<string, number>();

  constructor(
    broker: { host: string; port: number },
    /** Before every topic's address. */
    readonly prefix: string,
  ) {
    this.kafka = new Kafka({
      clientId: 'chaos-reader',
      brokers: [`${broker.host}:${String(broker.port)}`],
      logLevel: logLevel.NOTHING,
      retry: { retries: 8, initialRetryTime: 100, maxRetryTime: 2_000 },
    });
  }

  topic(name: TopicName): string {
    return this.prefix + topicAddress(name, 'bulk');
  }

  /** Every topic of this Muster, of both lanes. */
  get topics(): string[] {
    return [...new Set(allTopics.flatMap((name) => lanes.map((lane) => this.prefix + topicAddress(name, lane))))];
  }

  /** What lies in a topic, as far as it was read. */
  messages(topic: string): readonly KeptMessage[] {
    return this.kept.get(topic) ?? [];
  }

  /** Next offset that a role's group reads, by partition; 0 where it has committed none. */
  async committed(topic: string, group: string): Promise<Map<number, number>> {
    return this.withAdmin(async (admin) => {
      const [found] = await admin.fetchOffsets({ groupId: `${topic}.${group}`, topics: [topic] });
      return new Map(found?.partitions.map(({ partition, offset }) => [partition, Math.max(0, Number(offset))]));
    });
  }

  /** Reads on until all is read that lies there now. */
  async catchUp(): Promise<void> {
    const ends = await this.withAdmin((admin) => this.ends(admin));
    const behind = (): boolean => [...ends].some(([place, end]) => (this.next.get(place) ?? 0) < end);
    if (!behind()) return;
    const consumer = this.kafka.consumer({ groupId: `chaos-${randomBytes(6).toString('hex')}`, maxWaitTimeInMs: 50 });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: this.topics, fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: true,
        eachBatch: async ({ batch: { topic, partition, messages } }) => {
          for (const message of messages) this.keep(topic, partition, message);
        },
      });
      this.seek(consumer);
      const deadline = performance.now() + caughtUpWithinMs;
      while (behind()) {
        if (performance.now() > deadline) throw new Error('the topics could not be read to their ends');
        await sleep(20);
      }
    } finally {
      await consumer.disconnect();
    }
  }

  /** How many messages each role's group has still to acknowledge, by group; only those behind. */
  async lags(groups: readonly { topic: string; group: string }[]): Promise<string[]> {
    const ends = await this.withAdmin((admin) => this.ends(admin));
    const behind: string[] = [];
    for (const { topic, group } of groups) {
      const committed = await this.committed(topic, group);
      for (const [place, end] of ends) {
        if (!place.startsWith(`${topic}/`)) continue;
        const partition = Number(place.slice(topic.length + 1));
        const next = committed.get(partition) ?? 0;
        if (next !== end) behind.push(`${group} on ${place}: ${String(next)} of ${String(end)}`);
      }
    }
    return behind;
  }

  async withAdmin<Result>(use: (admin: Admin) => Promise<Result>): Promise<Result> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      return await use(admin);
    } finally {
      await admin.disconnect();
    }
  }

  async withProducer(
    use: (send: (topic: string, messages: { partition?: number }[]) => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const producer = this.kafka.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    try {
      await use(async (topic, messages) => {
        await producer.send({ topic, acks: -1, messages: messages as never });
      });
    } finally {
      await producer.disconnect();
    }
  }

  private async ends(admin: Admin): Promise<Map<string, number>> {
    const ends = new Map<string, number>();
    for (const topic of this.topics) {
      for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
        ends.set(`${topic}/${String(partition)}`, Number(high));
      }
    }
    return ends;
  }

  private seek(consumer: Consumer): void {
    for (const [place, offset] of this.next) {
      const at = place.lastIndexOf('/');
      consumer.seek({
        topic: place.slice(0, at),
        partition: Number(place.slice(at + 1)),
        offset: String(offset),
      });
    }
  }

  private keep(topic: string, partition: number, { offset, key, headers, value }: KafkaMessage): void {
    const place = `${topic}/${String(partition)}`;
    const at = Number(offset);
    if (at < (this.next.get(place) ?? 0)) return;
    this.next.set(place, at + 1);
    const texts = Object.entries(headers ?? {}).map(([name, header]) => [name, String(header)]);
    const message: KeptMessage = {
      ...{ topic, partition, offset: at, key: key?.toString('utf8') ?? '' },
      ...unpacked(Object.fromEntries(texts) as Record<string, string>, value ?? Buffer.alloc(0)),
    };
    const kept = this.kept.get(topic);
    if (kept === undefined) this.kept.set(topic, [message]);
    else kept.push(message);
  }
}

/** The value as a role gave it to its bus. Poison that says it is packed stays as it is. */
function unpacked(headers: Record<string, string>, value: Buffer): Pick<KeptMessage, 'headers' | 'value'> {
  const { 'muster-packed': packed, ...own } = headers;
  if (packed === undefined) return { headers, value };
  try {
    return { headers: own, value: zstdDecompressSync(value) };
  } catch {
    return { headers, value };
  }
}
