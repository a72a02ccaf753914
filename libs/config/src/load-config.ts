import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { ConfigurationError } from '#core';
import { egressSettings } from './egress-settings.js';
import { mailSettings } from './mail-settings.js';
import type { MusterConfig } from './muster-config.js';
import { defaultPorts, type Program, seesSecrets } from './programs.js';
import { serverSettings } from './server-settings.js';
import { type Settings, settingsSchema } from './settings.js';
import { sftpSettings } from './sftp-settings.js';
import type { TellProblem } from './tell-problem.js';

export const configFileName = 'muster.config.yaml';

export interface ConfigSource {
  /** Default: `standalone`. */
  program?: Program;
  /** Default: the environment of this process. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Where `muster.config.yaml` is looked for and relative paths start. Default: the working directory. */
  directory?: string;
}

/**
 * Names that start like ours and belong to others: what Kubernetes tells every container about a service called
 * muster, the command-line client's, and those of tests, tools and development services.
 */
const foreignNames = /^MUSTER_(SERVICES?_.*|PORT_\d.*|TEST_.*|URL|API_KEY|TENANT|PROFILE|OUTPUT)$/;

/**
 * Of the names that start like the servers' own, those that are settings, or meant to be. Programs beside us (the broker
 * itself, the development services) have others.
 */
const serverNames = /^(KAFKA_(BROKER|TOPIC|PARTITION|RETENTION|REPLICATION|SESSION|TLS|SASL).*|MONGODB_UR[IL])$/;

/**
 * Reads the settings from the environment and from `muster.config.yaml`; the environment goes first, an empty
 * variable counts as unset.
 *
 * @throws ConfigurationError `configurationInvalid`; `problems` names every setting that is wrong or unknown
 */
export function loadConfig({
  program = 'standalone',
  env = process.env,
  directory = process.cwd(),
}: ConfigSource = {}): MusterConfig {
  const problems: string[] = [];
  const file = readFile(directory, problems);
  const variables = Object.entries(env).filter(
    ([name, value]) =>
      ((name.startsWith('MUSTER_') && !foreignNames.test(name)) || serverNames.test(name)) &&
      value !== undefined &&
      value !== '',
  );
  const fromEnvironment: Record<string, unknown> = Object.fromEntries(variables);
  const given: Record<string, unknown> = { ...file, ...fromEnvironment };
  const parsed = settingsSchema.safeParse(given);
  const wrong = new Set<string>();
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const isUnknown = issue.code === 'unrecognized_keys';
      for (const name of isUnknown ? issue.keys : [String(issue.path[0] ?? '')]) {
        wrong.add(name);
        const what = isUnknown ? 'is no setting of Muster' : issue.message;
        problems.push(`${name} ${what} (${origin(name, fromEnvironment)}).`);
      }
    }
  }
  const config = toConfig(parsed.data ?? withDefaultsFor(wrong, given), program, directory, (problem, ...about) => {
    if (!about.some((name) => wrong.has(name))) problems.push(problem);
  });
  if (problems.length > 0) {
    throw new ConfigurationError('configurationInvalid', 'Muster cannot start: its settings are not valid.', problems);
  }
  return config;
}

/** The settings without those that are wrong, so that what else is wrong can be told as well. */
function withDefaultsFor(wrong: ReadonlySet<string>, given: Readonly<Record<string, unknown>>): Settings {
  return settingsSchema.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name))));
}

function toConfig(settings: Settings, program: Program, directory: string, tell: TellProblem): MusterConfig {
  const servers = serverSettings(settings, directory, tell);
  if (program !== 'standalone' && servers === null) {
    tell(
      'MUSTER_ENGINE must be distributed for a role in a process of its own: the embedded engine is one process (npm start).',
      'MUSTER_ENGINE',
    );
  }
  if (servers !== null && seesSecrets[program] && settings.MUSTER_MASTER_KEY === null) {
    tell(
      'MUSTER_MASTER_KEY must be set with MUSTER_ENGINE=distributed, the same for the reporter and the fetcher: 32 bytes as base64, as `openssl rand -base64 32` prints them.',
      'MUSTER_MASTER_KEY',
      'MUSTER_ENGINE',
    );
  }
  return {
    program,
    engine: settings.MUSTER_ENGINE,
    port: settings.MUSTER_PORT ?? defaultPorts[program],
    host: settings.MUSTER_HOST,
    dataDir: resolve(directory, settings.MUSTER_DATA_DIR),
    adminKey: settings.MUSTER_ADMIN_KEY,
    masterKey: settings.MUSTER_MASTER_KEY,
    logLevel: settings.MUSTER_LOG_LEVEL,
    publicUrl: settings.MUSTER_PUBLIC_URL,
    outboundAddresses: settings.MUSTER_OUTBOUND_ADDRESSES,
    corsOrigins: settings.MUSTER_CORS_ORIGINS,
    rateLimitPerMinute: settings.MUSTER_RATE_LIMIT_PER_MINUTE,
    mapperThreads: settings.MUSTER_MAPPER_THREADS,
    retention: {
      snapshots: settings.MUSTER_RETENTION_SNAPSHOT_DAYS,
      packed: settings.MUSTER_RETENTION_PACKED_DAYS,
      outcomes: settings.MUSTER_RETENTION_OUTCOME_DAYS,
    },
    planningStallSeconds: settings.MUSTER_PLANNING_STALL_SECONDS,
    leaseSeconds: settings.MUSTER_LEASE_SECONDS,
    egress: egressSettings(settings, directory, tell),
    mail: mailSettings(settings, tell),
    connectors: {
      named: settings.MUSTER_CONNECTORS,
      directory: resolve(directory),
      limits: {
        memoryMb: settings.MUSTER_CONNECTOR_MEMORY_MB,
        silentMs: settings.MUSTER_CONNECTOR_SILENT_SECONDS * 1000,
        blockedMs: settings.MUSTER_CONNECTOR_BLOCKED_SECONDS * 1000,
        totalMs: settings.MUSTER_CONNECTOR_TOTAL_SECONDS * 1000,
        maxRecords: settings.MUSTER_CONNECTOR_MAX_RECORDS,
      },
    },
    sftp: sftpSettings(settings, directory),
    servers,
  };
}

function origin(name: string, fromEnvironment: Record<string, unknown>): string {
  return Object.hasOwn(fromEnvironment, name) ? 'environment' : configFileName;
}

/** What the file says; nothing when there is none. YAML's own words on errors quote lines, so only the place is told. */
function readFile(directory: string, problems: string[]): Record<string, unknown> {
  let source: string;
  try {
    source = readFileSync(join(directory, configFileName), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') problems.push(`${configFileName} cannot be read.`);
    return {};
  }
  const document = parseDocument(source, { prettyErrors: true });
  for (const { linePos, code } of document.errors) {
    const at = linePos === undefined ? '' : ` at line ${linePos[0].line}, column ${linePos[0].col}`;
    problems.push(`${configFileName} is not valid YAML${at} (${code}).`);
  }
  if (document.errors.length > 0) return {};
  const content: unknown = document.toJS() ?? {};
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    problems.push(`${configFileName} must hold settings, one \`NAME: value\` a line.`);
    return {};
  }
  return content as Record<string, unknown>;
}
