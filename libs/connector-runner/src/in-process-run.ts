import { type CheckStep, type ConnectorContext, type FetchEnd, HttpClient } from '#connector-sdk';
import type { ConnectorCall, ConnectorRun, FetchedPart, FetchStart, RunStatistics } from './connector-runner.port.js';

/** A connector in this process: nothing stands between it and what else is here. */
export class InProcessRun implements ConnectorRun {
  private readonly http: HttpClient;
  private readonly context: ConnectorContext;

  constructor(private readonly call: ConnectorCall) {
    const { config, secrets, ownSecrets, state, dialler, pushed, inbox, budget, signal } = call;
    this.http = new HttpClient({ dialler, signal, ...(budget === undefined ? {} : { budget }) });
    this.context = {
      config,
      secrets,
      ownSecrets,
      state,
      http: this.http,
      dialler,
      ...(pushed === undefined ? {} : { pushed }),
      ...(inbox === undefined ? {} : { inbox }),
      signal,
      progress: () => undefined,
      log: (event) => call.log(event),
    };
  }

  async *fetch(start: FetchStart): AsyncGenerator<FetchedPart, FetchEnd, void> {
    const batches = this.call.connector.fetch({ ...this.context, ...start });
    try {
      for (;;) {
        const step = await batches.next();
        if (step.done === true) return step.value;
        yield { ...step.value, isFirstOfBatch: true };
      }
    } finally {
      // Ends a generator that still waits for its reader; how it ends does not matter any more.
      batches.return({ extent: 'full', lastPageSeen: false }).catch(() => undefined);
    }
  }

  check(): AsyncIterable<CheckStep> {
    return this.call.connector.check(this.context);
  }

  async commit(): Promise<void> {
    await this.call.connector.commit?.(this.context);
  }

  statistics(): RunStatistics {
    const { requests, retries, retriesByStatus, byStatus } = this.http.stats;
    return { requests, retries, retriesByStatus: { ...retriesByStatus }, byStatus: { ...byStatus } };
  }

  async close(): Promise<void> {
    await this.http.close();
  }
}
