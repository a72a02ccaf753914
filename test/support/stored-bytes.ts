import { randomUUID } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kafka, logLevel } from 'kafkajs';
import { MongoConnection } from '#adapter-mongo';

/** Something that is stored, as the bytes that it is stored in. */
export interface StoredBytes {
  readonly where: string;
  readonly bytes: Uint8Array;
}

/** All that a Muster of these settings keeps: every file and row of the embedded engine, or every document and message. */
export async function* storedBytes(env: Readonly<Record<string, string>>): AsyncGenerator<StoredBytes> {
  const { MUSTER_DATA_DIR: data, MUSTER_SFTP_DIR: inboxes } = env;
  const { MONGODB_URI: uri, KAFKA_BROKERS: brokers, KAFKA_TOPIC_PREFIX: prefix } = env;
  for (const directory of [data, inboxes]) if (directory !== undefined) yield* filesIn(directory);
  if (uri !== undefined) yield* documentsOf(uri);
  if (brokers !== undefined && prefix !== undefined) yield* messagesOf(brokers.split(','), prefix);
}

function* filesIn(directory: string): Generator<StoredBytes> {
  for (const name of globSync('**/*', { cwd: directory })) {
    const file = path.join(directory, name);
    if (statSync(file).isFile()) yield { where: `the file ${name}`, bytes: readFileSync(file) };
    if (name.endsWith('.db')) yield* rowsOf(file);
  }
}

/** Of a value that is longer than a page of the file, the file itself holds pieces that lie apart. */
function* rowsOf(file: string): Generator<StoredBytes> {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = database.prepare(`select name from sqlite_schema where type = 'table'`).all();
    for (const { name } of tables as { name: string }[]) {
      for (const row of database.prepare(`select * from "${name}"`).iterate()) {
        for (const [column, value] of Object.entries(row)) {
          const where = `${name}.${column}`;
          if (typeof value === 'string') yield { where, bytes: Buffer.from(value) };
          else if (value instanceof Uint8Array) yield { where, bytes: value };
        }
      }
    }
  } finally {
    database.close();
  }
}

async function* documentsOf(uri: string): AsyncGenerator<StoredBytes> {
  const connection = await MongoConnection.open({ uri });
  try {
    for (const { name } of await connection.database.listCollections().toArray()) {
      const documents = connection.database.collection(name).find({}, { raw: true });
      for await (const document of documents)
        yield { where: `the collection ${name}`, bytes: document as unknown as Buffer };
    }
  } finally {
    await connection.close();
  }
}

/** Every message with its key and headers, of every topic with the prefix. */
async function* messagesOf(brokers: string[], prefix: string): AsyncGenerator<StoredBytes> {
  const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
  const left = new Set<string>();
  for (const topic of topics) {
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
      if (low !== high) left.add(`${topic} ${String(partition)} ${String(Number(high) - 1)}`);
    }
  }
  await admin.disconnect();
  if (left.size === 0) return;
  const found: StoredBytes[] = [];
  const consumer = kafka.consumer({ groupId: `${prefix}search-${randomUUID()}` });
  const { promise: all, resolve } = Promise.withResolvers<void>();
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ topic, partition, message: { key, value, headers, offset } }) => {
      found.push({ where: `the topic ${topic}`, bytes: value ?? Buffer.alloc(0) });
      const beside = `${key?.toString() ?? ''}\n${JSON.stringify(headers, (_, one: unknown) =>
        isBuffer(one) ? Buffer.from(one.data).toString() : one,
      )}`;
      found.push({ where: `a key or a header on ${topic}`, bytes: Buffer.from(beside) });
      left.delete(`${topic} ${String(partition)} ${offset}`);
      if (left.size === 0) resolve();
      await Promise.resolve();
    },
  });
  await all;
  await consumer.disconnect();
  yield* found;
}

/** As JSON writes a buffer. */
function isBuffer(value: unknown): value is { data: number[] } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer';
}
