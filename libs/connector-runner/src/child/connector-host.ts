import process from 'node:process';
import { importConnector } from '#connector-catalog/import-connector';
import type { HttpClient } from '#connector-sdk';
import {
  CHECK_STEPS,
  type ConnectorContext,
  type ConnectorDefinition,
  Dialler,
  FETCH_EXTENTS,
  type JsonValue,
  SourceError,
  SourceFatalError,
} from '#connector-sdk';
import {
  type CallMessage,
  type ChildMessage,
  maxNameLength,
  maxNames,
  maxStateLength,
  maxTextLength,
} from '../protocol/messages.js';
import { encodePart } from '../protocol/part-frame.js';
import { tellError } from '../protocol/told-error.js';
import { batchParts } from './batch-parts.js';
import { jsonText } from './json-text.js';
import { misbehaved } from './misbehaved.js';
import { ParentBudget } from './parent-budget.js';
import { ParentInbox } from './parent-inbox.js';
import { ParentLink } from './parent-link.js';
import { ParentWay } from './parent-way.js';
import { ToldHttpClient } from './told-http-client.js';

const progressEveryMs = 1_000;
const maxLogs = 1_000;
const maxDetailsLength = 16_000;

type ToldEnd = NonNullable<Extract<ChildMessage, { type: 'end' }>['end']>;

/** One call of a connector, carried out in this process, which ends with it. */
export class ConnectorHost {
  private readonly controller = new AbortController();
  private readonly parent: ParentLink;
  private isOver = false;
  private lastProgress = 0;
  private logs = 0;
  private told = '';

  constructor() {
    this.parent = ParentLink.open({
      call: (call) => void this.run(call),
      abort: () => this.controller.abort(),
    });
    const crashed = (thrown: unknown): void => void this.crash(thrown);
    process.on('uncaughtException', crashed);
    process.on('unhandledRejection', crashed);
    this.parent.tell({ type: 'ready' });
  }

  private async run(call: CallMessage): Promise<void> {
    const way = new ParentWay(this.parent);
    const dialler = new Dialler({ way, ca: call.trusted?.join('\n') ?? null });
    const budget = call.hasBudget ? { budget: new ParentBudget(this.parent) } : {};
    const http = new ToldHttpClient({ dialler, signal: this.controller.signal, ...budget }, this.parent);
    try {
      const end = await this.carryOut(call, this.context(call, dialler, http), http);
      this.tellStatistics(http);
      this.parent.tell({ type: 'end', end });
    } catch (error) {
      this.tellStatistics(http);
      this.parent.tell({ type: 'failed', error: tellError(permitted(error)) });
    }
    this.isOver = true;
    await this.parent.flush();
    process.exit(0);
  }

  private async carryOut(call: CallMessage, context: ConnectorContext, http: HttpClient): Promise<ToldEnd | null> {
    const connector = await load(call.moduleUrl);
    if (call.what === 'fetch') return this.fetch(connector, call, context, http);
    if (call.what === 'commit') {
      await connector.commit?.(context);
      return null;
    }
    for await (const step of connector.check(context)) this.parent.tell({ type: 'step', step: checkedStep(step) });
    return null;
  }

  private async fetch(
    connector: ConnectorDefinition,
    { cursor, person, mappingVersion, reread }: CallMessage,
    context: ConnectorContext,
    http: HttpClient,
  ): Promise<ToldEnd> {
    const start = { cursor, person, mappingVersion, reread };
    const batches = connector.fetch({ ...context, ...start }) as AsyncIterator<unknown, unknown, void>;
    for (;;) {
      const step = await batches.next();
      if (step.done === true) return checkedEnd(step.value);
      this.tellStatistics(http);
      for (const part of batchParts(step.value)) await this.parent.hand(encodePart(part));
      this.controller.signal.throwIfAborted();
    }
  }

  private context(
    { config, secrets, state, hasInbox }: CallMessage,
    dialler: Dialler,
    http: HttpClient,
  ): ConnectorContext {
    const { parent } = this;
    return {
      config: config as Record<string, unknown>,
      secrets: secrets as Record<string, unknown>,
      ownSecrets: {
        read: async (name) => (await parent.ask({ what: 'readSecret', name })).value as string | null,
        replace: async (name, change) =>
          (await parent.ask({ what: 'replaceSecret', name, ...change })).value as 'replaced' | 'changed',
      },
      state,
      http,
      dialler,
      ...(hasInbox ? { inbox: new ParentInbox(parent, this.controller.signal) } : {}),
      signal: this.controller.signal,
      progress: () => this.tellProgress(),
      log: ({ code, message, fields = {} }) => {
        this.logs += 1;
        if (this.logs > maxLogs) return;
        const told = Object.entries(fields).flatMap(([name, value]) =>
          ['string', 'number', 'boolean'].includes(typeof value)
            ? [[name.slice(0, 100), typeof value === 'string' ? value.slice(0, maxTextLength) : value]]
            : [],
        );
        this.parent.tell({
          type: 'log',
          code: String(code).slice(0, 100),
          message: String(message).slice(0, maxTextLength),
          fields: Object.fromEntries(told.slice(0, 50)) as Record<string, string | number | boolean>,
        });
      },
    };
  }

