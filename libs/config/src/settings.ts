import { z } from 'zod';
import { canonicalHostPattern } from './host-pattern.js';
import { rangeProblem } from './range-problem.js';

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

/** Text with commas between its parts, or a list as YAML may have it. */
function commaList(message: string) {
  return z
    .union([z.string(), z.array(z.string())], message)
    .transform((list) => (typeof list === 'string' ? list.split(',') : list).map((one) => one.trim()));
}

const brokersMessage = 'must be host:port of one or more brokers, with commas between them';
const broker = /^(\[[0-9A-Fa-f:.]+\]|[^\s,:/@]+):\d{1,5}$/;
const brokers = commaList(brokersMessage).refine(
  (list) => list.length > 0 && list.every((one) => broker.test(one)),
  brokersMessage,
);

const rangesMessage = 'must be addresses or ranges such as 10.20.0.0/16, with commas between them';
const ranges = commaList(rangesMessage).superRefine((list, context) => {
  for (const range of list) {
    const problem = rangeProblem(range);
    if (problem !== null) {
      context.addIssue({ code: 'custom', message: range === '' ? rangesMessage : `${rangesMessage}: ${problem}` });
    }
  }
});

const hostsMessage = 'must be names of hosts such as hr.example or *.acme.example, with commas between them';
const hosts = commaList(hostsMessage).transform((list, context) =>
  list.map((host) => {
    const canonical = canonicalHostPattern(host);
    if (canonical !== null) return canonical;
    context.addIssue({ code: 'custom', message: host === '' ? hostsMessage : `${hostsMessage}: ${host} is none` });
    return z.NEVER;
  }),
);

const proxyMessage = 'must be an address such as http://proxy.example:3128 or http://name:password@proxy.example:3128';
const proxy = z.string(proxyMessage).refine(isProxyAddress, proxyMessage);

const originsMessage = 'must be origins such as https://people.example, with commas between them and without a path';
const origins = commaList(originsMessage).refine((list) => list.every(isOrigin), originsMessage);

const connectorsMessage =
  'must be paths such as ./payroll/payroll.ts or names of packages, with commas between them, each once';
const connectors = commaList(connectorsMessage).refine(
  (list) => list.every((one) => one !== '') && new Set(list).size === list.length,
  connectorsMessage,
);

