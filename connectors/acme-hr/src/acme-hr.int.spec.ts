import type { HttpClientOptions, JsonValue } from '#connector-sdk';
import { Dialler, EgressPolicy, HttpClient, noOwnSecrets } from '#connector-sdk';
import { readFetch } from '#connector-sdk/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { AcmeSimulator, AcmeSimulatorOptions } from '../simulator/src/index.js';
import { startAcmeSimulator } from '../simulator/src/index.js';
import { acmeHr } from './acme-hr.connector.js';

const closing: (() => Promise<void>)[] = [];

/** The simulator is on this machine. */
const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) {
    await close();
  }
});

async function company(options: AcmeSimulatorOptions = {}): Promise<AcmeSimulator> {
  const simulator = await startAcmeSimulator({ people: 250, seed: 7, ...options });
  closing.push(async () => simulator.stop());
  return simulator;
}

interface Wishes {
  cursor?: JsonValue;
  person?: string;
  config?: Record<string, unknown>;
  secrets?: Record<string, unknown>;
  http?: HttpClientOptions;
}

function contextFor(simulator: AcmeSimulator, { cursor = null, person, config, secrets, http: options }: Wishes = {}) {
  const waits: number[] = [];
  const http = new HttpClient({ dialler, sleep: async (ms) => void waits.push(ms), random: () => 1, ...options });
  closing.push(async () => http.close());
  const progress: { records: number; total?: number }[] = [];
  return {
    config: acmeHr.config.parse({ ...simulator.config, pageSize: 100, ...config }),
    secrets: acmeHr.secrets.parse({ ...simulator.secrets, ...secrets }),
    ownSecrets: noOwnSecrets,
    state: null,
    http,
    dialler,
    signal: options?.signal ?? new AbortController().signal,
    progress: (step: { records: number; total?: number }) => void progress.push(step),
    log: () => undefined,
    cursor,
    person: person ?? null,
    waits,
    steps: progress,
  };
}

/** Everything that a fetch yielded, and how it ended. */
async function fetchAll(context: ReturnType<typeof contextFor>) {
  const read = await readFetch(acmeHr.fetch(context));
  return { ...read, totals: read.batches.map((batch) => batch.declaredTotal) };
}

function textOf({ bytes }: { bytes: Uint8Array }): string {
  return Buffer.from(bytes).toString('utf8');
}

describe('acme-hr reads a company', () => {
  it('yields everyone, as sent, with ids, cursors and the declared total', async () => {
    const simulator = await company();
    const context = contextFor(simulator);
    const { batches, records, ids, totals, end } = await fetchAll(context);

    expect(end).toEqual({ extent: 'full', lastPageSeen: true });
    expect(batches.map((batch) => batch.records.length)).toEqual([100, 100, 50]);
    expect(batches.map(({ next }) => typeof next)).toEqual(['string', 'string', 'object']);
    expect(totals).toEqual([250, 250, 250]);
    expect(new Set(ids).size).toBe(250);
    expect(records.map((record) => JSON.parse(textOf(record)) as unknown)).toEqual(
      ids.map((id) => simulator.worker(id ?? '')),
    );
    expect(context.steps).toEqual([100, 200, 250].map((count) => ({ records: count, total: 250 })));
    expect(simulator.counters()).toMatchObject({ token: 1, list: 3, writes: 0 });
  });

  it('keeps its place when people come and go between two pages', async () => {
    const simulator = await company();
    const generator = acmeHr.fetch(contextFor(simulator));
    const first = await generator.next();
    simulator.remove(['W0000003']);
    simulator.hire(5);
    const seen = new Set(first.done ? [] : first.value.records.map(({ sourceId }) => sourceId));
    let last: number | undefined;
    for (let step = await generator.next(); !step.done; step = await generator.next()) {
      step.value.records.forEach(({ sourceId }) => seen.add(sourceId));
      last = step.value.declaredTotal;
    }
    expect(seen.size).toBe(255);
    expect(last).toBe(254);
  });

  it('fetches one person with the same bytes as in the list', async () => {
    const simulator = await company();
    const all = await fetchAll(contextFor(simulator));
    const one = await fetchAll(contextFor(simulator, { person: 'W0000077' }));
    expect(one.end).toEqual({ extent: 'person', lastPageSeen: true });
    expect(one.records.map(textOf)).toEqual(all.records.filter(({ sourceId }) => sourceId === 'W0000077').map(textOf));
  });

  it('leaves the source as it was', async () => {
    const simulator = await company();
    const before = simulator.fingerprint();
    await fetchAll(contextFor(simulator));
    expect(simulator.fingerprint()).toBe(before);
    expect(simulator.counters().writes).toBe(0);
  });

  it('stops asking when nobody reads on', async () => {
    const simulator = await company({ people: 2000 });
    const generator = acmeHr.fetch(contextFor(simulator));
    await generator.next();
    await generator.return({ extent: 'full', lastPageSeen: false });
    expect(simulator.counters().list).toBeLessThanOrEqual(2);
  });
});

