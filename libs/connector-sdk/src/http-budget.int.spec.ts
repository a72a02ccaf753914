import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { Dialler } from './egress/dialler.js';
import { EgressPolicy } from './egress/egress-policy.js';
import { HttpClient, type HttpClientOptions } from './http-client.js';
import { OAuth2ClientCredentials } from './oauth2-client-credentials.js';
import type { RequestBudget } from './request-budget.js';
import { simulateSource, type AnswerRequest, type SimulatedSource } from './testing/index.js';

const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });
let source: SimulatedSource | undefined;
let client: HttpClient | undefined;

afterEach(async () => {
  await client?.close();
  await source?.stop();
});

/** Notes what it is asked and told; lets a request through when `wait` resolves. */
class NotedBudget implements RequestBudget {
  taken = 0;
  readonly rests: { status: number; ms: number }[] = [];

  constructor(private readonly wait: (n: number) => Promise<void> = async () => undefined) {}

  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.taken += 1;
    const { promise, reject } = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    await Promise.race([this.wait(this.taken), promise]);
  }

  rest(wish: { status: number; ms: number }): void {
    this.rests.push(wish);
  }
}

async function serve(answer: AnswerRequest, budget: NotedBudget, options: HttpClientOptions = {}) {
  const started = await simulateSource(answer);
  source = started;
  const http = new HttpClient({
    dialler,
    budget,
    sleep: async () => undefined,
    random: () => 1,
    backoff: { maxAttempts: 3 },
    ...options,
  });
  client = http;
  const get = async (path = '/', extra: Partial<Parameters<HttpClient['request']>[0]> = {}) =>
    http.request({ ...extra, url: `${started.url}${path}`, read: ({ body }) => Buffer.from(body).toString() });
  return { started, http, get };
}

it('takes each attempt from the budget, and tells it what the source asks for', async () => {
  const budget = new NotedBudget();
  const { started, get } = await serve(() => ({ body: 'ok' }), budget);
  started.misbehave({ kind: 'rateLimit', times: 2, retryAfterSeconds: 7 });
  await expect(get()).resolves.toBe('ok');
  expect(budget.taken).toBe(3);
  expect(budget.rests).toEqual([
    { status: 429, ms: 7_000 },
    { status: 429, ms: 7_000 },
  ]);
});

it.each([
  [429, {}, [250, 500, 1_000]],
  [503, { 'retry-after': '3' }, [3_000, 3_000, 3_000]],
  [503, { 'retry-after': '86400' }, [120_000, 120_000, 120_000]],
  [503, {}, []],
  [500, {}, []],
])('tells of a rest after the last attempt too: %i %o', async (status, headers, expected) => {
  const budget = new NotedBudget();
  const { get } = await serve(() => ({ status, headers, body: '' }), budget);
  await expect(get()).rejects.toThrow('3 times in a row');
  expect(budget.rests).toEqual(expected.map((ms) => ({ status, ms })));
});

it('does not count waiting for the budget as the time of the request', async () => {
  const budget = new NotedBudget(async () => sleep(1_500));
  const { get } = await serve(() => ({ body: 'ok' }), budget, { timeoutMs: 1_000 });
  await expect(get()).resolves.toBe('ok');
});

it('ends the wait for the budget when the request is given up', async () => {
  const budget = new NotedBudget(async () => new Promise(() => undefined));
  const { started, get } = await serve(() => ({ body: 'ok' }), budget);
  const controller = new AbortController();
  const asked = get('/', { signal: controller.signal, isUninterrupted: true });
  while (budget.taken === 0) await sleep(5);
  controller.abort(new Error('the sync was cancelled'));
  await expect(asked).rejects.toThrow('the sync was cancelled');
  expect(started.requests).toBe(0);
});

it('takes nothing for requests that would wait for a connection', async () => {
  const budget = new NotedBudget();
  const held: (() => void)[] = [];
  const { get } = await serve(async () => new Promise((resolve) => held.push(() => resolve({ body: 'ok' }))), budget);
  const asked = Array.from({ length: 20 }, async () => get());
  const untilHeld = async (count: number): Promise<void> => {
    while (held.length < count) await sleep(5);
  };
  await untilHeld(8);
  expect(budget.taken).toBe(8);
  held[0]?.();
  await untilHeld(9);
  expect(budget.taken).toBe(9);
  for (let answered = 1; answered < 20; answered += 1) {
    await untilHeld(answered + 1);
    held[answered]?.();
  }
  await Promise.all(asked);
  expect(budget.taken).toBe(20);
});

it('takes the request for a token too, even when all that are let in wait for it', async () => {
  const budget = new NotedBudget();
  const { started, http, get } = await serve(async ({ url }) => {
    if (url.pathname !== '/token') return { body: 'ok' };
    // So late that the requests are to be taken anew.
    await sleep(300);
    return { body: JSON.stringify({ access_token: 'secret-token', expires_in: 60 }) };
  }, budget);
  const authorization = new OAuth2ClientCredentials(http, {
    tokenUrl: `${started.url}/token`,
    clientId: 'muster',
    clientSecret: 'client-secret',
  });
  const answers = await Promise.all(Array.from({ length: 12 }, async () => get('/', { authorization })));
  expect(answers).toEqual(Array.from({ length: 12 }, () => 'ok'));
  // 12 and the token's; the 8 that waited for the token were taken once more.
  expect(budget.taken).toBe(21);
});

it('takes requests whose answers are streamed', async () => {
  const budget = new NotedBudget();
  const { started, http } = await serve(() => ({ body: 'ok' }), budget);
  const { body } = await http.stream({ url: started.url, idleTimeoutMs: 30_000, maxResponseBytes: 1_000 });
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  expect(Buffer.concat(parts).toString()).toBe('ok');
  expect(budget.taken).toBe(1);
});