  private tellProgress(): void {
    const now = performance.now();
    if (this.lastProgress !== 0 && now - this.lastProgress < progressEveryMs) return;
    this.lastProgress = now;
    this.parent.tell({ type: 'progress' });
  }

  private tellStatistics({ stats: { requests, retries, retriesByStatus, byStatus } }: HttpClient): void {
    const statistics = { requests, retries, retriesByStatus, byStatus };
    const now = JSON.stringify(statistics);
    if (now === this.told) return;
    this.told = now;
    this.parent.tell({ type: 'statistics', statistics });
  }

  /** What is thrown where nobody waits for it leaves a process in a state that nobody knows. */
  private async crash(thrown: unknown): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    this.parent.tell({ type: 'crashed', error: tellError(thrown) });
    await this.parent.flush();
    process.exit(1);
  }
}

/** @throws SourceFatalError `connectorNotLoaded` */
async function load(moduleUrl: string): Promise<ConnectorDefinition> {
  try {
    return await importConnector(moduleUrl);
  } catch (error) {
    const said = error instanceof Error ? error.message.slice(0, 1_000) : 'it throws something that is no error';
    throw new SourceFatalError({
      code: 'connectorNotLoaded',
      message: `The connector cannot be loaded in its own process: ${said}. There it may read Muster's program and its own folder only; in the folder in which Muster runs, its own file only.`,
      cause: error,
    });
  }
}

/** Of Node, which tells of a refused connection in an error within the error; and of libraries, which make it the cause of theirs. */
interface Refusal extends Error {
  readonly code?: unknown;
  readonly permission?: unknown;
  readonly errno?: { readonly permission?: unknown };
}

const maxCauses = 5;

/** What the process refused, as what it is. */
function permitted(error: unknown): unknown {
  let refusal: unknown = error;
  for (let depth = 0; refusal instanceof Error && !(refusal instanceof SourceError) && depth < maxCauses; depth += 1) {
    const { code, errno, permission = errno?.permission, cause } = refusal as Refusal;
    if (code === 'ERR_ACCESS_DENIED') return notPermitted(permission);
    refusal = cause;
  }
  return error;
}

function notPermitted(permission: unknown): SourceFatalError {
  const what = typeof permission === 'string' && /^\w{1,40}$/.test(permission) ? permission : 'unknown';
  return new SourceFatalError({
    code: 'connectorNotPermitted',
    message: `The connector tried something that connectors may not do (${what}): they connect by context.http and context.dialler only, read files of their own folder only, write none, and start neither processes nor threads. Report it to the connector's author.`,
    fields: { permission: what },
  });
}

function checkedStep(step: unknown): { step: (typeof CHECK_STEPS)[number]; ok: boolean; message: string } {
  const { step: name, ok, message, details } = (step ?? {}) as Record<string, unknown>;
  const isStep = CHECK_STEPS.some((known) => known === name) && typeof ok === 'boolean' && typeof message === 'string';
  if (!isStep) throw misbehaved('yielded a step of its check that is none');
  const told = { step: name as (typeof CHECK_STEPS)[number], ok, message: message.slice(0, maxTextLength) };
  if (details === undefined) return told;
  return { ...told, ...{ details: JSON.parse(jsonText(details, 'details', maxDetailsLength)) as JsonValue } };
}

function checkedEnd(end: unknown): ToldEnd {
  const { extent, lastPageSeen, note, state, alreadyApplied } = (end ?? {}) as Record<string, unknown>;
  const known = FETCH_EXTENTS.find((one) => one === extent);
  if (known === undefined || typeof lastPageSeen !== 'boolean') {
    throw misbehaved('ended its fetch without saying what it read');
  }
  return {
    extent: known,
    lastPageSeen,
    ...(typeof note === 'string' ? { note: note.slice(0, maxTextLength) } : {}),
    ...(state === undefined ? {} : { state: JSON.parse(jsonText(state, 'a state', maxStateLength)) as JsonValue }),
    ...(Array.isArray(alreadyApplied) ? { alreadyApplied: namesOf(alreadyApplied) } : {}),
  };
}

function namesOf(said: readonly unknown[]): string[] {
  const names = said.filter((name) => typeof name === 'string');
  return names.slice(0, maxNames).map((name) => name.slice(0, maxNameLength));
}