describe('acme-hr gets over', () => {
  it.each([
    ['a body cut short', { kind: 'truncate', times: 1, after: 1 }, { truncated: 1 }],
    [
      'a body cut short behind a fitting length',
      { kind: 'truncate', times: 1, after: 1, contentLength: 'correct' },
      { badResponse: 1 },
    ],
    ['an empty answer', { kind: 'empty200', times: 1, after: 1 }, { badResponse: 1 }],
    ['a token endpoint that stumbles', { kind: 'error500', times: 1, on: 'token' }, { '500': 1 }],
  ] as const)('%s', async (_, misbehaviour, retriesByCause) => {
    const simulator = await company();
    simulator.misbehave(misbehaviour);
    const context = contextFor(simulator);
    const { ids, end } = await fetchAll(context);
    expect(end).toEqual({ extent: 'full', lastPageSeen: true });
    expect(new Set(ids).size).toBe(250);
    expect(ids).toHaveLength(250);
    expect(context.http.stats.retriesByCause).toEqual(retriesByCause);
  });

  it('a rate limit no sooner than it was told, in seconds or as a date', async () => {
    const simulator = await company();
    const context = contextFor(simulator);
    simulator.misbehave({ kind: 'rateLimit', times: 1, retryAfterSeconds: 9 });
    await fetchAll(context);
    simulator.misbehave({ kind: 'rateLimit', times: 1, retryAfterSeconds: 60, retryAfterAsDate: true });
    await fetchAll(context);
    expect(context.waits[0]).toBe(9000);
    expect(context.waits[1]).toBeGreaterThan(50_000);
  });
});

describe('acme-hr ends', () => {
  it.each([
    ['bodies always cut short', { kind: 'truncate' }, 'SourceRetriableError', 'truncatedBody'],
    [
      'bodies always cut behind a fitting length',
      { kind: 'truncate', contentLength: 'correct' },
      'SourceFatalError',
      'malformedPage',
    ],
    ['empty answers without end', { kind: 'empty200' }, 'SourceFatalError', 'emptyBody'],
    ['a token that never holds', { kind: 'expireToken' }, 'SourceCredentialsError', 'unauthorized'],
    ['cursors in a circle', { kind: 'loopCursor' }, 'SourceFatalError', 'cursorLoop'],
  ] as const)('at %s', async (_, misbehaviour, name, code) => {
    const simulator = await company();
    simulator.misbehave({ after: 1, ...misbehaviour });
    const { batches, error } = await fetchAll(contextFor(simulator));
    expect(error).toMatchObject({ name, code });
    expect(batches).toHaveLength(1);

    simulator.behave();
    expect(new Set((await fetchAll(contextFor(simulator))).ids).size).toBe(250);
  });

  it.each([
    ['a wrong client secret', { clientSecret: 'wrong' }, 'tokenRefused'],
    ['a wrong signing key', { signingKey: 'wrong' }, 'forbidden'],
  ])('at %s, without showing it', async (_, secrets, code) => {
    const { error } = await fetchAll(contextFor(await company(), { secrets }));
    expect(error).toMatchObject({ name: 'SourceCredentialsError', code });
    expect(JSON.stringify(error) + String(error)).not.toMatch(/wrong|acme-client-secret|acme-signing-key/);
  });

  it('at a cursor that is not its own', async () => {
    const { error } = await fetchAll(contextFor(await company(), { cursor: 12 }));
    expect(error).toMatchObject({ name: 'SourceFatalError', code: 'unknownCursor' });
  });

  it('at an address without an HR system', async () => {
    const simulator = await company();
    const { error } = await fetchAll(
      contextFor(simulator, {
        config: { baseUrl: `${simulator.url}/elsewhere`, tokenUrl: `${simulator.url}/oauth/token` },
      }),
    );
    expect(error).toMatchObject({ name: 'SourceConfigurationError', code: 'addressNotFound' });
  });
});

