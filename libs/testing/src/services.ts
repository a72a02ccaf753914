import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const { env } = process;
const kafkaPort = Number(env['MUSTER_SERVICES_KAFKA_PORT'] ?? 19_092);
const mongodbPort = Number(env['MUSTER_SERVICES_MONGODB_PORT'] ?? 27_117);
const kafkaAt = (port: number): string => `127.0.0.1:${String(port)}`;

/**
 * The servers for the tests of the distributed engine: those that `KAFKA_BROKERS` and `MONGODB_URI` name, else those
 * that `npm run services:up` starts, where `scripts/services/settings.mjs` puts them.
 */
export const testServices = {
  kafkaBrokers: (env['KAFKA_BROKERS'] ?? kafkaAt(kafkaPort)).split(','),
  mongodbUri: env['MONGODB_URI'] ?? `mongodb://127.0.0.1:${String(mongodbPort)}/muster?replicaSet=muster`,
  /** The listener of the development broker that asks for a name and a password: both are `muster`. */
  kafkaSaslBrokers: [kafkaAt(kafkaPort + 2)],
  /** The listener of the development broker that speaks TLS, and the file with whom to trust. */
  kafkaTlsBrokers: [kafkaAt(kafkaPort + 3)],
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
