import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AnswerTo,
  type BodyOf,
  createMusterClient,
  type Method,
  type Path,
  type PathParameters,
  type PathWith,
  type QueryOf,
} from '#api-client';
import { CliError } from '../cli.errors.js';
import { exitCodes } from '../exit-codes.js';
import { readEvents, type ServerEvent } from './event-source.js';
import { ApiProblem, toProblem } from './problem.js';

export interface ApiClientOptions {
  /** Where Muster is, e.g. `http://127.0.0.1:8080`. */
  url: string;
  apiKey: string | undefined;
  /** Id or name; undefined: the key's own, or the only one there is. */
  tenant: string | undefined;
}

export type Query = Record<string, string | number | boolean | undefined>;

const tenantPath = '/v1/tenants/{tenant}';

/** Paths by what is left of them below the tenant: `/syncs/{sync}` stands for `/v1/tenants/{tenant}/syncs/{sync}`. */
type TenantPaths = { [P in Path as P extends `${typeof tenantPath}${infer Below}` ? Below : never]: P };

/** Paths below the tenant that know a method. */
type TenantPathWith<M extends Method> = {
  [Below in keyof TenantPaths]: TenantPaths[Below] extends PathWith<M> ? Below : never;
}[keyof TenantPaths];

/** What a request says beside its path. */
interface Said<P extends Path, M extends Method, Given extends string = never> {
  path?: Omit<PathParameters<P, M>, Given>;
  query?: QueryOf<P, M>;
  body?: BodyOf<P, M>;
  headers?: Record<string, string>;
}

/** Parameters of a path are not forgotten. */
type Options<P extends Path, M extends Method, Given extends string = never> = keyof Omit<
  PathParameters<P, M>,
  Given
> extends never
  ? [options?: Said<P, M, Given>]
  : [options: Said<P, M, Given> & Required<Pick<Said<P, M, Given>, 'path'>>];

const pageSize = 500;
/** How long a connection may bring nothing before it is given up. */
const idleMs = 60_000;
/** How often, and after how long, a command is sent again whose answer was lost. */
const resends = 20;
const resendAfterMs = 500;
/** Heartbeats come every 15 seconds. */
const longestSilenceMs = 40_000;
/** Nothing was sent: Muster is not there. */
const nothingSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

interface Sent {
  parameters?: object | undefined;
  query?: object | undefined;
  body?: unknown;
  headers?: Record<string, string> | undefined;
}

interface Page {
  items: unknown[];
  nextCursor: string | null;
}

/** Speaks to the REST API, over HTTP only; what is asked and answered is typed by the contract. */
export class ApiClient {
  private tenantId: Promise<string> | null = null;

  constructor(private readonly options: ApiClientOptions) {}

  /**
   * A command (POST) whose answer is lost, by a restart say, is sent again under the same `Idempotency-Key`: Muster
   * carries it out once.
   *
   * @throws ApiProblem what the API refuses; CliError when Muster does not answer
   */
  async request<M extends Method, P extends PathWith<M>>(
    method: M,
    path: P,
    ...[{ path: parameters, query, body, headers } = {}]: Options<P, M>
  ): Promise<AnswerTo<P, M>> {
    return this.send(method, path, { parameters, query, body, headers }) as Promise<AnswerTo<P, M>>;
  }

  /**
   * The body of an answer that is no JSON, below the tenant, as it comes.
   *
   * @throws ApiProblem what the API refuses; CliError when Muster does not answer, or the connection breaks off
   */
  async *stream(path: string, query: Query): AsyncGenerator<Uint8Array, undefined> {
    const address = this.address(`/v1/tenants/${encodeURIComponent(await this.tenant())}${path}`, query);
    const { apiKey } = this.options;
    if (apiKey === undefined) throw noKey();
    const idle = new AbortController();
    const timer = setTimeout(() => idle.abort(), idleMs);
    let response: Response;
    try {
      response = await fetch(address, { headers: { authorization: `Bearer ${apiKey}` }, signal: idle.signal });
      if (response.status >= 400) throw new ApiProblem(toProblem(response.status, await response.text()));
      for await (const piece of response.body ?? []) {
        timer.refresh();
        yield piece;
      }
    } catch (error) {
      throw error instanceof ApiProblem ? error : this.unreachable(error);
    } finally {
      clearTimeout(timer);
    }
    return undefined;
  }

