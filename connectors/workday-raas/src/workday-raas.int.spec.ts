import type { HttpClientOptions, JsonValue, OwnSecrets } from '#connector-sdk';
import { Dialler, EgressPolicy, HttpClient, noOwnSecrets } from '#connector-sdk';
import { readFetch } from '#connector-sdk/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { Manner, MannerKind, WorkdaySimulator, WorkdaySimulatorOptions } from '../simulator/src/index.js';
import { startWorkdaySimulator } from '../simulator/src/index.js';
import { workdayRaas } from './workday-raas.connector.js';

const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function company(options: WorkdaySimulatorOptions = {}): Promise<WorkdaySimulator> {
  const simulator = await startWorkdaySimulator({ people: 250, seed: 7, ...options });
  closing.push(async () => simulator.stop());
  return simulator;
}

interface Wishes {
  cursor?: JsonValue;
  person?: string;
  by?: 'asUser' | 'withRefreshToken';
  config?: Record<string, unknown>;
  secrets?: Record<string, unknown>;
  ownSecrets?: OwnSecrets;
  http?: HttpClientOptions;
}

function contextFor(simulator: WorkdaySimulator, wishes: Wishes = {}) {
  const { cursor = null, person, by = 'asUser', config, secrets, ownSecrets = noOwnSecrets, http: options } = wishes;
  const waits: number[] = [];
  const http = new HttpClient({ dialler, sleep: async (ms) => void waits.push(ms), random: () => 1, ...options });
  closing.push(async () => http.close());
  return {
    config: workdayRaas.config.parse({ ...simulator[by].config, ...config }),
    secrets: workdayRaas.secrets.parse({ ...simulator[by].secrets, ...secrets }),
    ownSecrets,
    state: null,
    http,
    dialler,
    signal: options?.signal ?? new AbortController().signal,
    progress: () => undefined,
    log: () => undefined,
    cursor,
    person: person ?? null,
    waits,
  };
}

/** Everything that a fetch yielded, and how it ended. */
async function fetchAll(context: ReturnType<typeof contextFor>) {
  return readFetch(workdayRaas.fetch(context));
}

function textOf({ bytes }: { bytes: Uint8Array }): string {
  return Buffer.from(bytes).toString('utf8');
}

/** A literal that `JSON.stringify` leaves as it is; not among TypeScript's types yet. */
const { rawJSON: rawJson } = JSON as typeof JSON & { rawJSON(literal: string): unknown };

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('workday-raas reads a report', () => {
  it.each(['asUser', 'withRefreshToken'] as const)('of everybody, as sent, signed in %s', async (by) => {
    const simulator = await company();
    const { records, ids, end, error } = await fetchAll(contextFor(simulator, { by }));
    expect(error).toBeUndefined();
    expect(end).toEqual({ extent: 'full', lastPageSeen: true });
    expect(records.map(textOf)).toEqual(numbers(250).map((index) => JSON.stringify(simulator.entry(index))));
    expect(ids).toEqual(numbers(250).map((index) => simulator.id(index)));
    expect(simulator.counters()).toMatchObject({ reports: 1, tokens: by === 'asUser' ? 0 : 1 });
  });

  it('as JSON with its prompts as they are, whatever format its address has', async () => {
    const simulator = await company({ people: 1 });
    const reportUrl = `${String(simulator.asUser.config['reportUrl'])}?As_Of=2025-01-01&Org%21WID=a%20b&Format=simplexml`;
    const { ids } = await fetchAll(contextFor(simulator, { config: { reportUrl } }));
    expect(ids).toHaveLength(1);
    expect(simulator.counters().lastUrl.split('?')[1]).toBe('As_Of=2025-01-01&Org%21WID=a%20b&format=json');
  });

  it('by another column for the id', async () => {
    const simulator = await company({ people: 3 });
    const { ids } = await fetchAll(contextFor(simulator, { config: { idKey: 'workdayID' } }));
    expect(ids).toEqual(numbers(3).map((index) => simulator.entry(index)['workdayID']));
  });

  it('of one person, with the bytes that they have among everybody', async () => {
    const simulator = await company();
    const all = await fetchAll(contextFor(simulator));
    const one = await fetchAll(contextFor(simulator, { person: simulator.id(77) }));
    expect(one.end).toEqual({ extent: 'person', lastPageSeen: true });
    expect(one.records.map(textOf)).toEqual([textOf(all.records[77]!)]);
  });

  it('of nobody, for an id that Workday does not know', async () => {
    const { records, end } = await fetchAll(contextFor(await company(), { person: 'E9&format=xml/../x' }));
    expect(records).toEqual([]);
    expect(end).toMatchObject({ extent: 'person', lastPageSeen: true, note: expect.stringContaining('not know') });
  });

  it('no further than somebody reads', async () => {
    const simulator = await company({ people: 100_000, paddingBytes: 1000 });
    const context = contextFor(simulator);
    const generator = workdayRaas.fetch(context);
    await generator.next();
    await generator.return({ extent: 'full', lastPageSeen: false });
    expect(context.http.stats.bytesReceived).toBeLessThan(10 * 1024 * 1024);
  });

  it('of 300 MB in flat memory', async () => {
    const [people, paddingBytes] = [150_000, 1800];
    const simulator = await company({ people, paddingBytes });
    const context = contextFor(simulator);
    let [records, bytes, startRss, peakRss] = [0, 0, 0, 0];
    for await (const batch of workdayRaas.fetch(context)) {
      records += batch.records.length;
      for (const record of batch.records) bytes += record.bytes.length;
      const { rss } = process.memoryUsage();
      if (bytes < 30 * 1024 * 1024) startRss = Math.max(startRss, rss);
      peakRss = Math.max(peakRss, rss);
    }
    expect(records).toBe(people);
    expect(context.http.stats.bytesReceived).toBeGreaterThan(300 * 1024 * 1024);
    expect((peakRss - startRss) / 1024 / 1024).toBeLessThan(100);
  }, 120_000);
});

