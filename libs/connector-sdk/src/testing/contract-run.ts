import { deepEqual, equal, ifError } from 'node:assert/strict';
import type { CheckStep, Connector, FetchContext } from '../connector.js';
import { isolatedContext } from '../isolated-context.js';
import type { IsolatedContextInput } from '../isolated-context.js';
import type { JsonValue } from '../json-value.js';
import type { PushedRecord } from '../pushed-people.js';
import { EgressPolicy } from '../egress/egress-policy.js';
import type { ContractSource, ContractSubject, GivenSource } from './contract-subject.js';
import type { HttpFault } from './http-fault.js';
import { LeakWatch } from './leak-watch.js';
import { pushedPeopleOf } from './pushed-people-of.js';
import { readFetch } from './read-fetch.js';
import type { ReadFetch } from './read-fetch.js';
import type { SimulatedSource } from './simulated-source.js';

/** In a field of everybody's; must be seen in records only. */
const personal = 'Wilhelmina Zq7';

export type Wishes = Pick<
  IsolatedContextInput,
  'cursor' | 'person' | 'mappingVersion' | 'reread' | 'signal' | 'state'
> & {
  readonly config?: Record<string, unknown>;
  readonly secrets?: Record<string, unknown>;
  /** Of requests. Default: as in production. */
  readonly maxAttempts?: number;
  /** For the capability `push`. Default: everybody of the source. */
  readonly pushed?: readonly PushedRecord[];
};

export interface FetchRun extends ReadFetch {
  /** What the next run is given when this one is applied. */
  readonly state: JsonValue | null;
  /** How long the connector's HTTP waited before each further attempt, in milliseconds; no time passes in a test. */
  readonly waits: readonly number[];
}

/** One case: a connector on a source that runs, with all that it says watched for leaks. */
export class ContractRun {
  private readonly watch: LeakWatch;
  private readonly closing: (() => Promise<void>)[] = [];

  private constructor(
    readonly connector: Connector,
    readonly subject: ContractSubject,
    readonly source: ContractSource,
    /** As the source holds them. */
    readonly records: readonly string[],
    private readonly timeoutSeconds: number,
  ) {
    const secrets = Object.values(source.secrets).filter((secret) => typeof secret === 'string');
    this.watch = new LeakWatch([...secrets, personal, 'wrong-secret']);
  }

  /**
   * Runs a case; fails when something of a person or a secret was told on the way.
   *
   * @param given default: eight people, on a source that is well
   */
  static async over(
    connector: Connector,
    subject: ContractSubject,
    given: Partial<GivenSource>,
    body: (run: ContractRun) => Promise<void>,
  ): Promise<void> {
    const records = given.records ?? peopleOf(subject, 8);
    const { quirk = null, timeoutSeconds = 30 } = given;
    const source = await subject.start({ records, quirk, timeoutSeconds });
    const run = new ContractRun(connector, subject, source, records, timeoutSeconds);
    try {
      await body(run);
      run.watch.verify();
    } finally {
      for (const close of run.closing) await close();
      await source.stop();
    }
  }

  /** Where faults are switched on. */
  get http(): SimulatedSource {
    const { http } = this.source;
    if (http === undefined) throw new TypeError('start() must give `http`, by simulateSource, for transport "http".');
    return http;
  }

  misbehave(fault: HttpFault): void {
    this.http.misbehave(fault);
  }

  get ids(): string[] {
    return this.records.map((_, index) => idOf(this.subject, index));
  }

  context(wishes: Wishes = {}): { context: FetchContext; waits: number[] } {
    const { config, secrets, maxAttempts, pushed = this.pushed(), ...rest } = wishes;
    const waits: number[] = [];
    const isolated = isolatedContext(this.connector, {
      ...rest,
      config: { ...this.source.config, ...config },
      secrets: { ...this.source.secrets, ...secrets },
      ...(this.source.inbox === undefined ? {} : { inbox: this.source.inbox }),
      ...(this.connector.capabilities.push === true ? { pushed: pushedPeopleOf(pushed) } : {}),
      dialler: { policy: new EgressPolicy({ allow: ['127.0.0.0/8', '::1'] }) },
      http: {
        timeoutMs: this.timeoutSeconds * 1000,
        sleep: async (ms) => void waits.push(ms),
        random: () => 1,
        ...(maxAttempts === undefined ? {} : { backoff: { maxAttempts } }),
      },
      progress: (progress) => this.watch.see('progress', progress),
      log: (event) => this.watch.see('log', event),
    });
    this.closing.push(() => isolated.close());
    return { context: isolated.context, waits };
  }

  async fetch(wishes: Wishes = {}): Promise<FetchRun> {
    const { context, waits } = this.context(wishes);
    const read = await readFetch(this.connector.fetch(context), { maxBatches: 500 });
    this.watch.see('the error of a fetch', read.error);
    this.watch.see('the end of a fetch', read.end);
    const state = read.end?.state ?? wishes.state ?? null;
    deepEqual(JSON.parse(JSON.stringify(state)), state, 'its state is not what JSON makes of it: it is stored as JSON');
    return { ...read, state, waits };
  }

  /** What Muster does when a live sync of a fetch has been applied, and again when it crashed meanwhile. */
  async commit(state: JsonValue | null, wishes: Wishes = {}): Promise<void> {
    try {
      await this.connector.commit?.(this.context({ ...wishes, state }).context);
    } catch (error) {
      this.watch.see('the error of a commit', error);
      throw error;
    }
  }

  /** A live sync that is applied. */
  async sync(wishes: Wishes = {}): Promise<FetchRun> {
    const read = await this.fetch(wishes);
    ifError(read.error);
    equal(read.end?.lastPageSeen, true, 'it has not read to the end of a source that is well');
    await this.commit(read.state, wishes);
    return read;
  }

  /** These people change at the source, or come to it. */
  async change(records: readonly string[]): Promise<void> {
    const { change } = this.source;
    if (change === undefined)
      throw new TypeError('start() must give `change` for a connector that claims delta or has commit.');
    await change(records);
  }

  /** What of the source the connector could have changed. */
  async traces(): Promise<unknown> {
    const { traces } = this.source;
    if (traces === undefined) throw new TypeError('start() must give `traces` for a connector that has commit.');
    return traces();
  }

  /** Everybody of the source, where people are pushed. */
  pushed(): PushedRecord[] {
    return this.records.map((record, index) => ({ sourceId: this.ids[index] ?? null, bytes: Buffer.from(record) }));
  }

  async check(wishes: Wishes = {}): Promise<CheckStep[]> {
    const steps: CheckStep[] = [];
    for await (const step of this.connector.check(this.context(wishes).context)) steps.push(step);
    this.watch.see('a check', steps);
    return steps;
  }
}

export function idOf(subject: ContractSubject, index: number): string {
  return subject.id?.(index) ?? `p${index}`;
}

/** Records of so many people, with something of their own in each. */
export function peopleOf(subject: ContractSubject, count: number): string[] {
  return Array.from({ length: count }, (_, index) => subject.record(idOf(subject, index), JSON.stringify(personal)));
}