  /** As {@link request}, below the tenant. */
  async inTenant<M extends Method, Below extends TenantPathWith<M>>(
    method: M,
    below: Below,
    ...[{ path: parameters, query, body, headers } = {}]: Options<TenantPaths[Below], M, 'tenant'>
  ): Promise<AnswerTo<TenantPaths[Below], M>> {
    const given = { ...parameters, tenant: await this.tenant() };
    const answer = this.send(method, `${tenantPath}${below}`, { parameters: given, query, body, headers });
    return answer as Promise<AnswerTo<TenantPaths[Below], M>>;
  }

  /** A list in the tenant: its items, at most `limit`, over as many pages as that takes, and what else its last page has. */
  async list<Below extends TenantPathWith<'GET'>>(
    below: Below,
    options: Said<TenantPaths[Below], 'GET', 'tenant'>,
    limit: number,
  ): Promise<AnswerTo<TenantPaths[Below]>> {
    const parameters = { ...options.path, tenant: await this.tenant() };
    const list = await this.collect(`${tenantPath}${below}`, { parameters, query: options.query }, limit);
    return list as AnswerTo<TenantPaths[Below]>;
  }

  /**
   * Follows an event stream of the tenant until it is over. `lastId` is resumed after, and kept up to date.
   *
   * @throws ApiProblem what the API refuses; CliError `unreachable` when Muster does not answer or the connection is lost
   */
  async *events(path: string, position: { lastId: string | null }): AsyncGenerator<ServerEvent> {
    const address = this.address(`/v1/tenants/${encodeURIComponent(await this.tenant())}${path}`, {});
    const headers = {
      authorization: `Bearer ${this.options.apiKey ?? ''}`,
      accept: 'text/event-stream',
      ...(position.lastId === null ? {} : { 'last-event-id': position.lastId }),
    };
    // Aborted when nothing comes for twice as long as a heartbeat takes: a connection can die without a word.
    const silence = new AbortController();
    const listen = () => setTimeout(() => silence.abort(), longestSilenceMs);
    let timer = listen();
    const heard = async function* (body: AsyncIterable<Uint8Array>) {
      for await (const chunk of body) {
        clearTimeout(timer);
        timer = listen();
        yield chunk;
      }
    };
    try {
      const response = await fetch(address, { headers, signal: silence.signal });
      if (response.status >= 400) throw new ApiProblem(toProblem(response.status, await response.text()));
      if (response.body === null) return;
      yield* readEvents(heard(response.body), (id) => {
        position.lastId = id;
      });
    } catch (error) {
      throw error instanceof CliError || error instanceof ApiProblem ? error : this.unreachable(error);
    } finally {
      clearTimeout(timer);
      silence.abort();
    }
  }

  /** Needs no key. */
  async readiness(): Promise<AnswerTo<'/readyz'>> {
    try {
      const response = await fetch(this.address('/readyz', {}), { signal: AbortSignal.timeout(60_000) });
      return (await response.json()) as AnswerTo<'/readyz'>;
    } catch (error) {
      throw error instanceof CliError ? error : this.unreachable(error);
    }
  }

  async tenants(limit: number): Promise<AnswerTo<'/v1/tenants'>> {
    return (await this.collect('/v1/tenants', {}, limit)) as AnswerTo<'/v1/tenants'>;
  }

  private async collect(path: string, { parameters, query }: Sent, limit: number): Promise<Page> {
    const items: unknown[] = [];
    let cursor: string | undefined;
    for (;;) {
      const size = Math.min(pageSize, limit - items.length);
      const asked = { ...query, limit: size, ...(cursor === undefined ? {} : { cursor }) };
      const page = (await this.send('GET', path, { parameters, query: asked })) as Page;
      items.push(...page.items);
      cursor = page.nextCursor ?? undefined;
      if (cursor === undefined || items.length >= limit) return { ...page, items };
    }
  }

