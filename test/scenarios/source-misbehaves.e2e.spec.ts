import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Misbehaviour } from '../../connectors/acme-hr/simulator/src/index.js';
import { MISBEHAVIOURS } from '../../connectors/acme-hr/simulator/src/index.js';
import { directoryPicture, sourcePicture } from '../support/directory-picture.js';
import type { SyncAnswer } from '../support/muster-api.js';
import { RunningMuster, startCompany } from '../support/running-muster.js';

// Most of the time the cases only wait for a source; all at once, each would wait for all the others' work too.
vi.setConfig({ maxConcurrency: 12 });

const people = 60;
const pageSize = 20;

interface Ending {
  state: SyncAnswer['state'];
  wholeness: 'complete' | 'truncated' | 'failed';
  /** Of a failed fetch. */
  code?: string;
  /** What the summary says of the cause. */
  says?: RegExp;
  /** Recovered: the statistics show at least so many further attempts. */
  retries?: number;
  /** Recovered: answers with this status, or `network`, are among them. */
  status?: string;
  /** Safeguards that hold something. */
  holding?: string[];
  /** Linked people whom the snapshot did not hold. */
  notSeen?: number;
  /** Totals that must be there, as `outcome:reason` → count. */
  totals?: Record<string, number>;
}

interface Case extends Ending {
  name: string;
  misbehaviour: Misbehaviour | Misbehaviour[];
  config?: Record<string, unknown>;
}

const completed = { state: 'completed', wholeness: 'complete' } as const;
const incomplete = { state: 'incomplete', wholeness: 'truncated' } as const;
const failed = { state: 'failed', wholeness: 'failed' } as const;
const held = { state: 'awaitingApproval', wholeness: 'complete' } as const;

/** A sync of a source that behaves. */
const good = { state: 'completed', manifest: { wholeness: 'complete' } } as const;

