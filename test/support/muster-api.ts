import { setTimeout as sleep } from 'node:timers/promises';
import type { CanaryWatch } from './canary-watch.js';

/** An answer of the API, whatever its status. */
export interface ApiAnswer<Body = unknown> {
  status: number;
  headers: Headers;
  body: Body;
}

/** A sync as the API shows it, as far as tests look at it. */
export interface SyncAnswer {
  id: string;
  state: string;
  mode: string;
  trigger: string;
  summary: string;
  counts: Record<string, number>;
  totals: { outcome: string; reason: string; state: string | null; count: number }[];
  manifest: {
    records: number;
    pages: number;
    extent: string;
    wholeness: string;
    evidence: { reason: string };
    fetch: { requests: number; retries: number; byStatus: Record<string, number> };
  } | null;
  safeguards: {
    rule: string;
    attribute?: string;
    measured: number;
    limit: number;
    tripped: boolean;
    message: string;
  }[];
  progress: { recordsPlanned: number };
  planHash: string | null;
  held: number;
  notSeen: number | null;
  failure: { code: string; message: string } | null;
  supersededBy: string | null;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
}

export interface OutcomeAnswer {
  id: string;
  seq: number;
  outcome: string;
  reason: string;
  state: string | null;
  sourceId: string | null;
  userId: string | null;
  changes: unknown;
}

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
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(this.key === null ? {} : { authorization: `Bearer ${this.key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
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

  sync(tenant: string, id: string): Promise<SyncAnswer> {
    return this.must<SyncAnswer>('GET', `/v1/tenants/${tenant}/syncs/${id}`);
  }

  /** Waits until a sync has ended, and, when asked, until its apply round is the given one. */
  async ended(tenant: string, id: string, timeoutMs = 120_000): Promise<SyncAnswer> {
    const deadline = Date.now() + timeoutMs;
    for (let pauseMs = 10; ; pauseMs = Math.min(pauseMs * 1.5, 200)) {
      const sync = await this.sync(tenant, id);
      if (ends.includes(sync.state)) return everyRecordPlanned(sync);
      if (Date.now() > deadline) throw new Error(`sync ${id} is still ${sync.state}: ${JSON.stringify(sync.progress)}`);
      await sleep(pauseMs);
    }
  }

  async runSync(tenant: string, integration: string, body: unknown, timeoutMs?: number): Promise<SyncAnswer> {
    const { id } = await this.must<{ id: string }>(
      'POST',
      `/v1/tenants/${tenant}/integrations/${integration}/syncs`,
      body,
    );
    return this.ended(tenant, id, timeoutMs);
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
