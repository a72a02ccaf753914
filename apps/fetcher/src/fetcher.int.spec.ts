import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AcmeSimulator, startAcmeSimulator } from '../../../connectors/acme-hr/simulator/src/index.js';
import { acmeHr } from '#connectors/acme-hr';
import { type ConnectorDefinition, SourceFatalError } from '#connector-sdk';
import { CheckStore, ConnectorStateStore, type JsonValue, SettlementStore, SnapshotStore, SyncStore } from '#core';
import {
  manifestOf,
  newDataDirectory,
  queueSync,
  range,
  record,
  type RunningFetcher,
  scripted,
  seed,
  startFetcher,
  storedRecords,
} from './running-fetcher.spec.js';

let directory: ReturnType<typeof newDataDirectory>;
let running: RunningFetcher[];

beforeEach(() => {
  directory = newDataDirectory();
  running = [];
});

afterEach(async () => {
  for (const fetcher of running) await fetcher.stop();
  directory.remove();
});

async function start(connector: ConnectorDefinition, settings?: Record<string, string>): Promise<RunningFetcher> {
  const fetcher = await startFetcher(directory.path, [connector], settings);
  running.push(fetcher);
  return fetcher;
}

async function stop(fetcher: RunningFetcher): Promise<void> {
  running = running.filter((other) => other !== fetcher);
  await fetcher.stop();
}

const texts = (records: { bytes: Uint8Array }[]) => records.map(({ bytes }) => Buffer.from(bytes).toString('utf8'));
const wholeEnd = { extent: 'full', lastPageSeen: true } as const;