/** What each misbehaviour of a source leads to: the first column is what the source does, the rest what an operator sees. */
const cases: Case[] = [
  // A body that ends in the middle.
  {
    name: 'a body cut once',
    misbehaviour: { kind: 'truncate', times: 1 },
    ...completed,
    retries: 1,
    status: 'network',
  },
  {
    name: 'a body cut once in the middle of the fetch, its length hiding it',
    misbehaviour: { kind: 'truncate', times: 1, after: 1, contentLength: 'correct' },
    ...completed,
    retries: 1,
  },
  {
    name: 'a body cut three times',
    misbehaviour: { kind: 'truncate', times: 3, after: 2 },
    ...completed,
    retries: 3,
    status: 'network',
  },
  { name: 'every body cut', misbehaviour: { kind: 'truncate' }, ...failed, code: 'truncatedBody' },
  {
    name: 'every body cut from the second page on, lengths hiding it',
    misbehaviour: { kind: 'truncate', after: 1, contentLength: 'correct' },
    ...failed,
    code: 'malformedPage',
  },
  // A list that ends early.
  {
    name: 'the last page dropped',
    misbehaviour: { kind: 'dropLastPage', times: 1 },
    config: { pageSize: 40 },
    ...incomplete,
    says: /declared 61 people and sent 40/,
    notSeen: 20,
  },
  {
    name: 'the last page dropped always',
    misbehaviour: { kind: 'dropLastPage' },
    ...incomplete,
    says: /declared 61 people and sent 60/,
    notSeen: 0,
  },
  {
    name: 'half of the only page dropped',
    misbehaviour: { kind: 'dropLastPage' },
    config: { pageSize: 500 },
    ...incomplete,
    says: /declared 61 people and sent 31/,
    notSeen: 29,
  },
  // A list of half the company.
  {
    name: 'half the company gone, the total too',
    misbehaviour: { kind: 'loseHalf' },
    ...held,
    says: /declares 31 people where the last accepted sync had 60/,
    holding: ['inferredRemovals', 'inferredRemovals7Days', 'whole'],
    notSeen: 30,
  },
  {
    name: 'half of the first page gone',
    misbehaviour: { kind: 'loseHalf', times: 1 },
    ...incomplete,
    says: /declared 31 people at first and 61 at last/,
  },
  {
    name: 'half of everyone behind the first page gone',
    misbehaviour: { kind: 'loseHalf', after: 1 },
    ...incomplete,
    says: /declared 61 people at first and 31 at last/,
  },
  // A total that is not true.
  {
    name: 'seven too many declared',
    misbehaviour: { kind: 'wrongTotal' },
    ...incomplete,
    says: /declared 68 people and sent 61/,
    notSeen: 0,
  },
  {
    name: 'too few declared',
    misbehaviour: { kind: 'wrongTotal', total: 10 },
    ...incomplete,
    says: /declared 10 people and sent 61/,
    notSeen: 0,
  },
  {
    name: 'another total once, on the way',
    misbehaviour: { kind: 'wrongTotal', times: 1, after: 1 },
    ...completed,
  },
  {
    name: 'another total at the end',
    misbehaviour: { kind: 'wrongTotal', times: 1, after: 3 },
    ...incomplete,
    says: /61 people at first and 68 at last/,
  },
  // Cursors that lead in a circle.
  { name: 'a cursor that loops always', misbehaviour: { kind: 'loopCursor' }, ...failed, code: 'cursorLoop' },
  {
    name: 'a cursor that loops in the middle',
    misbehaviour: { kind: 'loopCursor', times: 1, after: 1 },
    ...failed,
    code: 'cursorLoop',
  },
  {
    name: 'a first page that comes twice',
    misbehaviour: { kind: 'loopCursor', times: 1 },
    ...completed,
    totals: { 'skipped:duplicateRecord': 20 },
  },
  // Credentials.
  {
    name: 'a token that expires in the middle',
    misbehaviour: { kind: 'expireToken', times: 1, after: 1 },
    ...completed,
    retries: 1,
    status: '401',
  },
  { name: 'tokens that expire always', misbehaviour: { kind: 'expireToken' }, ...failed, code: 'unauthorized' },
  // Servers that fail.
  {
    name: 'a 500 once',
    misbehaviour: { kind: 'error500', times: 1 },
    ...completed,
    retries: 1,
    status: '500',
  },
  {
    name: 'three 503 in the middle',
    misbehaviour: { kind: 'error500', times: 3, after: 2, status: 503 },
    ...completed,
    retries: 3,
    status: '503',
  },
  {
    name: 'a 500 once for the token',
    misbehaviour: { kind: 'error500', times: 1, on: 'token' },
    ...completed,
    retries: 1,
    status: '500',
  },
  { name: 'nothing but 500', misbehaviour: { kind: 'error500' }, ...failed, code: 'sourceUnavailable' },
  {
    name: 'nothing but 502 after the second page',
    misbehaviour: { kind: 'error500', after: 2, status: 502 },
    ...failed,
    code: 'sourceUnavailable',
  },
  {
    name: 'nothing but 500 for the token',
    misbehaviour: { kind: 'error500', on: 'token' },
    ...failed,
    code: 'sourceUnavailable',
  },
  // Answers without content.
  { name: 'an empty 200 once', misbehaviour: { kind: 'empty200', times: 1 }, ...completed, retries: 1 },
  { name: 'nothing but empty 200', misbehaviour: { kind: 'empty200' }, ...failed, code: 'emptyBody' },
  {
    name: 'nothing but empty 200 at the end',
    misbehaviour: { kind: 'empty200', after: 3 },
    ...failed,
    code: 'emptyBody',
  },
  {
    name: 'a company of nobody',
    misbehaviour: { kind: 'emptyList' },
    ...held,
    says: /nobody would be left/,
    holding: ['inferredRemovals', 'inferredRemovals7Days', 'whole'],
    notSeen: 60,
  },
  {
    name: 'nobody from the second page on',
    misbehaviour: { kind: 'emptyList', after: 1 },
    ...incomplete,
    says: /61 people at first and 0 at last/,
    notSeen: 40,
  },
  // Rows that come again.
  {
    name: 'a row that comes twice once',
    misbehaviour: { kind: 'repeatRow', times: 1, after: 1 },
    ...completed,
    totals: { 'skipped:duplicateRecord': 1 },
  },
  {
    name: 'rows that come twice on every page',
    misbehaviour: { kind: 'repeatRow' },
    ...completed,
    totals: { 'skipped:duplicateRecord': 4 },
  },
  {
    name: 'a row that comes in the place of another',
    misbehaviour: { kind: 'dropAndRepeat', times: 1, after: 1 },
    ...incomplete,
    says: /declared 61 people and sent 60 different ones in 61/,
    notSeen: 1,
  },
  {
    name: 'rows in the place of others on every page',
    misbehaviour: { kind: 'dropAndRepeat' },
    ...incomplete,
    says: /declared 61 people and sent 58 different ones in 61/,
    notSeen: 3,
  },
  // Slowness.
  {
    name: 'a rate limit once',
    misbehaviour: { kind: 'rateLimit', times: 1, after: 1 },
    ...completed,
    retries: 1,
    status: '429',
  },
  {
    name: 'a rate limit until a moment, for the token',
    misbehaviour: { kind: 'rateLimit', times: 1, on: 'token', retryAfterAsDate: true },
    ...completed,
    retries: 1,
    status: '429',
  },
  { name: 'nothing but rate limits', misbehaviour: { kind: 'rateLimit' }, ...failed, code: 'rateLimited' },
  { name: 'slow answers', misbehaviour: { kind: 'slow', delayMs: 100 }, ...completed },
  {
    name: 'an answer too slow to wait for',
    misbehaviour: { kind: 'slow', times: 1, delayMs: 1500 },
    config: { requestTimeoutSeconds: 1 },
    ...completed,
    retries: 1,
    status: 'network',
  },
  {
    name: 'nothing but answers too slow to wait for',
    misbehaviour: { kind: 'slow', after: 1, delayMs: 1500 },
    config: { requestTimeoutSeconds: 1 },
    ...failed,
    code: 'timeout',
  },
  {
    name: 'one answer that drips',
    misbehaviour: { kind: 'drip', times: 1, after: 1 },
    config: { requestTimeoutSeconds: 1 },
    ...completed,
    retries: 1,
    status: 'network',
  },
  {
    name: 'nothing but answers that drip',
    misbehaviour: { kind: 'drip' },
    config: { requestTimeoutSeconds: 1 },
    ...failed,
    code: 'timeout',
  },
  // Answers that are a trap.
  {
    name: 'a few kilobytes that unpack to a hundred megabytes',
    misbehaviour: { kind: 'gzipBomb', after: 1 },
    ...failed,
    code: 'inflatedBody',
  },
  { name: 'redirects into a private network', misbehaviour: { kind: 'redirect' }, ...failed, code: 'redirected' },
  // Records that change or cannot be read.
  {
    name: 'records that read differently each time',
    misbehaviour: { kind: 'sourceChanged' },
    ...completed,
    totals: { 'updated:changed': 4, 'created:new': 1 },
  },
  {
    name: 'a record that is no JSON inside on every page',
    misbehaviour: { kind: 'junkRecord' },
    ...completed,
    says: /4 people failed/,
    totals: { 'failed:decodeFailed': 4 },
    notSeen: 0,
  },
  {
    name: 'a row that is no person on one page',
    misbehaviour: { kind: 'junkRecord', junk: 'wrongType', times: 1, after: 1 },
    ...incomplete,
    says: /declared 61 people and sent 60 different ones/,
    notSeen: 1,
  },
  {
    name: 'no page whose rows can all be read, in pages of three',
    misbehaviour: { kind: 'junkRecord' },
    config: { pageSize: 3 },
    ...held,
    says: /21 records failed/,
    holding: ['failures'],
    totals: { 'failed:decodeFailed': 21 },
    notSeen: 0,
  },
  // More than one at a time.
  {
    name: 'a cut body, a 500 and an expired token in one fetch',
    misbehaviour: [
      { kind: 'truncate', times: 1 },
      { kind: 'error500', times: 1, after: 1 },
      { kind: 'expireToken', times: 1, after: 2 },
    ],
    ...completed,
    retries: 3,
  },
];

