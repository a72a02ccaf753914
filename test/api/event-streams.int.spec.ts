import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SyncChangeLog, type SyncId, SyncStore } from '#core';
import { ApiUnderTest, operatorKey } from './api-under-test.js';
import { type SeededTenant, seedTenant } from './seed-tenant.js';

interface Event {
  event: string;
  id: string | undefined;
  data: { state?: string; no?: number; syncId?: string; from?: number; to?: number; progress?: object };
}

/** An open stream and what has come of it. */
class Listener {
  readonly events: Event[] = [];
  readonly lines: string[] = [];
  /** What a browser would resume from. */
  lastId: string | undefined;
  isOver = false;

  private constructor(
    readonly response: Response,
    private readonly controller: AbortController,
  ) {}

  static async open(url: string, { key = operatorKey, lastEventId }: { key?: string; lastEventId?: string } = {}) {
    const controller = new AbortController();
    const headers = {
      authorization: `Bearer ${key}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    };
    const listener = new Listener(await fetch(url, { headers, signal: controller.signal }), controller);
    void listener.read();
    return listener;
  }

  close(): void {
    this.controller.abort();
  }

  named(event: string): Event['data'][] {
    return this.events.filter((one) => one.event === event).map(({ data }) => data);
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    try {
      for await (const chunk of this.response.body ?? []) {
        text += decoder.decode(chunk as Uint8Array, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
      }
    } catch {
      // The test has closed it.
    }
    this.isOver = true;
  }

  private take(block: string): void {
    this.lines.push(...block.split('\n'));
    const fields = new Map(block.split('\n').map((line) => [line.split(': ')[0], line.slice(line.indexOf(': ') + 2)]));
    this.lastId = fields.get('id') ?? this.lastId;
    const data = fields.get('data');
    if (data === undefined) return;
    this.events.push({
      event: fields.get('event') ?? 'message',
      id: fields.get('id'),
      data: JSON.parse(data) as object,
    });
  }
}

let api: ApiUnderTest;
let acme: SeededTenant;
let url: string;
let base: string;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  url = await api.listen();
});

beforeEach(async () => {
  acme = await seedTenant(api);
  base = `${url}/v1/tenants/${acme.tenant}`;
});

afterAll(async () => {
  await api.stop();
});

async function queueSync(): Promise<SyncId> {
  const { id } = await api.json<{ id: SyncId }>(
    'POST',
    `/v1/tenants/${acme.tenant}/integrations/${acme.integration}/syncs`,
  );
  return id;
}

async function move(id: SyncId, ...states: ('queued' | 'fetching' | 'planning' | 'completed' | 'applying')[]) {
  for (const [index, to] of states.slice(1).entries()) {
    expect(await api.port(SyncStore).move(acme.tenant, id, states[index]!, to, {})).toBe(true);
  }
}

const states = (listener: Listener) => listener.named('state').map(({ state }) => state);

describe('the events of a sync', () => {
  it('tell every state and how far it has come, until its end', async () => {
    const id = await queueSync();
    const listener = await Listener.open(`${base}/syncs/${id}/events`);
    expect(listener.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(listener.response.headers.get('x-content-type-options')).toBe('nosniff');
    await expect.poll(() => listener.named('progress')).toHaveLength(1);
    expect(listener.named('progress')[0]).toMatchObject({
      state: 'queued',
      progress: { recordsFetched: 0, recordsTotal: null },
      counts: { created: 0 },
    });
    await move(id, 'queued', 'fetching', 'planning', 'completed');
    await expect.poll(() => listener.isOver).toBe(true);
    expect(states(listener)).toEqual(['queued', 'fetching', 'planning', 'completed']);
    expect(listener.events.at(-1)).toMatchObject({ event: 'end', data: { state: 'completed' } });
  });

  it('go on after the last one seen, with every state of the time between', async () => {
    const id = await queueSync();
    const first = await Listener.open(`${base}/syncs/${id}/events`);
    await expect.poll(() => states(first)).toEqual(['queued']);
    first.close();
    await move(id, 'queued', 'fetching', 'planning', 'completed');
    const second = await Listener.open(`${base}/syncs/${id}/events`, { lastEventId: first.lastId! });
    await expect.poll(() => second.isOver).toBe(true);
    expect(states(second)).toEqual(['fetching', 'planning', 'completed']);
    const third = await Listener.open(`${base}/syncs/${id}/events`, { lastEventId: second.lastId! });
    expect(third.response.status).toBe(204);
  });

  it('go on while a word on an ended sync waits to be carried out', async () => {
    const id = await queueSync();
    await move(id, 'queued', 'fetching', 'planning', 'completed');
    await api.port(SyncStore).addApproval(acme.tenant, id, {
      verdict: 'approve',
      selection: { all: true, seqs: [], filter: null, includeHeld: false },
      planHash: 'p',
      by: 'key_x',
      comment: '',
      at: '2026-01-05T08:00:00.000Z',
    });
    const listener = await Listener.open(`${base}/syncs/${id}/events`);
    await expect.poll(() => states(listener).at(-1)).toBe('completed');
    expect(await api.port(SyncStore).move(acme.tenant, id, 'completed', 'applying', { round: 1 })).toBe(true);
    await move(id, 'applying', 'completed');
    await expect.poll(() => listener.isOver).toBe(true);
    expect(states(listener)).toEqual(['queued', 'fetching', 'planning', 'completed', 'applying', 'completed']);
  });

  it('are asked for by the tenant’s own keys only, and with an id of theirs', async () => {
    const other = await seedTenant(api);
    const foreign = await Listener.open(`${base}/syncs/${acme.sync}/events`, { key: other.adminKey });
    expect(foreign.response.status).toBe(404);
    const odd = await Listener.open(`${base}/syncs/${acme.sync}/events`, { lastEventId: 'seven' });
    expect(odd.response.status).toBe(400);
  });
});

describe('the events of a tenant', () => {
  it('tell what happens from now on, and resume without losing any', async () => {
    const first = await Listener.open(`${base}/events`);
    await expect.poll(() => first.lastId).toBeDefined();
    const id = await queueSync();
    await expect.poll(() => first.named('sync')).toMatchObject([{ syncId: id, state: 'queued' }]);
    first.close();
    await move(id, 'queued', 'fetching', 'planning');
    const second = await Listener.open(`${base}/events`, { lastEventId: first.lastId! });
    await expect.poll(() => second.named('sync').map(({ state }) => state)).toEqual(['fetching', 'planning']);
    await move(id, 'planning', 'completed');
    await expect.poll(() => second.named('sync')).toHaveLength(3);
    expect(second.named('missed')).toEqual([]);
    second.close();
  });

  it('say that changes were missed when the reader was away for too long', async () => {
    const last = await api.port(SyncChangeLog).last(acme.tenant);
    const id = await queueSync();
    await move(id, 'queued', 'fetching', 'completed');
    await api.port(SyncChangeLog).deleteBefore('2100-01-01T00:00:00.000Z');
    const listener = await Listener.open(`${base}/events`, { lastEventId: String(last) });
    await expect.poll(() => listener.named('sync').map(({ state }) => state)).toEqual(['completed']);
    expect(listener.named('missed')).toEqual([{ from: last + 1, to: last + 2 }]);
    listener.close();
  });

  it('are told to a bounded number of readers a key, and to others again when some have gone', async () => {
    const open = await Promise.all(
      Array.from({ length: 20 }, () => Listener.open(`${base}/events`, { key: acme.viewerKey })),
    );
    const tooMany = await fetch(`${base}/events`, { headers: { authorization: `Bearer ${acme.viewerKey}` } });
    expect(await tooMany.json()).toMatchObject({ status: 429, code: 'tooManyStreams' });
    expect(tooMany.headers.get('retry-after')).toBe('10');
    for (const listener of open) listener.close();
    await expect
      .poll(async () => {
        const again = await Listener.open(`${base}/events`, { key: acme.viewerKey });
        again.close();
        return again.response.status;
      })
      .toBe(200);
  });

  it('cost one question for many readers', async () => {
    const log = api.port(SyncChangeLog);
    const read = log.changes.bind(log);
    const open = await Promise.all(Array.from({ length: 10 }, () => Listener.open(`${base}/events`)));
    await expect.poll(() => open.every(({ lastId }) => lastId !== undefined)).toBe(true);
    let questions = 0;
    log.changes = async (...question) => {
      questions += 1;
      return read(...question);
    };
    await queueSync();
    await expect.poll(() => open.every((listener) => listener.named('sync').length === 1)).toBe(true);
    log.changes = read;
    expect(questions).toBeLessThan(10);
    for (const listener of open) listener.close();
  });
});

it('ends all streams when the server stops, so that it can', async () => {
  const own = await ApiUnderTest.start();
  const address = await own.listen();
  const { tenant } = await seedTenant(own);
  const listener = await Listener.open(`${address}/v1/tenants/${tenant}/events`);
  await own.stop();
  await expect.poll(() => listener.isOver).toBe(true);
});
