import type { Program } from './programs.js';
import type { Engine, LogLevel, SaslMechanism } from './settings.js';

/** The settings of this process, checked. Made by `loadConfig`; a class so that it can be injected by its token. */
export abstract class MusterConfig {
  abstract readonly program: Program;
  abstract readonly engine: Engine;
  /** 0: any free port. */
  abstract readonly port: number;
  abstract readonly host: string;
  /** Absolute path. */
  abstract readonly dataDir: string;
  /** The first operator key, when it is given rather than made. */
  abstract readonly adminKey: string | null;
  /** 32 bytes; null: kept in the data directory, see `readMasterKey`, or not needed by a role that never sees secrets. */
  abstract readonly masterKey: Uint8Array | null;
  abstract readonly logLevel: LogLevel;
  /** Where people and sources reach Muster, without a slash at its end; null: by host and port. */
  abstract readonly publicUrl: string | null;
  /** Addresses and ranges from which it connects to sources, as they see it; empty: nobody has said. */
  abstract readonly outboundAddresses: readonly string[];
  /** Origins whose scripts may use the API; none by default. */
  abstract readonly corsOrigins: readonly string[];
  /** Requests that each API key may send in a minute to each process; 0: no bound. */
  abstract readonly rateLimitPerMinute: number;
  /** Worker threads of the mapper; 0: it works in the main thread. */
  abstract readonly mapperThreads: number;
  abstract readonly retention: RetentionDays;
  /** How long planning may stand still before missing pages are published again. */
  abstract readonly planningStallSeconds: number;
  /** How long claimed work stays with a process that has fallen silent. */
  abstract readonly leaseSeconds: number;
  /** Where connectors may connect, and how. */
  abstract readonly egress: EgressSettings;
  /** Connectors beside those that come with Muster. */
  abstract readonly connectors: ConnectorSettings;
  /** How notices are mailed; null: they are not. */
  abstract readonly mail: MailSettings | null;
  /** How files are taken from those who send them; null: they are not. */
  abstract readonly sftp: SftpSettings | null;
  /** The servers of the distributed engine; null on the embedded one. */
  abstract readonly servers: ServerSettings | null;
}

export interface MailSettings {
  /** `smtp:` or `smtps:`, maybe with credentials: never to be shown. */
  readonly url: string;
  readonly from: string;
}

export interface ConnectorSettings {
  /** Names of packages, or paths of modules and of folders with a package.json, as they were given. */
  readonly named: readonly string[];
  /** Where relative paths start and packages are looked for. Absolute path. */
  readonly directory: string;
  readonly limits: ConnectorLimitSettings;
}

/** What a connector may use before it is ended. */
export interface ConnectorLimitSettings {
  /** Memory of its process. */
  readonly memoryMb: number;
  /** How long it may yield nothing. */
  readonly silentMs: number;
  /** How long its event loop may stand still. */
  readonly blockedMs: number;
  /** For one call as a whole. */
  readonly totalMs: number;
  /** Of one fetch. */
  readonly maxRecords: number;
}

export interface EgressSettings {
  /** Addresses and ranges besides the public ones. */
  readonly allow: readonly string[];
  /** Names, or `*.` and a domain; empty: every host. */
  readonly hosts: readonly string[];
  /** Address of the proxy, maybe with credentials: never to be shown. Null: none. */
  readonly proxy: string | null;
  /** PEM text with whom to trust besides the public authorities; null: them alone. */
  readonly ca: string | null;
}

export interface SftpSettings {
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  /** Where senders reach it. */
  readonly publicHost: string;
  readonly publicPort: number;
  /** Absolute path. */
  readonly directory: string;
  /** Absolute path; null: a key is made in the directory. */
  readonly hostKeyFile: string | null;
  readonly maxFileBytes: number;
  /** Of one integration. */
  readonly quotaBytes: number;
  /** On the disk of the directory, whoever fills it. */
  readonly keepFreeBytes: number;
}

export interface ServerSettings {
  readonly kafka: KafkaServerSettings;
  /** With credentials: never to be shown. */
  readonly mongodbUri: string;
}

/** How to reach Kafka and what topics are made like. */
export interface KafkaServerSettings {
  /** `host:port` of each. */
  readonly brokers: readonly string[];
  /** Put before every topic and group, so that two Musters can share a cluster; may be empty. */
  readonly topicPrefix: string;
  /** Of each data topic. */
  readonly partitions: number;
  readonly retentionMs: number;
  /** Null: the broker's default. */
  readonly replicationFactor: number | null;
  readonly sessionTimeoutMs: number;
  /** Certificates and key as PEM text; null: no TLS. */
  readonly tls: {
    readonly ca: string | null;
    readonly client: { readonly cert: string; readonly key: string } | null;
  } | null;
  readonly sasl: { readonly mechanism: SaslMechanism; readonly username: string; readonly password: string } | null;
}

/** How many days after its end a sync's data is kept; held plans and the newest complete snapshots always are. */
export interface RetentionDays {
  readonly snapshots: number;
  /** Packed rows: the unchanged people of each sync. */
  readonly packed: number;
  readonly outcomes: number;
}
