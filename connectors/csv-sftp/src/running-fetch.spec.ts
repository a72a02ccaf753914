import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type CheckStep,
  type ConnectorEvent,
  Dialler,
  EgressPolicy,
  type FetchEnd,
  HttpClient,
  type JsonValue,
  noOwnSecrets,
  type OwnSecrets,
  type SourceError,
} from '#connector-sdk';
import { readFetch } from '#connector-sdk/testing';
import type { TestSftpServer } from '#testing';
import { csvSftp } from './csv-sftp.connector.js';

export const folder = 'uploads/hr_reports';
export const header = 'Employee ID,First Name,Last Name,Work Email';

/** A report of some people, each on a line of its own. */
export function report(ids: readonly (string | number)[], changes: Record<string, string> = {}): string {
  const rows = ids.map((id) => changes[String(id)] ?? `${id},First${id},Last${id},p${id}@acme.example`);
  return `${[header, ...rows].join('\n')}\n`;
}

export function nameOf(day: number | string): string {
  return `people_report_2026-01-${String(day).padStart(2, '0')}.csv`;
}

/** Puts a file where the connector looks for it; `modified`: seconds since 1970. */
export function put(
  server: TestSftpServer,
  name: string,
  content: string | Uint8Array,
  modified = 1_700_000_000,
): void {
  const path = join(server.folder, folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  utimesSync(path, modified, modified);
}

/** The names in the folder and, with `archive/` in front, in its archive. */
export function lying(server: TestSftpServer): string[] {
  const filesIn = (path: string): string[] =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name);
  const path = join(server.folder, folder);
  const archive = join(path, 'archive');
  const archived = existsSync(archive) ? filesIn(archive).map((name) => `archive/${name}`) : [];
  return [...filesIn(path), ...archived].sort();
}

export interface Wishes {
  config?: Record<string, unknown>;
  secrets?: Record<string, unknown>;
  state?: JsonValue | null;
  signal?: AbortSignal;
  mappingVersion?: number;
  reread?: boolean;
  ownSecrets?: OwnSecrets;
}

export interface FetchResult {
  ids: (string | null)[];
  documents: Record<string, string>[];
  events: ConnectorEvent[];
  end: FetchEnd | undefined;
  error: SourceError | undefined;
}

const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });

/** The connector as the fetcher calls it, on one server. */
export class RunningFetch {
  constructor(private readonly server: TestSftpServer) {}

  context({
    config,
    secrets,
    state = null,
    signal = new AbortController().signal,
    mappingVersion = 1,
    reread = false,
    ownSecrets = noOwnSecrets,
  }: Wishes) {
    const { host, port, user, fingerprint, privateKey } = this.server;
    const events: ConnectorEvent[] = [];
    return {
      config: csvSftp.config.parse({
        host,
        port,
        user,
        hostKeyFingerprints: [fingerprint],
        content: 'full',
        settleSeconds: 0,
        requestTimeoutSeconds: 10,
        ...config,
      }),
      secrets: csvSftp.secrets.parse(secrets ?? { privateKey }),
      state,
      http: new HttpClient({ dialler }),
      dialler,
      ownSecrets,
      signal,
      progress: () => undefined,
      log: (event: ConnectorEvent) => void events.push(event),
      cursor: null,
      person: null,
      mappingVersion,
      reread,
      events,
    };
  }

  /** Reads to the end, or to the error that ends it. */
  async fetch(wishes: Wishes = {}): Promise<FetchResult> {
    const context = this.context(wishes);
    const { ids, records, end, error } = await readFetch(csvSftp.fetch(context));
    const documents = records.map(
      ({ bytes }) => JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<string, string>,
    );
    return { ids, documents, events: context.events, end, error: error as SourceError | undefined };
  }

  /** What the pipeline does when a live sync of such a fetch has been applied. Gives the state that then counts. */
  async commit({ end }: FetchResult, wishes: Wishes = {}): Promise<JsonValue> {
    const state = end?.state ?? null;
    await csvSftp.commit?.(this.context({ ...wishes, state }));
    return state;
  }

  /** A live sync: read, applied, archived. */
  async sync(wishes: Wishes = {}): Promise<FetchResult & { state: JsonValue }> {
    const result = await this.fetch(wishes);
    if (result.error !== undefined) throw result.error;
    return { ...result, state: await this.commit(result, wishes) };
  }

  async check(wishes: Wishes = {}): Promise<CheckStep[]> {
    const steps: CheckStep[] = [];
    for await (const step of csvSftp.check(this.context(wishes))) steps.push(step);
    return steps;
  }
}
