import { Kafka, logLevel } from 'kafkajs';
import { MongoConnection } from '#adapter-mongo';
import { testServices } from '#testing';
import { newDistributedEngine } from '../support/test-engine.js';

const recordsPerMessage = 500;
const partitions = 4;

/**
 * What the servers can do at the very best, now: each record once through a topic (produced with all acknowledgements,
 * and consumed) and then inserted as a document, by a majority and journaled. Records a second for both, one after the
 * other.
 */
export async function measureDistributedRawLimit(records: readonly Uint8Array[]): Promise<number> {
  const { env, remove } = newDistributedEngine();
  try {
    const kafkaMs = await throughKafka(records, `${env['KAFKA_TOPIC_PREFIX'] ?? ''}raw`);
    const mongodbMs = await intoMongodb(records, env['MONGODB_URI'] ?? '');
    return records.length / ((kafkaMs + mongodbMs) / 1000);
  } finally {
    await remove();
  }
}

async function throughKafka(records: readonly Uint8Array[], topic: string): Promise<number> {
  const kafka = new Kafka({ brokers: [...testServices.kafkaBrokers], logLevel: logLevel.ERROR });
  const admin = kafka.admin();
  const producer = kafka.producer();
  const consumer = kafka.consumer({ groupId: `${topic}.bench`, maxWaitTimeInMs: 100 });
  await Promise.all([admin.connect(), producer.connect(), consumer.connect()]);
  try {
    await admin.createTopics({ topics: [{ topic, numPartitions: partitions }], waitForLeaders: true });
    const messages: Buffer[] = [];
    for (let from = 0; from < records.length; from += recordsPerMessage) {
      messages.push(Buffer.concat(records.slice(from, from + recordsPerMessage)));
    }
    const startedAt = performance.now();
    for (const [index, value] of messages.entries()) {
      await producer.send({ topic, acks: -1, messages: [{ value, partition: index % partitions }] });
    }
    let left = messages.length;
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const eachMessage = async (): Promise<void> => {
        left -= 1;
        if (left === 0) resolve();
      };
      consumer.run({ eachMessage }).catch(reject);
    });
    return performance.now() - startedAt;
  } finally {
    await Promise.all([producer.disconnect(), consumer.disconnect(), admin.disconnect()]);
  }
}

async function intoMongodb(records: readonly Uint8Array[], uri: string): Promise<number> {
  const connection = await MongoConnection.open({ uri });
  try {
    const people = connection.database.collection<{ _id: number; sourceId: string | null; document: string }>('people');
    const decoder = new TextDecoder();
    const startedAt = performance.now();
    for (let from = 0; from < records.length; from += recordsPerMessage) {
      const rows = records.slice(from, from + recordsPerMessage).map((record, index) => {
        const document = decoder.decode(record);
        return { _id: from + index, sourceId: /"workerId":"([^"]*)"/.exec(document)?.[1] ?? null, document };
      });
      await people.insertMany(rows, { ordered: false });
    }
    return performance.now() - startedAt;
  } finally {
    await connection.close();
  }
}
