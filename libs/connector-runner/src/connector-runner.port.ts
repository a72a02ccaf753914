import type {
  CheckStep,
  ConnectorDefinition,
  ConnectorEvent,
  Dialler,
  FetchContext,
  FetchEnd,
  Inbox,
  JsonValue,
  OwnSecrets,
  PushedPeople,
  PushedRecord,
  RequestBudget,
} from '#connector-sdk';

/** What a connector is called with. Settings and secrets have passed its schemas. */
export interface ConnectorCall {
  readonly connector: ConnectorDefinition;
  /** `file:` URL of the module whose default export the connector is; null when it was made in this process. */
  readonly moduleUrl: string | null;
  readonly config: Record<string, unknown>;
  readonly secrets: Record<string, unknown>;
  readonly ownSecrets: OwnSecrets;
  readonly state: JsonValue | null;
  readonly dialler: Dialler;
  /** For connectors of the capability `push`; only one in this process has any use of it. */
  readonly pushed?: PushedPeople;
  readonly inbox?: Inbox;
  /** Is asked before each HTTP request. Default: nothing holds them back. */
  readonly budget?: RequestBudget;
  readonly signal: AbortSignal;
  log(event: ConnectorEvent): void;
}

/** A record as a connector yields it; of one too large only the head may be left, with its true length and SHA-256. */
export type FetchedRecord = PushedRecord & { readonly tooLarge?: { readonly length: number; readonly sha256: string } };

/** Records of a batch, in order: a whole batch, or the next part of a large one. */
export interface FetchedPart {
  readonly records: readonly FetchedRecord[];
  /** What the source says there are; the same on every part of a batch. */
  readonly declaredTotal?: number;
  readonly isFirstOfBatch: boolean;
  /** Where the next batch starts, on the last part; undefined: more of this batch follows. */
  readonly next: JsonValue | null | undefined;
}

/** What a fetch is to read, and for which mapping. */
export type FetchStart = Pick<FetchContext, 'cursor' | 'person' | 'mappingVersion' | 'reread'>;

/** What was asked of a source. */
export interface RunStatistics {
  requests: number;
  retries: number;
  /** Of these requests, those that were sent again: by the status that was not good enough, or `network`. */
  retriesByStatus: Record<string, number>;
  /** By HTTP status, or `network`. */
  byStatus: Record<string, number>;
}

/**
 * One call of a connector: one of `fetch`, `check` and `commit`, once, then `close`.
 *
 * Each throws what the connector threw (a `SourceError`, or something that it does not know itself), a `SourceFatalError` when the
 * connector was ended, and the signal's reason when aborted.
 */
export interface ConnectorRun {
  /** Records stay valid until the next part is asked for. */
  fetch(start: FetchStart): AsyncGenerator<FetchedPart, FetchEnd, void>;
  check(): AsyncIterable<CheckStep>;
  commit(): Promise<void>;
  statistics(): RunStatistics;
  /** Waits, for some seconds at most, until the connector has come to its end. */
  close(): Promise<void>;
}

/** Carries out the calls of connectors. */
export abstract class ConnectorRunner {
  abstract open(call: ConnectorCall): ConnectorRun;
}