describe('a fetch', () => {
  it('stores every record once, publishes every page and proves the snapshot whole', async () => {
    const connector = scripted(async function* () {
      yield { records: range(0, 700), next: 'b', declaredTotal: 1200 };
      yield { records: range(700, 1200), next: null, declaredTotal: 1200 };
      return wholeEnd;
    });
    const fetcher = await start(connector);
    const sync = await queueSync(fetcher, connector, await seed(fetcher, connector));
    const manifest = await manifestOf(fetcher, sync);
    expect(manifest).toMatchObject({ pages: 3, records: 1200, extent: 'full', wholeness: 'complete', failure: null });
    expect(manifest.evidence).toMatchObject({ declaredFirst: 1200, declaredLast: 1200, distinctSourceIds: 1200 });
    expect(await storedRecords(fetcher, sync)).toEqual(texts(range(0, 1200)));
    await vi.waitFor(() => expect(fetcher.published).toHaveLength(3));
    const seqs = fetcher.published.map(({ page, firstSeq, records }) => [page, firstSeq, records]);
    expect(seqs.sort()).toEqual([
      [0, 0, 500],
      [1, 500, 500],
      [2, 1000, 200],
    ]);
    expect(fetcher.commands).toContainEqual(expect.objectContaining({ role: 'reporter', syncId: sync.id }));
  });

  it('goes on from the last stored page after it was interrupted', async () => {
    const cursors: (JsonValue | null)[] = [];
    let isHanging = true;
    // Whose id the connector could tell although the rest cannot be read counts before and after.
    const unreadable = { sourceId: range(17, 18)[0]?.sourceId ?? '', bytes: Buffer.from('{"id": nonsense}') };
    const firstBatch = range(0, 800).with(17, unreadable);
    const connector = scripted(async function* ({ cursor, signal }) {
      cursors.push(cursor);
      if (cursor === null) yield { records: firstBatch, next: 'second', declaredTotal: 1500 };
      if (cursor === null && isHanging) {
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
      }
      yield { records: range(800, 1500), next: null, declaredTotal: 1500 };
      return wholeEnd;
    });
    const first = await start(connector);
    const sync = await queueSync(first, connector, await seed(first, connector));
    await vi.waitFor(async () => expect(await storedRecords(first, sync)).toHaveLength(500));
    await stop(first);
    isHanging = false;

    const second = await start(connector);
    const manifest = await manifestOf(second, sync);
    // The first batch was cut after 500 records: it is asked for again, and its stored part is not stored twice.
    expect(cursors).toEqual([null, null]);
    expect(manifest).toMatchObject({ records: 1500, wholeness: 'complete' });
    expect(manifest.evidence).toMatchObject({ declaredFirst: 1500, distinctSourceIds: 1500 });
    expect(await storedRecords(second, sync)).toEqual(texts([...firstBatch, ...range(800, 1500)]));
    await vi.waitFor(() => expect(new Set(second.published.map(({ page }) => page)).size).toBe(3));
  });

  it('fails when the source sends something else at the place where it was interrupted', async () => {
    let asked = 0;
    const connector = scripted(async function* ({ signal }) {
      asked += 1;
      const shift = asked - 1;
      yield { records: range(shift, 800 + shift), next: 'second', declaredTotal: 800 };
      if (asked === 1) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error())));
      return wholeEnd;
    });
    const first = await start(connector);
    const sync = await queueSync(first, connector, await seed(first, connector));
    await vi.waitFor(async () => expect(await storedRecords(first, sync)).toHaveLength(500));
    await stop(first);
    const manifest = await manifestOf(await start(connector), sync);
    expect(manifest).toMatchObject({ wholeness: 'failed', failure: { code: 'sourceChanged' } });
  });

  it('keeps the head and hash of a record that is too large, and gives large ones pages of their own', async () => {
    const large = 600 * 1024;
    const huge = 9 * 1024 * 1024;
    const connector = scripted(async function* () {
      yield { records: [record(1), record(2, large), record(3, huge), record(4)], next: null, declaredTotal: 4 };
      return wholeEnd;
    });
    const fetcher = await start(connector);
    const sync = await queueSync(fetcher, connector, await seed(fetcher, connector));
    expect(await manifestOf(fetcher, sync)).toMatchObject({ pages: 3, records: 4, wholeness: 'complete' });
    const stored = await storedRecords(fetcher, sync);
    expect(stored[1]).toHaveLength(record(2, large).bytes.length);
    expect(stored[2]).toHaveLength(64 * 1024);
  });

  it('sends a page over 1 MiB by reference', async () => {
    const connector = scripted(async function* () {
      yield { records: [record(1), record(2, 1024 * 1024)], next: null, declaredTotal: 2 };
      return wholeEnd;
    });
    const fetcher = await start(connector);
    await manifestOf(fetcher, await queueSync(fetcher, connector, await seed(fetcher, connector)));
    await vi.waitFor(() => expect(fetcher.published).toHaveLength(2));
    const bodies = fetcher.published.sort((a, b) => a.page - b.page).map(({ body }) => body === null);
    expect(bodies).toEqual([false, true]);
  });

  it('says why a snapshot is not whole', async () => {
    const connector = scripted(async function* () {
      yield { records: range(0, 10), next: 'b', declaredTotal: 20 };
      yield { records: range(9, 19), next: null, declaredTotal: 20 };
      return wholeEnd;
    });
    const fetcher = await start(connector);
    const manifest = await manifestOf(fetcher, await queueSync(fetcher, connector, await seed(fetcher, connector)));
    expect(manifest.wholeness).toBe('truncated');
    expect(manifest.evidence.reason).toBe('The source declared 20 people and sent 19 different ones in 20 records.');
  });

  it('ends failed, with what was read, when the source gives up', async () => {
    const connector = scripted(async function* () {
      yield { records: range(0, 500), next: 'b', declaredTotal: 1000 };
      throw new SourceFatalError({ code: 'brokenList', message: 'The list is broken.' });
    });
    const fetcher = await start(connector);
    const manifest = await manifestOf(fetcher, await queueSync(fetcher, connector, await seed(fetcher, connector)));
    expect(manifest).toMatchObject({
      wholeness: 'failed',
      records: 500,
      failure: { code: 'brokenList', message: 'The list is broken.' },
    });
  });

  it('never shows the words of an error that a connector did not foresee', async () => {
    const connector = scripted(async function* () {
      yield { records: range(0, 1), next: 'b' };
      throw new TypeError('cannot read Jane Doe');
    });
    const fetcher = await start(connector);
    const manifest = await manifestOf(fetcher, await queueSync(fetcher, connector, await seed(fetcher, connector)));
    expect(manifest.failure).toMatchObject({ code: 'unclassified' });
    expect(JSON.stringify(manifest)).not.toContain('Jane');
  });

  it('stops when it is cancelled', async () => {
    const connector = scripted(async function* ({ signal }) {
      yield { records: range(0, 500), next: 'b', declaredTotal: 1000 };
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
      return wholeEnd;
    });
    const fetcher = await start(connector);
    const sync = await queueSync(fetcher, connector, await seed(fetcher, connector));
    await vi.waitFor(() => expect(fetcher.published).toHaveLength(1));
    await fetcher.app.get(SyncStore).requestCancel(sync.tenantId, sync.id);
    expect(await manifestOf(fetcher, sync)).toMatchObject({ wholeness: 'failed', failure: { code: 'cancelled' } });
  });

  it('stores while another live sync is in the pipeline, and publishes when that has ended', async () => {
    const connector = scripted(async function* () {
      yield { records: range(0, 600), next: null, declaredTotal: 600 };
      return wholeEnd;
    });
    const fetcher = await start(connector);
    const integration = await seed(fetcher, connector);
    const first = await queueSync(fetcher, connector, integration);
    await manifestOf(fetcher, first);
    await vi.waitFor(() => expect(fetcher.published).toHaveLength(2));
    const second = await queueSync(fetcher, connector, integration);
    await vi.waitFor(async () => expect(await storedRecords(fetcher, second)).toHaveLength(600));
    await sleep(100);
    expect(fetcher.published.filter(({ syncId }) => syncId === second.id)).toEqual([]);
    expect(await fetcher.app.get(SnapshotStore).manifest(second.tenantId, second.id)).toBeNull();

    await fetcher.app.get(SyncStore).move(first.tenantId, first.id, 'queued', 'completed', { inPipeline: false });
    fetcher.wake();
    expect(await manifestOf(fetcher, second)).toMatchObject({ records: 600, wholeness: 'complete' });
    await vi.waitFor(() => expect(fetcher.published.filter(({ syncId }) => syncId === second.id)).toHaveLength(2));
  });

  it('replays a stored snapshot under another id without calling the source', async () => {
    let calls = 0;
    const connector = scripted(async function* () {
      calls += 1;
      yield { records: range(0, 600), next: null, declaredTotal: 600 };
      return wholeEnd;
    });
    const fetcher = await start(connector);
    const integration = await seed(fetcher, connector);
    const original = await queueSync(fetcher, connector, integration, { mode: 'dry' });
    const { evidence } = await manifestOf(fetcher, original);
    const replay = await queueSync(fetcher, connector, integration, {
      mode: 'dry',
      trigger: 'replay',
      snapshotOf: original.id,
    });
    expect(await manifestOf(fetcher, replay)).toMatchObject({ records: 600, wholeness: 'complete', evidence });
    expect(calls).toBe(1);
    await vi.waitFor(() => expect(fetcher.published.filter(({ syncId }) => syncId === replay.id)).toHaveLength(2));
  });

  it('says so when the snapshot to replay is gone', async () => {
    const connector = scripted(async function* () {
      yield { records: range(0, 1), next: null, declaredTotal: 1 };
      return wholeEnd;
    });
    const fetcher = await start(connector);
    const integration = await seed(fetcher, connector);
    const original = await queueSync(fetcher, connector, integration, { mode: 'dry' });
    await manifestOf(fetcher, original);
    await fetcher.app.get(SnapshotStore).deleteFinishedBefore('2999-01-01T00:00:00.000Z', [], 100);
    const replay = await queueSync(fetcher, connector, integration, { mode: 'dry', snapshotOf: original.id });
    expect(await manifestOf(fetcher, replay)).toMatchObject({ wholeness: 'failed', failure: { code: 'snapshotGone' } });
  });

  it('refuses settings that the connector does not accept, naming the fields', async () => {
    const fetcher = await start(acmeHr);
    const integration = await seed(fetcher, acmeHr, { config: { baseUrl: 'nonsense', clientId: 'x' } });
    const manifest = await manifestOf(fetcher, await queueSync(fetcher, acmeHr, integration));
    expect(manifest.failure?.code).toBe('sourceConfiguration');
    expect(manifest.failure?.message).toMatch(/config\.baseUrl.*secrets\.clientSecret/);
  });
});

