import { setTimeout as sleep } from 'node:timers/promises';
import { type BodyOf, createMusterClient, type MusterClient, type Outcome, type SyncDetail } from '#api-client';
import type { CanaryWatch } from './canary-watch.js';

/** An answer of the API, whatever its status. */
export interface ApiAnswer<Body = unknown> {
  status: number;
  headers: Headers;
  body: Body;
}

/** What the API's contract says of a sync and of an outcome. */
export type SyncAnswer = SyncDetail;
export type OutcomeAnswer = Outcome;

export type SyncRequest = BodyOf<'/v1/tenants/{tenant}/integrations/{integration}/syncs', 'POST'>;

const ends = ['completed', 'incomplete', 'awaitingApproval', 'failed', 'cancelled'];

/** Whatever a test is about: no sync may end well without an outcome for each record of its manifest. */
function everyRecordPlanned(sync: SyncAnswer): SyncAnswer {
  const endedWell = sync.state !== 'failed' && sync.state !== 'cancelled';
  if (endedWell && sync.manifest !== null && sync.progress.recordsPlanned !== sync.manifest.records) {
    const { recordsPlanned } = sync.progress;
    throw new Error(
      `sync ${sync.id} has ${String(recordsPlanned)} outcomes for ${String(sync.manifest.records)} records`,
    );
  }
  return sync;
}

/** Muster's API as a script would call it: plain HTTP, one key. `watch` is shown each answer. */
export class MusterApi {
  constructor(
    readonly url: string,
    readonly key: string | null,
    private readonly watch: CanaryWatch | null = null,
  ) {}

  as(key: string | null): MusterApi {
    return new MusterApi(this.url, key, this.watch);
  }

  async call<Body = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer<Body>> {
    const response = await this.send(
      new Request(`${this.url}${path}`, {
        method,
        headers: {
          ...(this.key === null ? {} : { authorization: `Bearer ${this.key}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    this.watch?.answer(`${method} ${path}`, response.status, response.headers, text);
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Body };
  }

  /** As {@link call}, for answers that must be 2xx. */
  async must<Body = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Body> {
    const answer = await this.call<Body>(method, path, body, headers);
    if (answer.status < 200 || answer.status > 299) {
      throw new Error(`${method} ${path} answered ${String(answer.status)}: ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }

  /** The same API, typed by its contract. */
  get client(): MusterClient {
    return createMusterClient({
      url: this.url,
      apiKey: this.key ?? '',
      fetch: async (request) => {
        const response = await this.send(request);
        const { method, url } = request;
        this.watch?.answer(
          `${method} ${new URL(url).pathname}`,
          response.status,
          response.headers,
          await response.clone().text(),
        );
        return response;
      },
    });
  }

  /** Sends every request of this API. */
  protected async send(request: Request): Promise<Response> {
    return fetch(request);
  }

  async sync(tenant: string, id: string): Promise<SyncAnswer> {
    const { data, error } = await this.client.GET('/v1/tenants/{tenant}/syncs/{sync}', {
      params: { path: { tenant, sync: id } },
    });
    if (data === undefined) throw new Error(`sync ${id} was not answered: ${JSON.stringify(error)}`);
    return data;
  }

  /** Approves all of a dry sync but what is held, and waits until it is applied. */
  async approved(tenant: string, { id, planHash }: SyncAnswer): Promise<SyncAnswer> {
    await this.must('POST', `/v1/tenants/${tenant}/syncs/${id}/approve`, { all: true, planHash });
    const deadline = Date.now() + 120_000;
    for (;;) {
      const sync = await this.ended(tenant, id);
      if (sync.mode === 'live' && sync.totals.every(({ state }) => state !== 'planned')) return sync;
      if (Date.now() > deadline)
        throw new Error(`sync ${id} is approved, and not applied: ${JSON.stringify(sync.totals)}`);
      await sleep(20);
    }
  }

  /** Waits until a sync has ended. */
  async ended(tenant: string, id: string, timeoutMs = 120_000): Promise<SyncAnswer> {
    const deadline = Date.now() + timeoutMs;
    for (let pauseMs = 10; ; pauseMs = Math.min(pauseMs * 1.5, 200)) {
      const sync = await this.sync(tenant, id);
      if (ends.includes(sync.state)) return everyRecordPlanned(sync);
      if (Date.now() > deadline) throw new Error(`sync ${id} is still ${sync.state}: ${JSON.stringify(sync.progress)}`);
      await sleep(pauseMs);
    }
  }

  async runSync(tenant: string, integration: string, body: SyncRequest, timeoutMs?: number): Promise<SyncAnswer> {
    const { data, error } = await this.client.POST('/v1/tenants/{tenant}/integrations/{integration}/syncs', {
      params: { path: { tenant, integration } },
      body,
    });
    if (data === undefined) throw new Error(`no sync was queued: ${JSON.stringify(error)}`);
    return this.ended(tenant, data.id, timeoutMs);
  }

  /** Every item of a list, page after page. */
  async *list<Item>(path: string, limit = 500): AsyncGenerator<Item> {
    for (let cursor: string | null = null; ;) {
      const query: string = `${path.includes('?') ? '&' : '?'}limit=${String(limit)}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      const page: { items: Item[]; nextCursor: string | null } = await this.must('GET', `${path}${query}`);
      yield* page.items;
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  }

  async outcomes(tenant: string, sync: string, query = ''): Promise<OutcomeAnswer[]> {
    const items: OutcomeAnswer[] = [];
    for await (const item of this.list<OutcomeAnswer>(`/v1/tenants/${tenant}/syncs/${sync}/outcomes${query}`)) {
      items.push(item);
    }
    return items;
  }
}
