import type { INestApplicationContext } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FetchContext } from '#connector-sdk';
import { simulateSource, type SimulatedSource } from '#connector-sdk/testing';
import { type Integration, type Manifest, restAt, type Sync } from '#core';
import { Metrics } from '#telemetry';
import { buildSync } from '#testing';
import { FetcherLoops } from '../fetcher-loops.js';
import { range, scripted } from '../running-fetcher.spec.js';
import { SeveralFetchers } from '../several-fetchers.spec.js';
import { sqliteEngine } from '../sqlite-engine.spec.js';
import { StrictLimit } from './strict-limit.spec.js';

const requestsPerFetch = 25;
const timeout = { timeout: 25_000, interval: 20 };

let source: SimulatedSource;
let several: SeveralFetchers;
let integration: Integration;
let fetchers: INestApplicationContext[];
/** When the source was asked, by the person of the sync that asked; of a check, `check`. In milliseconds. */
let asked: Map<string, number[]>;
/** Whether the source answers this request; if not, after how many seconds it wants to be asked again. */
let admit: () => true | { retryAfterSeconds: number };

async function request({ http, signal }: Pick<FetchContext, 'http' | 'signal'>, who: string): Promise<void> {
  await http.request({ url: `${source.url}/${who}`, signal, read: () => undefined });
}

/** Asks many times before it yields its only batch. */
const connector = scripted(
  async function* (context) {
    const who = context.person ?? 'everybody';
    for (let sent = 0; sent < requestsPerFetch; sent += 1) await request(context, who);
    yield { records: range(0, 3), next: null, declaredTotal: 3 };
    return { extent: 'full', lastPageSeen: true };
  },
  {
    async *check(context) {
      for (let sent = 0; sent < requestsPerFetch; sent += 1) await request(context, 'check');
      yield { step: 'connect', ok: true, message: 'It answers.' } as const;
    },
  },
);

beforeEach(async () => {
  asked = new Map();
  source = await simulateSource(({ url }) => {
    const who = url.pathname.slice(1);
    asked.set(who, [...(asked.get(who) ?? []), performance.now()]);
    const admitted = admit();
    if (admitted === true) return { body: '{}' };
    return { status: 429, headers: { 'retry-after': String(admitted.retryAfterSeconds) }, body: '' };
  });
  several = await SeveralFetchers.over(await sqliteEngine(), connector, '2026-03-01T00:00:00.000Z');
  fetchers = [await several.startFetcher(), await several.startFetcher()];
});

afterEach(async () => {
  await several.dispose();
  await source.stop();
});

/** Queues a dry sync for a person, and wakes one fetcher. */
async function queueFor(person: string | null, fetcher: number): Promise<Sync> {
  const { frozen } = buildSync(several.tenantId, integration.id);
  const parts = { mode: 'dry', person, frozen: { ...frozen, connectorId: connector.id } } as const;
  const sync = await several.queue(integration, parts);
  fetchers[fetcher]?.get(FetcherLoops, { strict: false }).wake();
  return sync;
}

async function manifestOf({ id }: Sync): Promise<Manifest> {
  return vi.waitFor(async () => {
    const manifest = await several.stores.snapshots.manifest(several.tenantId, id);
    if (manifest === null) throw new Error(`sync ${id} has no manifest yet`);
    return manifest;
  }, timeout);
}

async function isAsked(who: string): Promise<void> {
  await vi.waitFor(() => expect(asked.get(who)?.length ?? 0).toBeGreaterThan(0), timeout);
}