const smtpMessage = 'must be an address such as smtps://name:password@mail.example or smtp://mail.example:587';
const smtpUrl = z.string(smtpMessage).refine(isSmtpAddress, smtpMessage);
const addressMessage = 'must be the name or address of a host, with its port or without: sftp.people.example:2222';
const publicAddress = z
  .string(addressMessage)
  .regex(/^([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?$/, addressMessage);

const mongodbUri = z
  .string('must be text')
  .regex(/^mongodb(\+srv)?:\/\/[^\s]+$/, 'must look like mongodb://user:password@host:27017/muster?replicaSet=rs0');

/**
 * Every setting by its name, the same in the environment and in `muster.config.yaml`. Unknown names are refused. Their
 * descriptions make `docs/reference/configuration.md`.
 */
export const settingsSchema = z.strictObject({
  MUSTER_ENGINE: z
    .enum(engines, `must be ${engines.join(' or ')}`)
    .default('embedded')
    .describe('`embedded`: one process and one SQLite file. `distributed`: each role a process, on Kafka and MongoDB.'),
  MUSTER_PORT: wholeNumber(0, 65_535)
    .nullable()
    .default(null)
    .describe('Port to listen on; 0 takes any free one. Unset: see the programs below.'),
  MUSTER_HOST: text.default('127.0.0.1').describe('Address to listen on; `0.0.0.0` is every one that the machine has.'),
  MUSTER_DATA_DIR: text
    .default('./.muster')
    .describe('Where the embedded engine keeps everything; one process at a time.'),
  MUSTER_ADMIN_KEY: z
    .string('must be text')
    .regex(/^[\x21-\x7e]{16,200}$/, 'must be 16 to 200 printable ASCII characters without spaces')
    .nullable()
    .default(null)
    .describe('The first operator key. Unset: one is made at the first start and printed once.'),
  MUSTER_MASTER_KEY: masterKey
    .nullable()
    .default(null)
    .describe(
      'Seals the secrets of sources, as `openssl rand -base64 32` prints it. Unset: on the embedded engine one is made and kept in the data directory.',
    ),
  MUSTER_LOG_LEVEL: z
    .enum(logLevels, `must be one of ${logLevels.join(', ')}`)
    .default('info')
    .describe('The least that is logged.'),
  MUSTER_PUBLIC_URL: httpUrl
    .nullable()
    .default(null)
    .describe('Where people and sources reach Muster. Unset: by host and port.'),
  MUSTER_OUTBOUND_ADDRESSES: ranges
    .default([])
    .describe(
      'Addresses from which the fetcher, or `MUSTER_EGRESS_PROXY`, reaches sources, as these see it: `203.0.113.7,2001:db8:1::/64`. The set-up steps show them to those who let Muster through. Unset: not known.',
    ),
  MUSTER_CORS_ORIGINS: origins
    .default([])
    .describe(
      'Origins whose scripts may use the API from a browser, with commas between them: `https://people.example`. Unset: none.',
    ),
  MUSTER_RATE_LIMIT_PER_MINUTE: wholeNumber(0, 1_000_000)
    .default(6000)
    .describe(
      'Requests that each API key may send in a minute, at once if it likes; counted by each process for itself. 0: as many as it likes.',
    ),
  MUSTER_EGRESS_ALLOW: ranges
    .default([])
    .describe(
      'Addresses that connectors and webhooks may connect to besides the public ones, for sources inside your network: `10.20.0.0/16`; `127.0.0.0/8` for a simulator on this machine. Unset: none.',
    ),
  MUSTER_EGRESS_HOSTS: hosts
    .default([])
    .describe(
      'The only hosts that connectors and webhooks may connect to: `*.acme.example,hr.example`; `*.` stands for all that is below. Unset: every host.',
    ),
  MUSTER_EGRESS_PROXY: proxy
    .nullable()
    .default(null)
    .describe(
      'The proxy that connectors and webhooks connect through, by CONNECT; what is not allowed without it is not allowed with it. Unset: none.',
    ),
  MUSTER_EGRESS_CA_FILE: text
    .nullable()
    .default(null)
    .describe(
      'PEM file with further authorities whose certificates connectors and webhooks trust, beside the public ones that Node knows; relative to the working directory.',
    ),
  MUSTER_CONNECTORS: connectors
    .default([])
    .describe(
      'Connectors beside those that come with Muster: `./payroll/payroll.ts,acme-payroll`; paths of `.ts`, `.js` or `.mjs` files or of folders with a package.json, relative to the working directory, or names of packages installed there. The same for every role. Unset: none.',
    ),
  MUSTER_CONNECTOR_MEMORY_MB: wholeNumber(160, 65_536)
    .default(512)
    .describe(
      'Memory that a connector’s process may use, in MiB; one that needs more is ended and its sync fails. In each process with the fetcher up to 16 fetch at once, and 8 check or commit.',
    ),
  MUSTER_CONNECTOR_SILENT_SECONDS: wholeNumber(10, 604_800)
    .default(7200)
    .describe(
      'How long a connector may yield nothing and tell of no progress before it is ended; longer than the slowest source takes for its first answer.',
    ),
  MUSTER_CONNECTOR_BLOCKED_SECONDS: wholeNumber(1, 3600)
    .default(60)
    .describe('How long a connector may compute without a pause, as an endless loop does, before it is ended.'),
  MUSTER_CONNECTOR_TOTAL_SECONDS: wholeNumber(1, 2_592_000)
    .default(86_400)
    .describe('How long one call of a connector may take in all.'),
  MUSTER_CONNECTOR_MAX_RECORDS: wholeNumber(1, 1_000_000_000)
    .default(10_000_000)
    .describe('How many records one fetch may yield before its connector is ended.'),
  MUSTER_SMTP_URL: smtpUrl
    .nullable()
    .default(null)
    .describe(
      'The mail server that takes notices: `smtps://name:password@mail.example`, or `smtp://mail.example:587`, where `?requireTLS=true` insists on STARTTLS. Unset: no e-mail is sent.',
    ),
  MUSTER_SMTP_FROM: z
    .email('must be an e-mail address')
    .nullable()
    .default(null)
    .describe('The address that notices come from. Must be set with MUSTER_SMTP_URL.'),
  MUSTER_SFTP_PORT: wholeNumber(0, 65_535)
    .nullable()
    .default(null)
    .describe(
      'Port at which the fetcher takes files by SFTP from those who send reports; 0 takes any free one. The reporter reads it to tell senders. Unset: it takes none.',
    ),
  MUSTER_SFTP_HOST: text
    .nullable()
    .default(null)
    .describe('Address that it listens on for them. Unset: that of `MUSTER_HOST`.'),
  MUSTER_SFTP_PUBLIC_ADDRESS: publicAddress
    .nullable()
    .default(null)
    .describe(
      'Where senders reach it, `sftp.people.example:2222`; a port that is left out is 22. Unset: the host of `MUSTER_PUBLIC_URL`, or else the one that it listens on, and its port.',
    ),
  MUSTER_SFTP_DIR: text
    .nullable()
    .default(null)
    .describe(
      'Where the files are, and its host key: one file system, which all fetchers share. Unset: `sftp` in the data directory.',
    ),
  MUSTER_SFTP_HOST_KEY_FILE: text
    .nullable()
    .default(null)
    .describe(
      'Its private host key, as `ssh-keygen -t ed25519` writes it, without a passphrase. Unset: one is made and kept with the files.',
    ),
  MUSTER_SFTP_MAX_FILE_MB: wholeNumber(1, 1_000_000).default(2048).describe('The largest file that it takes, in MiB.'),
  MUSTER_SFTP_QUOTA_MB: wholeNumber(1, 10_000_000)
    .default(10_240)
    .describe('What the files of one integration may take in all, in MiB, those in its archive among them.'),
  MUSTER_SFTP_KEEP_FREE_MB: wholeNumber(0, 10_000_000)
    .default(256)
    .describe('What its files leave free on their disk, in MiB: when less is left, it takes none.'),
  MUSTER_MAPPER_THREADS: wholeNumber(0, 64)
    .default(1)
    .describe('Worker threads that map, in each process with the mapper; 0 maps in the main thread.'),
  MUSTER_RETENTION_SNAPSHOT_DAYS: wholeNumber(1, 36_500)
    .default(14)
    .describe('How long raw payloads are kept after the end of their sync.'),
  MUSTER_RETENTION_PACKED_DAYS: wholeNumber(1, 36_500)
    .default(30)
    .describe('How long the outcomes of unchanged people are kept.'),
  MUSTER_RETENTION_OUTCOME_DAYS: wholeNumber(1, 36_500).default(400).describe('How long other outcomes are kept.'),
  MUSTER_PLANNING_STALL_SECONDS: wholeNumber(1, 86_400)
    .default(120)
    .describe('How long planning may stand still before missing pages are published again.'),
  MUSTER_LEASE_SECONDS: wholeNumber(1, 3600)
    .default(15)
    .describe('How long claimed work stays with a process that has fallen silent, before another takes it up.'),
  KAFKA_BROKERS: brokers
    .nullable()
    .default(null)
    .describe(
      'Where Kafka is: `host:port` of one or more brokers, e.g. `kafka-1:9092,kafka-2:9092`. Must be set on the distributed engine.',
    ),
  KAFKA_TOPIC_PREFIX: z
    .string('must be text')
    .regex(/^[\w.-]{0,100}$/, 'must be letters, digits, dots, underscores and hyphens only')
    .default('')
    .describe(
      'Put before the name of every topic and group, so that two Musters can share a cluster; the same for every role.',
    ),
  KAFKA_PARTITIONS: wholeNumber(1, 1000)
    .default(4)
    .describe(
      'Of each data topic when Muster makes it: as many processes of one role can share its work. Topics that exist keep theirs.',
    ),
  KAFKA_RETENTION_HOURS: wholeNumber(1, 876_000)
    .default(168)
    .describe('How long messages are kept in the topics that Muster makes: longer than any outage to be survived.'),
  KAFKA_REPLICATION_FACTOR: wholeNumber(1, 100)
    .nullable()
    .default(null)
    .describe('Copies of each topic that Muster makes. Unset: the broker’s default.'),
  KAFKA_SESSION_TIMEOUT_MS: wholeNumber(1000, 1_800_000)
    .default(30_000)
    .describe('After so long without a sign of life a consumer’s partitions go to another.'),
  KAFKA_TLS: flag.default(false).describe('Reach the brokers by TLS.'),
  KAFKA_TLS_CA_FILE: text
    .nullable()
    .default(null)
    .describe('PEM file with whom to trust. Unset: the public authorities that Node knows.'),
  KAFKA_TLS_CERT_FILE: text
    .nullable()
    .default(null)
    .describe('PEM file with the client’s certificate, together with its key.'),
  KAFKA_TLS_KEY_FILE: text.nullable().default(null).describe('PEM file with the key of the client’s certificate.'),
  KAFKA_SASL_MECHANISM: z
    .enum(saslMechanisms, `must be one of ${saslMechanisms.join(', ')}`)
    .nullable()
    .default(null)
    .describe('How to log in at the brokers, together with name and password.'),
  KAFKA_SASL_USERNAME: text.nullable().default(null).describe('The name to log in with.'),
  KAFKA_SASL_PASSWORD: text.nullable().default(null).describe('The password to log in with.'),
  MONGODB_URI: mongodbUri
    .nullable()
    .default(null)
    .describe(
      'Where MongoDB is, a replica set: `mongodb://user:password@host:27017/muster?replicaSet=rs0`. Must be set on the distributed engine.',
    ),
});

function isProxyAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(text);
  const isBare = pathname === '/' && search === '' && hash === '';
  return /^https?:$/.test(protocol) && hostname !== '' && isBare && !/%(?![\da-f]{2})/i.test(username + password);
}

function isSmtpAddress(text: string): boolean {
  return URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol) && new URL(text).hostname !== '';
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}

export type SettingName = keyof typeof settingsSchema.shape;
export const settingNames = Object.keys(settingsSchema.shape) as SettingName[];

export type Settings = z.output<typeof settingsSchema>;