describe('committing', () => {
  it('moves the connector on once the last round is done, and archives at the source what was read', async () => {
    const archived: unknown[] = [];
    const connector = scripted(
      async function* () {
        yield { records: range(0, 1), next: null, declaredTotal: 1 };
        return { ...wholeEnd, state: { cursor: 7 } };
      },
      {
        commit: async ({ state }) => {
          archived.push(state);
        },
      },
    );
    const fetcher = await start(connector);
    const sync = await queueSync(fetcher, connector, await seed(fetcher, connector));
    await manifestOf(fetcher, sync);
    const states = fetcher.app.get(ConnectorStateStore);
    expect(await states.read(sync.tenantId, sync.integrationId)).toBeNull();

    await fetcher.app.get(SyncStore).move(sync.tenantId, sync.id, 'queued', 'applying', { round: 0 });
    const settlements = fetcher.app.get(SettlementStore);
    await settlements.sealSlices(sync.tenantId, sync.id, 0, 0);
    await settlements.finishRound(sync.tenantId, sync.id, 0);
    fetcher.wake();
    await vi.waitFor(async () =>
      expect(await states.read(sync.tenantId, sync.integrationId)).toEqual({
        generation: sync.generation,
        syncId: sync.id,
        state: { cursor: 7 },
      }),
    );
    expect(archived).toEqual([{ cursor: 7 }]);
  });
});