describe('acme-hr passes on, for the pipeline to judge,', () => {
  it('half a company that looks whole', async () => {
    const simulator = await company();
    simulator.misbehave('loseHalf');
    const { ids, totals, error } = await fetchAll(contextFor(simulator));
    expect(error).toBeUndefined();
    expect(new Set(ids).size).toBe(125);
    expect(totals).toEqual([125, 125]);
  });

  it('a total that is wrong, or changes on the way', async () => {
    const simulator = await company();
    simulator.misbehave({ kind: 'wrongTotal', after: 1, total: 240 });
    const { ids, totals } = await fetchAll(contextFor(simulator));
    expect(ids).toHaveLength(250);
    expect(totals).toEqual([250, 240, 240]);
  });

  it('an empty list that claims to be everyone', async () => {
    const simulator = await company();
    simulator.misbehave('emptyList');
    const { batches, end } = await fetchAll(contextFor(simulator));
    expect(batches).toEqual([{ records: [], next: null, declaredTotal: 0 }]);
    expect(end).toMatchObject({ lastPageSeen: true });
  });

  it('a row that comes twice', async () => {
    const simulator = await company();
    simulator.misbehave({ kind: 'repeatRow', after: 1, times: 1 });
    const { ids } = await fetchAll(contextFor(simulator));
    expect(ids).toHaveLength(251);
    expect(ids[99]).toBe(ids[100]);
  });

  it('a row that comes twice where another is lost', async () => {
    const simulator = await company();
    simulator.misbehave({ kind: 'dropAndRepeat', times: 1 });
    const { ids, totals } = await fetchAll(contextFor(simulator));
    expect(ids).toHaveLength(250);
    expect(new Set(ids).size).toBe(249);
    expect(totals[0]).toBe(250);
  });

  it('a page that reads differently the second time', async () => {
    const simulator = await company();
    const { batches } = await fetchAll(contextFor(simulator));
    simulator.misbehave('sourceChanged');
    const cursor = batches[0]?.next ?? null;
    const twice = [
      await fetchAll(contextFor(simulator, { cursor })),
      await fetchAll(contextFor(simulator, { cursor })),
    ];
    expect(twice[0]?.ids).toEqual(twice[1]?.ids);
    expect(textOf(twice[0]!.records[0]!)).not.toBe(textOf(twice[1]!.records[0]!));
  });

  it('a record that is no JSON inside, with its id and its neighbours', async () => {
    const simulator = await company();
    simulator.misbehave({ kind: 'junkRecord', times: 1 });
    const { ids, records } = await fetchAll(contextFor(simulator));
    expect(new Set(ids).size).toBe(250);
    expect(() => JSON.parse(textOf(records[0]!)) as unknown).toThrow(SyntaxError);
  });

  it('a row that is no person at all', async () => {
    const simulator = await company();
    simulator.misbehave({ kind: 'junkRecord', times: 1, junk: 'wrongType' });
    const { ids, records } = await fetchAll(contextFor(simulator));
    expect(ids.filter((id) => id === null)).toHaveLength(1);
    expect(textOf(records[0]!)).toBe('42');
  });
});

describe('acme-hr checks', () => {
  async function check(context: ReturnType<typeof contextFor>) {
    const steps = [];
    for await (const step of acmeHr.check(context)) {
      steps.push(step);
    }
    return steps;
  }

  it('every step, with what was found and nobody by name', async () => {
    const simulator = await company();
    const steps = await check(contextFor(simulator));
    expect(steps.map(({ step, ok }) => [step, ok])).toEqual(
      ['configuration', 'dns', 'connect', 'credentials', 'firstPage', 'sample'].map((step) => [step, true]),
    );
    expect(steps[4]?.details).toEqual({ workers: 10, total: 250 });
    const { legalName, contact } = simulator.worker('W0000001') as {
      legalName: { family: string };
      contact: { workEmail: string };
    };
    expect(JSON.stringify(steps)).not.toContain(legalName.family);
    expect(JSON.stringify(steps)).not.toContain(contact.workEmail);
  });

  it.each([
    ['credentials', { secrets: { clientSecret: 'wrong' } }, null],
    ['firstPage', { secrets: { signingKey: 'wrong' } }, null],
    ['firstPage', {}, 'empty200'],
    ['sample', {}, 'emptyList'],
    ['connect', { config: { baseUrl: 'http://127.0.0.1:1' } }, null],
    ['dns', { config: { baseUrl: 'http://nowhere.invalid' } }, null],
  ] as const)('and stops at %s when it fails', async (failing, wishes, misbehaviour) => {
    const simulator = await company();
    if (misbehaviour) {
      simulator.misbehave(misbehaviour);
    }
    const steps = await check(contextFor(simulator, wishes));
    expect(steps.at(-1)).toMatchObject({ step: failing, ok: false });
    expect(steps.slice(0, -1).every(({ ok }) => ok)).toBe(true);
  });
});