describe('a source that misbehaves', () => {
  // Several, because each reads four sources at a time, and sources that fail for good are waited for.
  let musters: RunningMuster[];
  beforeAll(async () => {
    musters = await Promise.all([RunningMuster.start(), RunningMuster.start(), RunningMuster.start()]);
  });
  afterAll(async () => {
    await Promise.all(musters.map(async (muster) => muster.stop()));
  });

  function musterOf(name: string): RunningMuster {
    const muster = musters[cases.findIndex((one) => one.name === name) % musters.length] ?? musters[0];
    if (muster === undefined) throw new Error('no Muster runs');
    return muster;
  }

  it('is known in every kind', () => {
    const covered = new Set(cases.flatMap(({ misbehaviour }) => [misbehaviour].flat().map(({ kind }) => kind)));
    expect([...covered].sort()).toEqual([...MISBEHAVIOURS].sort());
  });

  describe.concurrent('costs nobody their access, says what was wrong, and is cleared by the next good sync:', () => {
    it.for(cases)('$name', async ({ name, misbehaviour, config = {}, ...ending }) => {
      const muster = musterOf(name);
      const { tenant, integration, source } = await startCompany(
        muster,
        { people, seed: 5, terminatedShare: 0, oddShare: 0 },
        { config: { pageSize, ...config } },
      );
      try {
        const first = await muster.api.runSync(tenant, integration, { mode: 'live' });
        expect(first, first.summary).toMatchObject({ ...good, counts: { created: people } });
        const before = await muster.directoryHash(tenant);
        source.hire(1);
        source.rename(['W0000003']);

        for (const one of [misbehaviour].flat()) source.misbehave(one);
        const bad = await muster.api.runSync(tenant, integration, { mode: 'live' });
        expectEnding(bad, ending);
        await expectNobodyLeft(muster, tenant);
        if (bad.state === 'failed') expect(await muster.directoryHash(tenant)).toBe(before);

        source.behave();
        const next = await muster.api.runSync(tenant, integration, { mode: 'live' });
        expect(next, next.summary).toMatchObject({ ...good, held: 0, counts: { failed: 0, deprovisioned: 0 } });
        expect(await directoryPicture(muster, tenant)).toEqual(
          await sourcePicture(muster, source, { config: { pageSize } }),
        );
        if (bad.state === 'awaitingApproval') await expectSuperseded(muster, tenant, bad, next);
      } finally {
        await source.stop();
      }
    });
  });

  it('leads nobody elsewhere: not one connection is made to where it redirects', async () => {
    const reached: string[] = [];
    const sink = createServer((socket) => {
      reached.push(socket.remoteAddress ?? '');
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(sink, 'listening');
    const { port } = sink.address() as AddressInfo;
    const muster = musterOf('');
    const { tenant, integration, source } = await startCompany(muster, { people, seed: 5 });
    try {
      for (const on of ['token', 'list'] as const) {
        source.misbehave({ kind: 'redirect', on, location: `http://127.0.0.1:${String(port)}/` });
        const sync = await muster.api.runSync(tenant, integration, { mode: 'dry' });
        expect(sync.failure).toMatchObject({ code: 'redirected' });
        source.behave();
      }
      expect(reached).toEqual([]);
    } finally {
      await source.stop();
      sink.close();
    }
  });

  it('fails a fetch that goes on where the source now says something else', async () => {
    const muster = musterOf('');
    const { tenant, integration, source } = await startCompany(
      muster,
      { people: 1400, seed: 5, terminatedShare: 0, oddShare: 0 },
      { config: { pageSize: 700 } },
    );
    await muster.api.runSync(tenant, integration, { mode: 'live' });
    const before = await muster.directoryHash(tenant);
    source.misbehave('sourceChanged');
    source.misbehave({ kind: 'slow', after: 1, delayMs: 800 });
    const { id } = await muster.api.must<{ id: string }>(
      'POST',
      `/v1/tenants/${tenant}/integrations/${integration}/syncs`,
      { mode: 'live' },
    );
    await expect
      .poll(async () => (await muster.api.call('GET', `/v1/tenants/${tenant}/syncs/${id}`)).body, { interval: 10 })
      .toMatchObject({ progress: { recordsFetched: 500 } });
    await muster.restart();
    const sync = await muster.api.ended(tenant, id);
    expectEnding(sync, { ...failed, code: 'sourceChanged' });
    expect(await muster.directoryHash(tenant)).toBe(before);

    source.behave();
    const next = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(next, next.summary).toMatchObject({ ...good, counts: { failed: 0, deprovisioned: 0, updated: 0 } });
    await source.stop();
  });

  async function expectNobodyLeft(muster: RunningMuster, tenant: string): Promise<void> {
    const statuses = (await muster.users(tenant)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set(['active']));
    expect(statuses.length).toBeGreaterThanOrEqual(people);
  }

  async function expectSuperseded(
    muster: RunningMuster,
    tenant: string,
    old: SyncAnswer,
    newer: SyncAnswer,
  ): Promise<void> {
    const refused = await muster.api.call('POST', `/v1/tenants/${tenant}/syncs/${old.id}/approve`, {
      all: true,
      includeHeld: true,
      planHash: old.planHash,
    });
    expect(refused).toMatchObject({ status: 409, body: { code: 'superseded' } });
    expect(await muster.api.sync(tenant, old.id)).toMatchObject({ supersededBy: newer.id, held: 0 });
  }
});

function expectEnding(sync: SyncAnswer, ending: Ending): void {
  const { state, wholeness, code, says, retries, status, holding, notSeen, totals } = ending;
  expect(sync, sync.summary).toMatchObject({ state, manifest: { wholeness } });
  expect(sync.manifest?.evidence.reason).toMatch(/\w+ \w+/);
  const counted = Object.values(sync.counts).reduce((sum, count) => sum + count, 0);
  if (state === 'failed') {
    expect(sync.failure?.code).toBe(code);
    expect(sync.summary).toContain(sync.failure?.message);
    expect(sync.counts).toMatchObject({ deprovisioned: 0 });
  } else {
    const removals = sync.totals.filter(({ outcome }) => outcome === 'deprovisioned');
    expect(counted - removals.reduce((sum, { count }) => sum + count, 0)).toBe(sync.manifest?.records);
    expect(removals.every((total) => total.state === 'held')).toBe(true);
    if (wholeness === 'truncated') expect(removals).toEqual([]);
  }
  if (says !== undefined) expect(sync.summary).toMatch(says);
  if (retries !== undefined) expect(sync.manifest?.fetch.retries).toBeGreaterThanOrEqual(retries);
  if (status !== undefined) expect(sync.manifest?.fetch.byStatus[status]).toBeGreaterThanOrEqual(1);
  const tripped = sync.safeguards.filter((verdict) => verdict.tripped).map(({ rule }) => rule);
  expect(tripped).toEqual(holding ?? []);
  if (notSeen !== undefined) expect(sync.notSeen).toBe(notSeen);
  for (const [key, count] of Object.entries(totals ?? {})) {
    const [outcome, reason] = key.split(':');
    const found = sync.totals.filter((total) => total.outcome === outcome && total.reason === reason);
    expect([key, found.reduce((sum, total) => sum + total.count, 0)]).toEqual([key, count]);
  }
}