  private async tenant(): Promise<string> {
    this.tenantId ??= this.findTenant();
    return this.tenantId;
  }

  private async findTenant(): Promise<string> {
    const wanted = this.options.tenant;
    if (wanted?.startsWith('ten_') === true) return wanted;
    const me = await this.request('GET', '/v1/me');
    const { items } = await this.tenants(pageSize);
    const matching = wanted === undefined ? items : items.filter(({ name }) => name === wanted);
    const [tenant, ...others] = matching;
    if (tenant !== undefined && others.length === 0) return tenant.id;
    if (me.tenantId !== null && wanted === undefined) return me.tenantId;
    if (items.length === 0) {
      throw new CliError('There is no tenant yet.', exitCodes.conflict, ['muster tenant create --name "Acme"']);
    }
    throw new CliError(whyNone(wanted, matching.length), exitCodes.usage, [
      'Name one: --tenant <id or name>, or MUSTER_TENANT=<id>',
      'muster tenant list',
    ]);
  }

  private async send(method: Method, path: string, { parameters, query, body, headers }: Sent): Promise<unknown> {
    const { apiKey } = this.options;
    if (apiKey === undefined) throw noKey();
    const client = createMusterClient({
      url: this.address('', {}).href.replace(/\/$/, ''),
      apiKey,
      fetch: (request) => this.fetch(request, method === 'POST' ? resends : 0),
    });
    const sent = client.request(method.toLowerCase() as 'get', path as '/v1/me', {
      params: { path: parameters, query } as never,
      headers: { ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}), ...headers },
      ...(body === undefined ? {} : ({ body } as object)),
      parseAs: 'text',
      signal: AbortSignal.timeout(60_000),
    });
    const {
      data: text,
      error,
      response,
    } = await sent.catch((cause: unknown) => {
      throw cause instanceof CliError ? cause : this.unreachable(cause);
    });
    if (!response.ok)
      throw new ApiProblem(toProblem(response.status, typeof error === 'string' ? error : JSON.stringify(error)));
    return text === undefined || text === '' ? undefined : JSON.parse(text);
  }

  private async fetch(request: Request, triesLeft: number, wasSent = false): Promise<Response> {
    try {
      const response = await fetch(request.clone());
      const inWork = response.status === 409 && response.headers.has('retry-after');
      if (!inWork || triesLeft === 0) {
        // An answer that breaks off is lost, too.
        await response.clone().arrayBuffer();
        return response;
      }
    } catch (error) {
      const mayBeSent = wasSent || !nothingSent.includes(codeOf(error));
      if (triesLeft === 0 || !mayBeSent || request.signal.aborted) throw this.unreachable(error);
    }
    await sleep(resendAfterMs);
    return this.fetch(request, triesLeft - 1, true);
  }

  private address(path: string, query: Query): URL {
    let address: URL;
    try {
      address = new URL(`${this.options.url.replace(/\/+$/, '')}${path}`);
    } catch {
      throw new CliError(`${this.options.url} is no address. Give one such as http://127.0.0.1:8080.`);
    }
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) address.searchParams.set(name, String(value));
    }
    return address;
  }

  private unreachable(error: unknown): CliError {
    return new CliError(`Muster does not answer at ${this.options.url} (${codeOf(error)}).`, exitCodes.unreachable, [
      'Start it with: npm start',
      'If it is elsewhere: --url <address>, or MUSTER_URL=<address>',
    ]);
  }
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer in time';
}

function noKey(): CliError {
  return new CliError('An API key is needed.', exitCodes.access, [
    'Give it: MUSTER_API_KEY=<key>, or --api-key <key>',
    'The first operator key was printed when Muster started for the first time, or is MUSTER_ADMIN_KEY.',
  ]);
}

function whyNone(wanted: string | undefined, found: number): string {
  if (wanted === undefined) return 'There are several tenants.';
  return found === 0
    ? `No tenant that this key sees is called ${wanted}.`
    : `${String(found)} tenants are called ${wanted}: say which by its id.`;
}
