import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { IdempotencyStore, MessageBus, RetriableError } from '#core';
import { ManualClock } from '#testing';
import { ApiUnderTest } from './api-under-test.js';
import { applySeeded, type SeededTenant, seedTenant } from './seed-tenant.js';

const hourMs = 60 * 60 * 1000;

let api: ApiUnderTest;
let clock: ManualClock;
let acme: SeededTenant;
let base: string;

beforeAll(async () => {
  clock = new ManualClock('2026-01-05T08:00:00.000Z');
  api = await ApiUnderTest.start({ clock });
});

beforeEach(async () => {
  acme = await seedTenant(api);
  base = `/v1/tenants/${acme.tenant}`;
});

afterAll(async () => {
  await api.stop();
});

async function queueSync(key: string, payload: object = {}, apiKey = acme.adminKey) {
  return api.send({
    method: 'POST',
    url: `${base}/integrations/${acme.integration}/syncs`,
    key: apiKey,
    headers: { 'idempotency-key': key },
    payload,
  });
}

async function syncCount(): Promise<number> {
  const { items } = await api.json<{ items: unknown[] }>('GET', `${base}/syncs?limit=500`);
  return items.length;
}

/** What is done while nothing can be published. */
async function withoutBus<Result>(run: () => Promise<Result>): Promise<Result> {
  const bus = api.port(MessageBus);
  const publish = bus.publish.bind(bus);
  bus.publish = async () => {
    throw new RetriableError('busUnavailable', 'the bus is away');
  };
  try {
    return await run();
  } finally {
    bus.publish = publish;
  }
}

async function noted(action: string): Promise<unknown[]> {
  return (await api.json<{ items: unknown[] }>('GET', `${base}/audit?action=${action}`)).items;
}