describe('with the Acme HR system', () => {
  let simulator: AcmeSimulator;

  beforeEach(async () => {
    simulator = await startAcmeSimulator({ people: 1200, seed: 5 });
  });

  afterEach(async () => {
    await simulator.stop();
  });

  async function fetchOnce(changes: Parameters<typeof queueSync>[3] = {}) {
    const fetcher = await start(acmeHr);
    const sync = await queueSync(fetcher, acmeHr, await seed(fetcher, acmeHr, simulator), changes);
    return { fetcher, sync, manifest: await manifestOf(fetcher, sync) };
  }

  it('reads the whole company and counts what it asked', async () => {
    const { manifest } = await fetchOnce();
    expect(manifest).toMatchObject({ records: 1200, wholeness: 'complete' });
    expect(manifest.fetch.byStatus['200']).toBe(manifest.fetch.requests);
  });

  it('reads one person, and nobody when the source does not know them', async () => {
    const { manifest, fetcher } = await fetchOnce({ person: 'nobody', lane: 'quick' });
    expect(manifest).toMatchObject({ records: 0, extent: 'person', wholeness: 'complete', failure: null });
    expect(fetcher.published).toEqual([]);
  });

  it.each([
    ['a dropped last page', 'dropLastPage', 'truncated', null],
    ['a wrong total', 'wrongTotal', 'truncated', null],
    ['a row that is sent twice instead of another', 'dropAndRepeat', 'truncated', null],
    ['a cursor that leads in a circle', 'loopCursor', 'failed', 'cursorLoop'],
    ['answers without a body', 'empty200', 'failed', 'emptyBody'],
  ] as const)('is not fooled by %s', async (_what, kind, wholeness, code) => {
    simulator.misbehave(kind);
    const { manifest } = await fetchOnce();
    expect(manifest.wholeness).toBe(wholeness);
    expect(manifest.failure?.code ?? null).toBe(code);
    expect(manifest.evidence.reason).not.toBe('');
  });

  it('recovers from a source that stumbles', async () => {
    simulator.misbehave({ kind: 'error500', times: 1, after: 1 });
    const { manifest } = await fetchOnce();
    expect(manifest).toMatchObject({ records: 1200, wholeness: 'complete' });
    expect(manifest.fetch.retries).toBe(1);
    expect(manifest.fetch.byStatus['500']).toBe(1);
  });

  async function checkOnce(fetcher: RunningFetcher) {
    const { tenantId, id: integrationId } = await seed(fetcher, acmeHr, simulator);
    const checks = fetcher.app.get(CheckStore);
    const check = { id: 'chk_1', tenantId, integrationId, requestedAt: '2026-01-01T00:00:00.000Z' };
    await checks.request({ ...check, finishedAt: null, steps: [] });
    fetcher.wake();
    return vi.waitFor(async () => {
      const found = await checks.check(tenantId, check.id);
      if (found === null || found.finishedAt === null) throw new Error('not answered yet');
      return found;
    });
  }

  it('answers a check step by step', async () => {
    const answered = await checkOnce(await start(acmeHr));
    expect(answered.steps.map(({ step, ok }) => [step, ok])).toEqual(
      ['configuration', 'dns', 'connect', 'credentials', 'firstPage', 'sample'].map((step) => [step, true]),
    );
    const { fields, moreFields } = answered.steps.at(-1) ?? {};
    expect(fields).toEqual(expect.arrayContaining(['workerId', 'legalName', 'contact']));
    expect(moreFields).toBe(0);
    expect(answered.steps.slice(0, -1).every((step) => !('fields' in step))).toBe(true);
  });

  it('is not connected to on this machine unless the operator allows it; check and sync name the setting', async () => {
    const fetcher = await start(acmeHr, {});
    const { steps } = await checkOnce(fetcher);
    expect(steps.at(-1)).toEqual({
      step: 'dns',
      ok: false,
      message: expect.stringMatching(/^127\.0\.0\.1 leads to a loopback address .* MUSTER_EGRESS_ALLOW/) as string,
    });
    const sync = await queueSync(fetcher, acmeHr, await seed(fetcher, acmeHr, simulator));
    const { failure } = await manifestOf(fetcher, sync);
    expect(failure).toMatchObject({ code: 'addressNotAllowed', recovery: 'configuration' });
    expect(failure?.message).toContain('MUSTER_EGRESS_ALLOW');
  });
});