it('keeps two fetchers, with fetches and a check at once, within what the source allows', async () => {
  const limit = new StrictLimit({ requestsPerMinute: 1_200, burst: 40 });
  admit = () => limit.admits() || { retryAfterSeconds: 1 };
  integration = await several.integrate({ rateBudget: { requestsPerMinute: 1_200, burst: 40 } });

  const syncs: Sync[] = [];
  for (const [n, who] of ['ada', 'bo', 'cy', 'everybody'].entries()) {
    syncs.push(await queueFor(who === 'everybody' ? null : who, n % 2));
    await isAsked(who);
  }
  const check = {
    id: 'chk_1',
    tenantId: several.tenantId,
    integrationId: integration.id,
    requestedAt: several.clock.now(),
    finishedAt: null,
    steps: [],
  };
  await several.stores.checks.request(check);
  fetchers[1]?.get(FetcherLoops, { strict: false }).wake();

  const manifests = await Promise.all(syncs.map(manifestOf));
  await vi.waitFor(async () => {
    const answered = await several.stores.checks.check(several.tenantId, check.id);
    expect(answered?.steps).toEqual([{ step: 'connect', ok: true, message: 'It answers.' }]);
  }, timeout);
  expect(limit.refused).toBe(0);
  for (const { wholeness, fetch } of manifests) {
    expect(wholeness).toBe('complete');
    expect(fetch.byStatus).toEqual({ '200': requestsPerFetch });
  }
  expect(Math.max(...manifests.map(({ fetch }) => fetch.budgetWaitedMs ?? 0))).toBeGreaterThan(500);
  for (const fetcher of fetchers) {
    const { text } = await fetcher.get(Metrics, { strict: false }).expose();
    const waited = /^muster_rate_budget_wait_seconds_total\{connector="scripted"\} (\S+)$/m.exec(text)?.[1];
    expect(Number(waited), 'each fetcher has had its share').toBeGreaterThan(0);
  }
});

it('lets all wait when the source refuses one of them, and all of them end', async () => {
  const restMs = 2_000;
  let refusedAt = Number.POSITIVE_INFINITY;
  let requests = 0;
  admit = () => {
    requests += 1;
    if (requests === 10) refusedAt = performance.now();
    return performance.now() < refusedAt || performance.now() >= refusedAt + restMs || { retryAfterSeconds: 2 };
  };
  integration = await several.integrate({ rateBudget: { requestsPerMinute: 6_000, burst: 100 } });

  const first = await Promise.all([queueFor('ada', 0), queueFor('bo', 1)]);
  const budget = { tenantId: several.tenantId, integrationId: integration.id };
  await vi.waitFor(async () => {
    const read = await several.stores.rateBudgets.read(budget);
    expect(read && restAt(read.meter, read.nowMs)).toMatchObject({ status: 429 });
  }, timeout);
  // Nobody has told these; they know it from what is shared.
  const late = await Promise.all([queueFor('cy', 0), queueFor('di', 1)]);

  const manifests = await Promise.all([...first, ...late].map(manifestOf));
  expect(manifests.map(({ wholeness }) => wholeness)).toEqual(['complete', 'complete', 'complete', 'complete']);
  for (const who of ['cy', 'di']) expect(asked.get(who)?.[0]).toBeGreaterThanOrEqual(refusedAt + restMs - 1);
  const refused = manifests.reduce((sum, { fetch }) => sum + (fetch.byStatus['429'] ?? 0), 0);
  expect(refused, 'only what was under way').toBeLessThanOrEqual(2);
  const { text } = await (fetchers[0] as INestApplicationContext).get(Metrics, { strict: false }).expose();
  const other = await (fetchers[1] as INestApplicationContext).get(Metrics, { strict: false }).expose();
  expect(text + other.text).toMatch(/^muster_source_rests_total\{connector="scripted",status="429"\} 1$/m);
});

it('ends a sync at once that is cancelled while its source rests', async () => {
  admit = () => ({ retryAfterSeconds: 3_600 });
  integration = await several.integrate({});
  const sync = await queueFor('ada', 0);
  await isAsked('ada');
  await several.stores.syncs.requestCancel(several.tenantId, sync.id);
  expect(await manifestOf(sync)).toMatchObject({ wholeness: 'failed', failure: { code: 'cancelled' } });
  expect(asked.get('ada')).toHaveLength(1);
});