describe('a command with an Idempotency-Key', () => {
  it('is carried out once, and answered again with a word that says so', async () => {
    const before = await syncCount();
    const first = await queueSync('order-1', { mode: 'dry' });
    const second = await queueSync('order-1', { mode: 'dry' });
    expect(first.statusCode).toBe(202);
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    expect(second.statusCode).toBe(202);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(second.json()).toEqual(first.json());
    expect(await syncCount()).toBe(before + 1);
  });

  it('is known by what it says, not by the order of its fields', async () => {
    const first = await queueSync('order-2', { mode: 'dry', mappingVersion: 1 });
    const second = await queueSync('order-2', { mappingVersion: 1, mode: 'dry' });
    expect(second.json()).toEqual(first.json());
  });

  it('is refused when the key stands for another request', async () => {
    await queueSync('order-3', { mode: 'dry' });
    const other = await queueSync('order-3', { mode: 'dry', mappingVersion: 1 });
    expect(other.json()).toMatchObject({
      status: 422,
      code: 'idempotencyKeyReused',
      errors: [{ parameter: 'Idempotency-Key' }],
    });
  });

  it('has its key to itself: another API key’s is another', async () => {
    const mine = await queueSync('order-4');
    const operators = await queueSync('order-4', {}, 'mus_operator-key-of-the-tests');
    expect(operators.headers).not.toHaveProperty('idempotent-replayed');
    expect(operators.json()).not.toEqual(mine.json());
  });

  it('is carried out once when it comes several times at once', async () => {
    const before = await syncCount();
    const answers = await Promise.all(Array.from({ length: 5 }, () => queueSync('order-5')));
    for (const answer of answers) {
      if (answer.statusCode === 409) {
        expect(answer.json()).toMatchObject({ code: 'requestInWork' });
        expect(answer.headers['retry-after']).toBe('1');
      } else {
        expect(answer.statusCode).toBe(202);
      }
    }
    expect(await syncCount()).toBe(before + 1);
  });

  it('is forgotten after 24 hours', async () => {
    const first = await queueSync('order-6');
    clock.advance(25 * hourMs);
    const second = await queueSync('order-6');
    expect(second.statusCode).toBe(202);
    expect(second.headers).not.toHaveProperty('idempotent-replayed');
    expect(second.json()).not.toEqual(first.json());
  });

  it('is judged anew after a refusal, under the same key', async () => {
    const refused = await queueSync('order-7', { mappingVersion: 99 });
    expect(refused.statusCode).toBe(422);
    const corrected = await queueSync('order-7', { mappingVersion: 1 });
    expect(corrected.statusCode).toBe(202);
  });

  it('does not start a second sync when the first try broke after it had queued one', async () => {
    const before = await syncCount();
    const broken = await withoutBus(async () => queueSync('order-8'));
    expect(broken.statusCode).toBe(503);
    expect(await syncCount()).toBe(before + 1);
    expect((await queueSync('order-8')).statusCode).toBe(202);
    expect(await syncCount()).toBe(before + 1);
  });

  it('leaves nothing out when the first try broke after it had queued a sync', async () => {
    const broken = await withoutBus(async () => queueSync('order-9', { mode: 'live' }));
    expect(broken.statusCode).toBe(503);
    expect((await queueSync('order-9', { mode: 'live' })).statusCode).toBe(202);
    const { standing } = await api.json<{ standing: string }>('GET', `${base}/integrations/${acme.integration}`);
    expect(standing).toBe('live');
    expect(await noted('integration.makeLive')).toHaveLength(1);
  });

  it('undoes a sync once, pauses for that undo and notes it, over a try that broke', async () => {
    await applySeeded(api, acme);
    const undo = async () =>
      api.send({
        method: 'POST',
        url: `${base}/syncs/${acme.sync}/undo`,
        key: acme.adminKey,
        headers: { 'idempotency-key': 'undo-1' },
        payload: { mode: 'live' },
      });
    const before = await syncCount();
    expect((await withoutBus(undo)).statusCode).toBe(503);
    const first = await undo();
    const second = await undo();
    expect(first.statusCode).toBe(202);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(second.json()).toEqual(first.json());
    expect(await syncCount()).toBe(before + 1);
    const { id } = first.json<{ id: string }>();
    const integration = await api.json('GET', `${base}/integrations/${acme.integration}`);
    expect(integration).toMatchObject({ paused: { syncId: id } });
    expect(await noted('sync.undo')).toHaveLength(1);
  });

  it('shows an API key again to whoever lost the answer, and keeps it sealed', async () => {
    const store = api.port(IdempotencyStore);
    const kept: string[] = [];
    const answer = store.answer.bind(store);
    store.answer = async (id, text) => {
      kept.push(text);
      await answer(id, text);
    };
    const make = async () =>
      api.json<{ apiKey: string }>('POST', `${base}/api-keys`, {
        body: { label: 'x', role: 'viewer' },
        headers: { 'idempotency-key': 'key-1' },
      });
    const { apiKey } = await make();
    store.answer = answer;
    expect((await make()).apiKey).toBe(apiKey);
    expect(kept).toHaveLength(1);
    expect(kept[0]).not.toContain(apiKey.slice(0, 12));
  });

  it('needs a key that is one', async () => {
    expect((await queueSync('two words')).json()).toMatchObject({
      status: 400,
      errors: [{ parameter: 'Idempotency-Key' }],
    });
    expect((await queueSync('x'.repeat(256))).statusCode).toBe(400);
    expect((await queueSync('"quoted key"')).statusCode).toBe(202);
  });
});

it('declares for each command that it may be sent again', async () => {
  const { paths } = await api.json<{ paths: Record<string, Record<string, { parameters: { name: string }[] }>> }>(
    'GET',
    '/openapi.json',
  );
  const safeToRepeat = ['/evaluate', '/check'];
  const commands = Object.entries(paths).filter(
    ([path, { post }]) => post !== undefined && !safeToRepeat.some((end) => path.endsWith(end)),
  );
  expect(commands.length).toBeGreaterThan(8);
  for (const [path, { post }] of commands) {
    expect(
      post?.parameters.map(({ name }) => name),
      path,
    ).toContain('Idempotency-Key');
  }
});