describe('workday-raas gets over', () => {
  it.each([
    ['a token that is refused once', 'withRefreshToken', { kind: 'unauthorized', times: 1 }, { '401': 1 }],
    ['a token that may not, once', 'withRefreshToken', { kind: 'forbidden', times: 1 }, { '403': 1 }],
  ] as const)('%s', async (_, by, manner, retriesByCause) => {
    const simulator = await company();
    simulator.behave(manner);
    const context = contextFor(simulator, { by });
    const { ids, end } = await fetchAll(context);
    expect(end).toEqual({ extent: 'full', lastPageSeen: true });
    expect(new Set(ids).size).toBe(250);
    expect(context.http.stats.retriesByCause).toEqual(retriesByCause);
    if (by === 'withRefreshToken') expect(simulator.counters().tokens).toBe(2);
  });

  it('refresh tokens that are good for one use, in one fetch after another', async () => {
    const simulator = await company({ isRotating: true });
    let stored = String(simulator.withRefreshToken.secrets['refreshToken']);
    const ownSecrets: OwnSecrets = {
      read: async () => stored,
      replace: async (_, { from, to }) => {
        expect(from).toBe(stored);
        stored = to;
        return 'replaced';
      },
    };
    simulator.behave({ kind: 'unauthorized', times: 1 });
    for (const _ of numbers(2)) {
      const context = contextFor(simulator, {
        by: 'withRefreshToken',
        secrets: { refreshToken: stored },
        ownSecrets,
      });
      expect((await fetchAll(context)).ids).toHaveLength(250);
      expect(stored).toBe(simulator.refreshToken);
    }
    expect(simulator.counters().tokens).toBe(3);
    expect(simulator.refusedTokens).toBe(0);
  });
});

describe('workday-raas keeps what came, as a part of everybody,', () => {
  it.each([
    ['of a report that is cut', { kind: 'cut', afterEntries: 120 }, /cut its response short/],
    [
      'of a report that ends in the middle as if it were whole',
      { kind: 'cutCleanly', afterEntries: 120 },
      /ends in the middle/,
    ],
    ['of a report that goes silent', { kind: 'stall', afterEntries: 120 }, /went silent for 1 s/],
  ] as const)('%s', async (_, manner, says) => {
    const simulator = await company();
    simulator.behave(manner);
    const context = contextFor(simulator, { config: { idleSeconds: 1 } });
    const { ids, end, error } = await fetchAll(context);
    expect(error).toBeUndefined();
    expect(ids).toEqual(numbers(120).map((index) => simulator.id(index)));
    expect(end).toEqual({ extent: 'full', lastPageSeen: false, note: expect.stringMatching(says) });
    expect(end?.note).toMatch(/120 entries.+nobody is removed/);
    expect(simulator.counters().reports).toBe(1);
  });

  it.each(['emptyObject', 'emptyList'] as const)('nobody of a report without rows: %s', async (kind) => {
    const simulator = await company();
    simulator.behave(kind);
    const { records, end, error } = await fetchAll(contextFor(simulator));
    expect(error).toBeUndefined();
    expect(records).toEqual([]);
    expect(end).toEqual({
      extent: 'full',
      lastPageSeen: false,
      note: expect.stringMatching(/no rows.+nobody is removed/),
    });
  });
});

