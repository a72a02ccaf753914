/**
 * What the development services are told by the environment.
 *
 * - `KAFKA_BROKERS`, `MONGODB_URI`: servers of your own; what is named here is only waited for, never started or stopped.
 *   The very addresses that `services:up` prints are ours, also in a shell where they are set for Muster.
 * - `KAFKA_VERSION`: which Kafka to start, `3.9` or `4.1` (a full version works too); default: the one started last,
 *   else the newest.
 * - `MUSTER_SERVICES_DIR`: where programs and data lie, default `~/.cache/muster/services`.
 * - `MUSTER_SERVICES_KAFKA_PORT` (default 19092; the three ports after it are taken too) and
 *   `MUSTER_SERVICES_MONGODB_PORT` (default 27117).
 */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { ServiceProblem } from './service-problem.mjs';

/** The exact versions, newest last; the checksums of each lie in `checksums/`. */
export const KAFKA_VERSIONS = ['3.9.1', '4.1.0'];
const HIGHEST_PORT = 65_532;

const { env } = process;

function port(name, fallback) {
  const text = env[name] || String(fallback);
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > HIGHEST_PORT) {
    throw new ServiceProblem(`${name} must be a port from 1 to ${HIGHEST_PORT}.`);
  }
  return value;
}

/** In the services' folder: the version started last. */
export const LAST_KAFKA_VERSION = 'kafka-version';

function lastKafkaVersion(folder) {
  try {
    const version = readFileSync(join(folder, LAST_KAFKA_VERSION), 'utf8');
    return KAFKA_VERSIONS.includes(version) ? version : null;
  } catch {
    return null;
  }
}

function kafkaVersion(folder) {
  const wanted = env.KAFKA_VERSION;
  if (!wanted) return lastKafkaVersion(folder) ?? KAFKA_VERSIONS.at(-1);
  const found = KAFKA_VERSIONS.find((version) => version === wanted || version.startsWith(`${wanted}.`));
  if (found === undefined) {
    throw new ServiceProblem(`KAFKA_VERSION must be one of ${KAFKA_VERSIONS.join(', ')}; it is ${wanted}.`);
  }
  return found;
}

export function readSettings() {
  const kafkaPort = port('MUSTER_SERVICES_KAFKA_PORT', 19_092);
  const mongodbPort = port('MUSTER_SERVICES_MONGODB_PORT', 27_117);
  const folder = resolve(env.MUSTER_SERVICES_DIR || join(homedir(), '.cache', 'muster', 'services'));
  const ownBrokers = `127.0.0.1:${kafkaPort}`;
  const ownUri = `mongodb://127.0.0.1:${mongodbPort}/muster?replicaSet=muster`;
  return {
    folder,
    kafka: {
      version: kafkaVersion(folder),
      /** The broker's; after it the controller's, the one that asks for name and password, and the one with TLS. */
      port: kafkaPort,
      brokers: env.KAFKA_BROKERS || ownBrokers,
      isOwn: !env.KAFKA_BROKERS || env.KAFKA_BROKERS === ownBrokers,
    },
    mongodb: {
      port: mongodbPort,
      uri: env.MONGODB_URI || ownUri,
      isOwn: !env.MONGODB_URI || env.MONGODB_URI === ownUri,
    },
  };
}
