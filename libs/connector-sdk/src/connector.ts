import type { z } from 'zod';
import type { ConnectorKind } from './connector-kind.js';
import type { Dialler } from './egress/dialler.js';
import type { HttpClient } from './http-client.js';
import type { Inbox, InboxUse } from './inbox.js';
import type { JsonValue } from './json-value.js';
import type { KeyPairs } from './key-pairs.js';
import type { OwnSecrets } from './own-secrets.js';
import type { PushedPeople } from './pushed-people.js';
import type { RawRecord } from './raw-record.js';
import type { SetupEffort } from './setup-effort.js';
import type { SetupStep, SetupTarget } from './setup-step.js';

/** A run of records and the cursor that follows them: the unit in which a fetch can be resumed. */
export interface FetchBatch {
  readonly records: readonly RawRecord[];
  /** Where the next batch starts; given back as `FetchContext.cursor` on a resume. `null` on the last batch, and on all of a source that cannot resume. */
  readonly next: JsonValue | null;
  /** How many people the source says there are, as this response said it. Passed on, never corrected or judged. */
  readonly declaredTotal?: number;
}

export const FETCH_EXTENTS = ['full', 'delta', 'person'] as const;
export type FetchExtent = (typeof FETCH_EXTENTS)[number];

/** What `fetch` returns when it is done: the connector's claim about what it read. */
export interface FetchEnd {
  readonly extent: FetchExtent;
  /** Whether the source's own end marker was seen. `false` makes the snapshot truncated: it removes nobody. */
  readonly lastPageSeen: boolean;
  /** What an operator should know about this fetch, in plain words, without personal data. */
  readonly note?: string;
  /** The connector state that takes effect when the sync has been applied; left out, the state stays as it is. */
  readonly state?: JsonValue;
  /**
   * What was there and was not read, because an earlier sync has applied it under the same mapping: names of files and the like. Of a connector
   * with the capability `reread`; where nobody was read, the sync's summary tells of it and how to have it read again.
   */
  readonly alreadyApplied?: readonly string[];
}

export interface ConnectorEvent {
  /** Stable, camelCase. */
  readonly code: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, string | number | boolean>>;
}

/** What every call of a connector is given. `config` and `secrets` have passed the connector's own schemas. */
export interface ConnectorContext<Config = Record<string, unknown>, Secrets = Record<string, unknown>> {
  readonly config: Config;
  readonly secrets: Secrets;
  /** For the secrets that the source renews. */
  readonly ownSecrets: OwnSecrets;
  readonly state: JsonValue | null;
  readonly http: HttpClient;
  /** Makes connections for what is not HTTP (`http` uses it itself): the only way out, because the operator says where it may lead. */
  readonly dialler: Dialler;
  /** For connectors of the capability `push`. */
  readonly pushed?: PushedPeople;
  /** What was sent for this integration; left out where its connector has no inbox, or Muster takes no files. */
  readonly inbox?: Inbox;
  /** Aborted when the sync is cancelled or the process stops; the connector stops soon and need not clean up at the source. */
  readonly signal: AbortSignal;
  progress(progress: { records: number; total?: number }): void;
  /** For operators. No personal data, no secrets. */
  log(event: ConnectorEvent): void;
}

export interface FetchContext<
  Config = Record<string, unknown>,
  Secrets = Record<string, unknown>,
> extends ConnectorContext<Config, Secrets> {
  /** `null` from the start; otherwise a cursor that an earlier call yielded as `next`. */
  readonly cursor: JsonValue | null;
  /** A source id: fetch that person alone, yield no record when the source doesn't know them. `null` for everyone. */
  readonly person: string | null;
  /**
   * Number of the integration's mapping by which this sync maps what is read; null or left out: by none. A connector that remembers what
   * was applied remembers it with this number: the same file is news to another mapping.
   */
  readonly mappingVersion?: number | null;
  /** Somebody wants what was applied last to be read again. Only ever true of a connector with the capability `reread`. */
  readonly reread?: boolean;
}

export const CHECK_STEPS = [
  'configuration',
  'dns',
  'connect',
  'hostKey',
  'credentials',
  'firstPage',
  'sample',
] as const;
export type CheckStepName = (typeof CHECK_STEPS)[number];

/** One step of a connection check. The first step that is not ok is the last one. */
export interface CheckStep {
  readonly step: CheckStepName;
  readonly ok: boolean;
  /** What was found, or what went wrong and what to do about it. */
  readonly message: string;
  readonly details?: Readonly<Record<string, JsonValue>>;
}