describe('workday-raas ends', () => {
  it.each([
    ['a web page instead of a report', 'webPage', 'SourceFatalError', 'webPage'],
    ['an object that is no report', 'otherObject', 'SourceFatalError', 'notAReport'],
    ['junk behind the end', 'junkBehind', 'SourceFatalError', 'malformedReport'],
    ['a second list of entries', 'entriesTwice', 'SourceFatalError', 'malformedReport'],
    ['an entry whose end nobody can tell', 'brokenEntry', 'SourceFatalError', 'malformedReport'],
    ['an empty body', 'emptyBody', 'SourceRetriableError', 'reportCutShort'],
    ['a cut before the first entry', { kind: 'cut', afterEntries: 0 }, 'SourceRetriableError', 'truncatedBody'],
    [
      'a clean cut before the first entry',
      { kind: 'cutCleanly', afterEntries: 0 },
      'SourceRetriableError',
      'reportCutShort',
    ],
  ] as const)('at %s', async (_, manner: Manner | MannerKind, name, code) => {
    const simulator = await company();
    simulator.behave(manner);
    const { error } = await fetchAll(contextFor(simulator));
    expect(error).toMatchObject({ name, code });

    simulator.behave(null);
    expect((await fetchAll(contextFor(simulator))).end).toMatchObject({ lastPageSeen: true });
  });

  it.each([
    ['unauthorized', 'unauthorized', 'asUser', 1],
    ['forbidden', 'forbidden', 'asUser', 1],
    ['unauthorized', 'unauthorized', 'withRefreshToken', 2],
    ['forbidden', 'forbidden', 'withRefreshToken', 2],
  ] as const)('at %s without end: %s, signed in %s', async (manner, code, by, requests) => {
    const simulator = await company();
    simulator.behave(manner);
    const { error } = await fetchAll(contextFor(simulator, { by }));
    expect(error).toMatchObject({ name: 'SourceCredentialsError', code });
    expect(simulator.counters().reports).toBe(requests);
    expect(String(error)).not.toContain('lmcneil');
  });

  it.each([
    ['a wrong password', 'asUser', { password: 'wrong' }, 'unauthorized'],
    ['a wrong client secret', 'withRefreshToken', { clientSecret: 'wrong' }, 'tokenRefused'],
    ['a wrong refresh token', 'withRefreshToken', { refreshToken: 'wrong' }, 'tokenRefused'],
  ] as const)('at %s, without showing it', async (_, by, secrets, code) => {
    const { error } = await fetchAll(contextFor(await company(), { by, secrets }));
    expect(error).toMatchObject({ name: 'SourceCredentialsError', code });
    expect(JSON.stringify(error) + String(error)).not.toMatch(/wrong|workday-password|workday-client-secret/);
  });

  it('at a secret that is missing, by its name', async () => {
    const { error } = await fetchAll(contextFor(await company(), { secrets: { password: undefined } }));
    expect(error).toMatchObject({
      name: 'SourceConfigurationError',
      code: 'secretMissing',
      fields: { name: 'password' },
    });
  });

  it('at an answer that takes too long to begin', async () => {
    const simulator = await company();
    simulator.behave('silent');
    const context = contextFor(simulator, { config: { firstAnswerSeconds: 1 }, http: { backoff: { maxAttempts: 1 } } });
    expect((await fetchAll(context)).error).toMatchObject({ name: 'SourceRetriableError', code: 'timeout' });
  });

  it('at a report larger than it may be', async () => {
    const context = contextFor(await company(), { config: { maxReportBytes: 10_000 } });
    const { error } = await fetchAll(context);
    expect(error).toMatchObject({ name: 'SourceFatalError', code: 'responseTooLarge' });
  });

  it('at a report of one person that has another, is missing, or cannot be read', async () => {
    const simulator = await company();
    const person = simulator.id(3);
    const other = `${String(simulator.asUser.config['personReportUrl'])}`.replace('{id}', `${simulator.id(4)}&x={id}`);
    const errors = await Promise.all([
      fetchAll(contextFor(simulator, { person, config: { personReportUrl: other } })),
      fetchAll(contextFor(simulator, { person, config: { personReportUrl: undefined } })),
    ]);
    expect(errors.map(({ error }) => error)).toMatchObject([
      { name: 'SourceFatalError', code: 'otherPerson' },
      { name: 'SourceConfigurationError', code: 'personReportMissing' },
    ]);
    simulator.behave('webPage');
    expect((await fetchAll(contextFor(simulator, { person }))).error).toMatchObject({
      name: 'SourceFatalError',
      code: 'malformedReport',
    });
    expect(errors.map(({ error }) => String(error)).join()).not.toContain(person);
  });

  it('at a cursor: it cannot go on in the middle', async () => {
    const { error } = await fetchAll(contextFor(await company(), { cursor: 12 }));
    expect(error).toMatchObject({ name: 'SourceFatalError', code: 'unknownCursor' });
  });
});

