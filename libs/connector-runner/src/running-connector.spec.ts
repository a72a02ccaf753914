import {
  Dialler,
  EgressPolicy,
  type FetchEnd,
  noOwnSecrets,
  type OwnSecrets,
  type RequestBudget,
} from '#connector-sdk';
import { type LogFields, Logger, Metrics } from '#telemetry';
import { hostile, type HostileMode } from '../../../connectors/hostile/src/index.js';
import type { ConnectorRun, FetchedRecord } from './connector-runner.port.js';
import { ChildRunner } from './parent/child-runner.js';
import type { ConnectorLimits } from './parent/connector-limits.js';

const moduleUrl = new URL('../../../connectors/hostile/src/index.ts', import.meta.url).href;

/** Generous with time, so that a busy machine ends nothing; each test narrows what it is about. */
const limits: Partial<ConnectorLimits> = { memoryMb: 256 };

/** Everything that came of a fetch, other than the error that ended it. */
export interface Read {
  records: { sourceId: string | null; bytes: Buffer; tooLarge: FetchedRecord['tooLarge'] }[];
  end: FetchEnd | null;
  error: unknown;
}

/** Keeps what is logged. */
class KeptLog extends Logger {
  readonly lines: string[] = [];

  debug(message: string, fields?: LogFields): void {
    this.lines.push(`${message} ${JSON.stringify(fields)}`);
  }

  info(message: string, fields?: LogFields): void {
    this.debug(message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.debug(message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.debug(message, fields);
  }
}

/** The hostile connector, called as the fetcher does. */
export class RunningConnector {
  readonly log = new KeptLog();
  readonly metrics = new Metrics();
  readonly said: string[] = [];
  readonly controller = new AbortController();
  ownSecrets: OwnSecrets = noOwnSecrets;
  budget: RequestBudget | null = null;
  dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });
  private readonly runner: ChildRunner;

  constructor(own: Partial<ConnectorLimits> = {}) {
    const { log, metrics } = this;
    this.runner = new ChildRunner({ limits: { ...limits, ...own }, logger: log, metrics });
  }

  open(mode: HostileMode, { address = '', secrets = {} }: { address?: string; secrets?: object } = {}): ConnectorRun {
    return this.runner.open({
      connector: hostile,
      moduleUrl,
      config: { mode, address },
      secrets: { ...secrets },
      ownSecrets: this.ownSecrets,
      state: null,
      dialler: this.dialler,
      ...(this.budget === null ? {} : { budget: this.budget }),
      signal: this.controller.signal,
      log: ({ code, message }) => void this.said.push(`${code} ${String(message.length)}`),
    });
  }

  async fetch(mode: HostileMode, options: { address?: string; secrets?: object } = {}): Promise<Read> {
    const run = this.open(mode, options);
    const read: Read = { records: [], end: null, error: undefined };
    try {
      const parts = run.fetch({ cursor: null, person: null });
      for (;;) {
        const step = await parts.next();
        if (step.done === true) {
          read.end = step.value;
          break;
        }
        for (const { sourceId, bytes, tooLarge } of step.value.records) {
          read.records.push({ sourceId, bytes: Buffer.from(bytes), tooLarge });
        }
      }
    } catch (error) {
      read.error = error;
    } finally {
      await run.close();
    }
    return read;
  }

  /** How often connectors were ended, by reason; reasons that did not occur are left out. */
  async ended(): Promise<Record<string, number>> {
    const { text } = await this.metrics.expose();
    const lines = text.matchAll(/^muster_connectors_ended_total\{connector="hostile",reason="(\w+)"\} (\d+)$/gm);
    return Object.fromEntries([...lines].map(([, reason = '', count]) => [reason, Number(count)]));
  }

  async stop(): Promise<void> {
    await this.runner.onModuleDestroy();
  }
}
