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

const engine = z
  .literal('embedded', {
    error: ({ input }) =>
      input === 'distributed'
        ? 'distributed (Kafka and MongoDB) is not part of this version: leave it out, or set it to embedded'
        : 'must be embedded',
  })
  .default('embedded');

/** Every setting by its name, the same in the environment and in `muster.config.yaml`. Unknown names are refused. */
export const settingsSchema = z.strictObject({
  MUSTER_ENGINE: engine,
  MUSTER_PORT: wholeNumber(0, 65_535).default(8080),
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
});