describe('workday-raas passes on, for the pipeline to judge,', () => {
  it('numbers beyond 2^53 and entries without an id, byte for byte', async () => {
    const simulator = await company({ people: 3 });
    simulator.patch(simulator.id(1), { Employee_ID: undefined });
    simulator.patch(simulator.id(2), { Employee_ID: rawJson('9007199254740993') });
    const { ids, records } = await fetchAll(contextFor(simulator));
    expect(ids).toEqual([simulator.id(0), null, '9007199254740993']);
    expect(records.slice(1).map(textOf)).toEqual([1, 2].map((index) => JSON.stringify(simulator.entry(index))));
    expect(textOf(records[2]!)).toContain('"Employee_ID":9007199254740993,');
  });
});

describe('workday-raas checks', () => {
  async function check(context: ReturnType<typeof contextFor>) {
    const steps = [];
    for await (const step of workdayRaas.check(context)) steps.push(step);
    return steps;
  }

  it.each(['asUser', 'withRefreshToken'] as const)('every step, signed in %s, with nobody by name', async (by) => {
    const simulator = await company({ people: 50_000, paddingBytes: 500 });
    const context = contextFor(simulator, { by });
    const steps = await check(context);
    expect(steps.map(({ step, ok }) => [step, ok])).toEqual(
      ['configuration', 'dns', 'connect', 'credentials', 'firstPage', 'sample'].map((step) => [step, true]),
    );
    expect(steps[5]?.details).toEqual({ fields: Object.keys(simulator.entry(0)) });
    const { Preferred_Name: name, 'Email_-_Work': mail } = simulator.entry(0);
    expect(JSON.stringify(steps)).not.toContain(String(name));
    expect(JSON.stringify(steps)).not.toContain(String(mail));
    expect(context.http.stats.bytesReceived).toBeLessThan(5 * 1024 * 1024);
  });

  it.each([
    ['configuration', { secrets: { password: undefined } }, null, /password/],
    ['dns', { config: { reportUrl: 'http://nowhere.invalid/r', personReportUrl: undefined } }, null, /nowhere/],
    ['connect', { config: { reportUrl: 'http://127.0.0.1:1/r', personReportUrl: undefined } }, null, /ECONNREFUSED/],
    ['credentials', { secrets: { password: 'wrong' } }, null, /401/],
    ['credentials', {}, 'forbidden', /403/],
    ['credentials', { by: 'withRefreshToken', secrets: { refreshToken: 'wrong' } }, null, /refresh token/],
    ['firstPage', {}, 'webPage', /login page/],
    ['firstPage', {}, 'emptyObject', /no rows/],
    ['firstPage', {}, 'error500', /500/],
    ['sample', { config: { idKey: 'Worker_No' } }, null, /no Worker_No.+Employee_ID/],
  ] as const)('and stops at %s when it fails: %j, %s', async (failing, wishes: Wishes, manner, says) => {
    const simulator = await company();
    simulator.behave(manner);
    const steps = await check(contextFor(simulator, wishes));
    expect(steps.at(-1)).toMatchObject({ step: failing, ok: false, message: expect.stringMatching(says) });
    expect(steps.slice(0, -1).every(({ ok }) => ok)).toBe(true);
  });
});
