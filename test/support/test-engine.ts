import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { MongoConnection } from '#adapter-mongo';
import { testServices } from '#testing';

/** The sources of tests are on this machine. */
export const localSources = { MUSTER_EGRESS_ALLOW: '127.0.0.0/8' };

/** Where one Muster under test keeps everything, apart from all others. */
export interface TestEngine {
  /** The settings that lead there, and to the sources of tests. */
  env: Record<string, string>;
  /** Deletes all of it; nothing may run on it any more. */
  remove(): Promise<void>;
}

/** Of the kind that `MUSTER_TEST_ENGINE` names: `distributed`, or by default `embedded`. */
export function newTestEngine(): TestEngine {
  return process.env['MUSTER_TEST_ENGINE'] === 'distributed' ? newDistributedEngine() : newEmbeddedEngine();
}

export function newEmbeddedEngine(): TestEngine {
  const directory = mkdtempSync(path.join(tmpdir(), 'muster-test-'));
  return {
    env: { MUSTER_DATA_DIR: directory, ...localSources },
    remove: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** A database and topics of its own on the servers for tests. */
export function newDistributedEngine(): TestEngine {
  const name = `muster_test_${randomBytes(6).toString('hex')}`;
  const uri = new URL(testServices.mongodbUri);
  uri.pathname = `/${name}`;
  return {
    env: {
      MUSTER_ENGINE: 'distributed',
      KAFKA_BROKERS: testServices.kafkaBrokers.join(','),
      KAFKA_TOPIC_PREFIX: `${name}.`,
      MONGODB_URI: uri.href,
      ...localSources,
    },
    remove: async () => {
      await Promise.all([dropDatabase(uri.href), deleteTopics(`${name}.`)]);
    },
  };
}

async function dropDatabase(uri: string): Promise<void> {
  const connection = await MongoConnection.open({ uri });
  await connection.database.dropDatabase();
  await connection.close();
}

/** A member that was slow to leave is out when its session has ended. */
async function deleteGroups(admin: Admin, prefix: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const groups = (await admin.listGroups()).groups.map(({ groupId }) => groupId);
    try {
      await admin.deleteGroups(groups.filter((groupId) => groupId.startsWith(prefix)));
      return;
    } catch (error) {
      if (tries === 60) throw error;
      await sleep(1000);
    }
  }
}

async function deleteTopics(prefix: string): Promise<void> {
  const admin = new Kafka({ brokers: [...testServices.kafkaBrokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
    if (topics.length > 0) await admin.deleteTopics({ topics });
    await deleteGroups(admin, prefix);
  } finally {
    await admin.disconnect();
  }
}
