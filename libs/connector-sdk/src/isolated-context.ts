import type { Connector, ConnectorEvent, FetchContext } from './connector.js';
import { Dialler } from './egress/dialler.js';
import type { DiallerOptions } from './egress/dialler.js';
import { HttpClient } from './http-client.js';
import type { HttpClientOptions } from './http-client.js';
import type { Inbox } from './inbox.js';
import type { JsonValue } from './json-value.js';
import { noOwnSecrets } from './own-secrets.js';
import type { PushedPeople } from './pushed-people.js';
import { SourceConfigurationError } from './source.errors.js';

export interface IsolatedContextInput {
  /** As an integration's; checked by the connector's schemas. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, unknown>>;
  /** Default: from the start. */
  readonly cursor?: JsonValue | null;
  /** Default: everybody. */
  readonly person?: string | null;
  /** Default: none. */
  readonly mappingVersion?: number | null;
  /** Default: false. */
  readonly reread?: boolean;
  readonly signal?: AbortSignal;
  /** Default: to public addresses only. */
  readonly dialler?: DiallerOptions;
  readonly http?: Omit<HttpClientOptions, 'dialler' | 'signal'>;
  /** Makes the HTTP client. Default: an `HttpClient`. */
  readonly makeHttp?: (options: HttpClientOptions) => HttpClient;
  /** Default: none. */
  readonly inbox?: Inbox;
  /** Default: there is nothing that people could be pushed to. */
  readonly pushed?: PushedPeople;
  /** As an earlier fetch returned it. Default: the connector has never run. */
  readonly state?: JsonValue | null;
  readonly progress?: (progress: { records: number; total?: number }) => void;
  readonly log?: (event: ConnectorEvent) => void;
}

/** What `check` and `fetch` are called with, and how to let its connections go. */
export interface IsolatedContext {
  readonly context: FetchContext;
  readonly close: () => Promise<void>;
}

/**
 * A context for a connector that runs by itself, in a test or on the command line: no integration, nothing stored.
 *
 * @throws SourceConfigurationError `settingsRefused` naming each setting and secret that the connector does not accept, never a value
 */
export function isolatedContext(connector: Connector, input: IsolatedContextInput): IsolatedContext {
  const config = connector.config.safeParse(input.config);
  const secrets = connector.secrets.safeParse(input.secrets);
  if (!config.success || !secrets.success) {
    const wrong = [
      ...(config.error?.issues ?? []).map(({ path, message }) => `${['config', ...path].join('.')}: ${message}`),
      ...(secrets.error?.issues ?? []).map(({ path, message }) => `${['secrets', ...path].join('.')}: ${message}`),
    ];
    throw new SourceConfigurationError({
      code: 'settingsRefused',
      message: `The connector ${connector.id} does not accept these settings. ${wrong.join('; ')}.`,
    });
  }
  const signal = input.signal ?? new AbortController().signal;
  const dialler = new Dialler(input.dialler);
  const { makeHttp = (options) => new HttpClient(options) } = input;
  const http = makeHttp({ ...input.http, dialler, signal });
  const context: FetchContext = {
    config: config.data,
    secrets: secrets.data,
    ownSecrets: noOwnSecrets,
    state: input.state ?? null,
    http,
    dialler,
    signal,
    progress: input.progress ?? (() => undefined),
    log: input.log ?? (() => undefined),
    cursor: input.cursor ?? null,
    person: input.person ?? null,
    mappingVersion: input.mappingVersion ?? null,
    reread: input.reread ?? false,
    ...(input.inbox === undefined ? {} : { inbox: input.inbox }),
    ...(input.pushed === undefined ? {} : { pushed: input.pushed }),
  };
  return { context, close: () => http.close() };
}
