import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../cli.errors.js';
import { exitCodes } from '../exit-codes.js';
import { readEvents, type ServerEvent } from './event-source.js';
import type { Me, Page, Tenant } from './api-types.js';
import { ApiProblem, toProblem } from './problem.js';

export interface ApiClientOptions {
  /** Where Muster is, e.g. `http://127.0.0.1:8080`. */
  url: string;
  apiKey: string | undefined;
  /** Id or name; undefined: the key's own, or the only one there is. */
  tenant: string | undefined;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Query = Record<string, string | number | boolean | undefined>;

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

/** Speaks to the REST API, over HTTP only. */
export class ApiClient {
  private tenantPath: Promise<string> | null = null;

  constructor(private readonly options: ApiClientOptions) {}

  /**
   * A command (POST) whose answer is lost, by a restart say, is sent again under the same `Idempotency-Key`: Muster
   * carries it out once.
   *
   * @throws ApiProblem what the API refuses; CliError when Muster does not answer
   */
  async request<Body>(
    method: Method,
    path: string,
    { query = {}, body, headers = {} }: { query?: Query; body?: object; headers?: Record<string, string> } = {},
  ): Promise<Body> {
    const address = this.address(path, query);
    const { apiKey } = this.options;
    if (apiKey === undefined) throw noKey();
    const request: RequestInit = {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    };
    const { status, text } = await this.send(address, request, method === 'POST' ? resends : 0);
    if (status >= 400) throw new ApiProblem(toProblem(status, text));
    return (text === '' ? undefined : JSON.parse(text)) as Body;
  }

  /**
   * The body of an answer that is no JSON, below the tenant, as it comes.
   *
   * @throws ApiProblem what the API refuses; CliError when Muster does not answer, or the connection breaks off
   */
  async *stream(path: string, query: Query): AsyncGenerator<Uint8Array, undefined> {
    const address = this.address(`${await this.tenantBase()}${path}`, query);
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

  /** Below the tenant: `path` is e.g. `/syncs`. */
  async inTenant<Body>(method: Method, path: string, options: Parameters<ApiClient['request']>[2] = {}): Promise<Body> {
    return this.request<Body>(method, `${await this.tenantBase()}${path}`, options);
  }

  /** Items of a list in the tenant, at most `limit`, over as many pages as that takes. */
  async list<Item, Extra = object>(path: string, query: Query, limit: number): Promise<Page<Item> & Extra> {
    return this.collect(`${await this.tenantBase()}${path}`, query, limit);
  }

  /**
   * Follows an event stream of the tenant until it is over. `lastId` is resumed after, and kept up to date.
   *
   * @throws ApiProblem what the API refuses; CliError `unreachable` when Muster does not answer or the connection is lost
   */
  async *events(path: string, position: { lastId: string | null }): AsyncGenerator<ServerEvent> {
    const address = this.address(`${await this.tenantBase()}${path}`, {});
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

  async tenants(limit: number): Promise<Page<Tenant>> {
    return this.collect('/v1/tenants', {}, limit);
  }

  private async collect<Item, Extra = object>(path: string, query: Query, limit: number): Promise<Page<Item> & Extra> {
    const items: Item[] = [];
    let cursor: string | undefined;
    for (;;) {
      const size = Math.min(pageSize, limit - items.length);
      const page = await this.request<Page<Item> & Extra>('GET', path, {
        query: { ...query, limit: size, ...(cursor === undefined ? {} : { cursor }) },
      });
      items.push(...page.items);
      cursor = page.nextCursor ?? undefined;
      if (cursor === undefined || items.length >= limit) return { ...page, items };
    }
  }

  private async tenantBase(): Promise<string> {
    this.tenantPath ??= this.findTenant();
    return this.tenantPath;
  }

  private async findTenant(): Promise<string> {
    const wanted = this.options.tenant;
    if (wanted?.startsWith('ten_') === true) return `/v1/tenants/${encodeURIComponent(wanted)}`;
    const me = await this.request<Me>('GET', '/v1/me');
    const { items } = await this.tenants(pageSize);
    const matching = wanted === undefined ? items : items.filter(({ name }) => name === wanted);
    const [tenant, ...others] = matching;
    if (tenant !== undefined && others.length === 0) return `/v1/tenants/${tenant.id}`;
    if (me.tenantId !== null && wanted === undefined) return `/v1/tenants/${me.tenantId}`;
    if (items.length === 0) {
      throw new CliError('There is no tenant yet.', exitCodes.conflict, ['muster tenant create --name "Acme"']);
    }
    const what = wanted === undefined ? 'There are several tenants.' : `Not exactly one tenant is called ${wanted}.`;
    throw new CliError(what, exitCodes.usage, [
      'Name one: --tenant <id or name>, or MUSTER_TENANT=<id>',
      'muster tenant list',
    ]);
  }

  private async send(
    address: URL,
    request: RequestInit,
    triesLeft: number,
    wasSent = false,
  ): Promise<{ status: number; text: string }> {
    try {
      const response = await fetch(address, request);
      const inWork = response.status === 409 && response.headers.has('retry-after');
      if (!inWork || triesLeft === 0) return { status: response.status, text: await response.text() };
    } catch (error) {
      const mayBeSent = wasSent || !nothingSent.includes(codeOf(error));
      if (triesLeft === 0 || !mayBeSent || request.signal?.aborted === true) throw this.unreachable(error);
    }
    await sleep(resendAfterMs);
    return this.send(address, request, triesLeft - 1, true);
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