/** How a fetch of everyone can be proven whole. */
export const WHOLENESS_EVIDENCE = ['declaredTotal', 'endMarker', 'none'] as const;

export interface ConnectorCapabilities {
  readonly full: true;
  /** `fetch` can be asked for one person. */
  readonly person: boolean;
  /** `fetch` can yield only what changed, by `state`. */
  readonly delta: boolean;
  /** `fetch` can go on from a cursor. Without it a broken fetch fails its sync. */
  readonly resume: boolean;
  readonly wholeness: (typeof WHOLENESS_EVIDENCE)[number];
  /** A provider pushes people to Muster by SCIM; `fetch` takes what is there, from {@link ConnectorContext.pushed}. */
  readonly push?: boolean;
  /** `fetch` leaves out what an earlier sync has applied, and reads it again when {@link FetchContext.reread} says so. */
  readonly reread?: boolean;
}

/** In plain words, for those who compare connectors. */
export interface ConnectorTraits {
  /** By what it is known that everybody was read, and what is not taken for proof. */
  readonly wholeness?: string;
  /** Of the capability `person`: what it needs. */
  readonly personSync?: string;
}

/** The mapping that a new integration starts with; JMESPath expressions over the record document. */
export interface DefaultMapping {
  /** By attribute; custom ones as `custom.<name>`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Whether the person has the restricted role. */
  readonly restricted?: string;
  /** Whether the record is in scope at all. */
  readonly scope?: string;
}

/** A kind of source: how to reach it, how to read it, what its records look like. Holds no state of its own. */
export interface Connector<Config extends z.ZodObject = z.ZodObject, Secrets extends z.ZodObject = z.ZodObject> {
  /** kebab-case, never changed once integrations use it. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly capabilities: ConnectorCapabilities;
  /** Default: `custom`, whose connections operators alone make and change. */
  readonly kind?: ConnectorKind;
  /** Default: what the presence of `setup` tells. */
  readonly setupEffort?: SetupEffort;
  /** What its row in the comparison of connectors says in place of what its capabilities alone tell: a sentence or two each. */
  readonly traits?: ConnectorTraits;
  /**
   * How often such a source may be asked over HTTP, by all that ask it for one integration together, unless the integration says
   * otherwise: no more requests in any minute, so many of them at once. `null`: it sends no HTTP requests. Default: 12,000 a minute, 200 at once.
   */
  readonly rateBudget?: { readonly requestsPerMinute: number; readonly burst: number } | null;
  /** What an admin fills in. Its JSON Schema is what the API shows, so fields have descriptions. */
  readonly config: Config;
  /** As `config`, but stored encrypted and never shown again. */
  readonly secrets: Secrets;
  /** How a raw record becomes the record document. */
  readonly decoder: 'json';
  /** JMESPath in the record document; gives the same value as `RawRecord.sourceId`. */
  readonly sourceIdExpression: string;
  /** Where an admin says which key holds the id: the expression that these settings make. Default: the one above. */
  sourceIdExpressionOf?(config: z.output<Config>): string;
  readonly defaultMapping: DefaultMapping;
  /** What is to be done at the source, made of an integration's settings. Pure; left out, nothing is. */
  setup?(target: SetupTarget<z.output<Config>>): readonly SetupStep[];
  /** The pairs that Muster makes for it; left out, none. */
  readonly keyPairs?: KeyPairs<z.output<Secrets>>;
  /**
   * For a source that sends files to Muster. Pure. Besides by these keys, senders log in by the secret `password`, which is then made by
   * `passwordHash`.
   */
  inbox?(config: z.output<Config>): InboxUse;
  /** Tries the settings step by step and reads at most one page. Never throws for what a step finds. */
  check(context: ConnectorContext<z.output<Config>, z.output<Secrets>>): AsyncIterable<CheckStep>;
  /**
   * Yields batches in an order that is the same whenever the same source is read from the same cursor.
   *
   * @throws SourceError (or the signal's reason when aborted); batches yielded before stay valid
   */
  fetch(context: FetchContext<z.output<Config>, z.output<Secrets>>): AsyncGenerator<FetchBatch, FetchEnd, void>;
  /**
   * Called once when the sync of a fetch has been applied (never after a dry one), to archive what was read. Its `state` is
   * what that fetch returned: it says what was read. May be called again after a crash.
   */
  commit?(context: ConnectorContext<z.output<Config>, z.output<Secrets>>): Promise<void>;
}
