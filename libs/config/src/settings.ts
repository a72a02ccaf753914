import { z } from 'zod';

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Text as the environment gives it, or a number as YAML may. */
function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .union([z.number(message), z.string(message).regex(/^\d+$/, message)], message)
    .transform(Number)
    .pipe(z.number().int(message).min(min, message).max(max, message));
}

const text = z.string('must be text').min(1, 'must not be empty');

const httpUrl = z
  .url({ protocol: /^https?$/, hostname: /.+/, error: 'must be an address that starts with http:// or https://' })
  .transform((url) => url.replace(/\/+$/, ''));

const masterKey = z
  .string('must be 32 bytes as base64')
  .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes as base64: 44 characters, as `openssl rand -base64 32` prints them')
  .transform((encoded) => new Uint8Array(Buffer.from(encoded, 'base64')));

export const engines = ['embedded', 'distributed'] as const;
export type Engine = (typeof engines)[number];

export const saslMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
export type SaslMechanism = (typeof saslMechanisms)[number];

/** `true` or `false`, as the environment gives it or as YAML does. */
const flag = z
  .union([z.boolean(), z.enum(['true', 'false'])], 'must be true or false')
  .transform((value) => value === true || value === 'true');

const brokersMessage = 'must be host:port of one or more brokers, with commas between them';
const broker = /^(\[[0-9A-Fa-f:.]+\]|[^\s,:/@]+):\d{1,5}$/;
const brokers = z
  .union([z.string(), z.array(z.string())], brokersMessage)
  .transform((list) => (typeof list === 'string' ? list.split(',') : list).map((one) => one.trim()))
  .refine((list) => list.length > 0 && list.every((one) => broker.test(one)), brokersMessage);

const mongodbUri = z
  .string('must be text')
  .regex(/^mongodb(\+srv)?:\/\/[^\s]+$/, 'must look like mongodb://user:password@host:27017/muster?replicaSet=rs0');

/** Every setting by its name, the same in the environment and in `muster.config.yaml`. Unknown names are refused. */
export const settingsSchema = z.strictObject({
  MUSTER_ENGINE: z.enum(engines, `must be ${engines.join(' or ')}`).default('embedded'),
  MUSTER_PORT: wholeNumber(0, 65_535).nullable().default(null),
  MUSTER_HOST: text.default('127.0.0.1'),
  MUSTER_DATA_DIR: text.default('./.muster'),
  MUSTER_ADMIN_KEY: z
    .string('must be text')
    .regex(/^[\x21-\x7e]{16,200}$/, 'must be 16 to 200 printable ASCII characters without spaces')
    .nullable()
    .default(null),
  MUSTER_MASTER_KEY: masterKey.nullable().default(null),
  MUSTER_LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  MUSTER_PUBLIC_URL: httpUrl.nullable().default(null),
  MUSTER_MAPPER_THREADS: wholeNumber(0, 64).default(1),
  MUSTER_RETENTION_SNAPSHOT_DAYS: wholeNumber(1, 36_500).default(14),
  MUSTER_RETENTION_PACKED_DAYS: wholeNumber(1, 36_500).default(30),
  MUSTER_RETENTION_OUTCOME_DAYS: wholeNumber(1, 36_500).default(400),
  MUSTER_PLANNING_STALL_SECONDS: wholeNumber(1, 86_400).default(120),
  MUSTER_LEASE_SECONDS: wholeNumber(1, 3600).default(15),
  KAFKA_BROKERS: brokers.nullable().default(null),
  KAFKA_TOPIC_PREFIX: z
    .string('must be text')
    .regex(/^[\w.-]{0,100}$/, 'must be letters, digits, dots, underscores and hyphens only')
    .default(''),
  KAFKA_PARTITIONS: wholeNumber(1, 1000).default(4),
  KAFKA_RETENTION_HOURS: wholeNumber(1, 876_000).default(168),
  KAFKA_REPLICATION_FACTOR: wholeNumber(1, 100).nullable().default(null),
  KAFKA_SESSION_TIMEOUT_MS: wholeNumber(1000, 1_800_000).default(30_000),
  KAFKA_TLS: flag.default(false),
  KAFKA_TLS_CA_FILE: text.nullable().default(null),
  KAFKA_TLS_CERT_FILE: text.nullable().default(null),
  KAFKA_TLS_KEY_FILE: text.nullable().default(null),
  KAFKA_SASL_MECHANISM: z
    .enum(saslMechanisms, `must be one of ${saslMechanisms.join(', ')}`)
    .nullable()
    .default(null),
  KAFKA_SASL_USERNAME: text.nullable().default(null),
  KAFKA_SASL_PASSWORD: text.nullable().default(null),
  MONGODB_URI: mongodbUri.nullable().default(null),
});

export type Settings = z.output<typeof settingsSchema>;
