import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const { env } = process;

/**
 * The servers for the tests of the distributed engine: those that `KAFKA_BROKERS` and `MONGODB_URI` name, else those
 * that `npm run services:up` starts, where `scripts/services/settings.mjs` puts them.
 */
export const testServices = {
  kafkaBrokers: (env['KAFKA_BROKERS'] ?? '127.0.0.1:19092').split(','),
  mongodbUri: env['MONGODB_URI'] ?? 'mongodb://127.0.0.1:27117/muster?replicaSet=muster',
  /** The listener of the development broker that asks for a name and a password: both are `muster`. */
  kafkaSaslBrokers: ['127.0.0.1:19094'],
  /** The listener of the development broker that speaks TLS, and the file with whom to trust. */
  kafkaTlsBrokers: ['127.0.0.1:19095'],
  kafkaCertificateFile: join(
    env['MUSTER_SERVICES_DIR'] ?? join(homedir(), '.cache', 'muster', 'services'),
    'kafka-certificate.pem',
  ),
  /** Whether they may be killed and started by {@link runServices}. */
  areOurs: { kafka: env['KAFKA_BROKERS'] === undefined, mongodb: env['MONGODB_URI'] === undefined },
} as const;

/** Runs a command on a development service; `kill` ends it as a crash would. */
export async function runServices(command: 'up' | 'kill', service: 'kafka' | 'mongodb'): Promise<void> {
  await promisify(execFile)(process.execPath, ['scripts/services/main.mjs', command, service]);
}
