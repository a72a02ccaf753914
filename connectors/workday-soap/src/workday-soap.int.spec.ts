import { type CheckStep, Dialler, EgressPolicy, HttpClient, type JsonValue, noOwnSecrets } from '#connector-sdk';
import { readFetch } from '#connector-sdk/testing';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type SoapManner,
  startWorkdaySoapSimulator,
  type WorkdaySoapSimulator,
  type WorkdaySoapSimulatorOptions,
} from '../simulator/src/index.js';
import { workdaySoap } from './workday-soap.connector.js';

const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function company(options: WorkdaySoapSimulatorOptions = {}): Promise<WorkdaySoapSimulator> {
  const simulator = await startWorkdaySoapSimulator({ people: 250, seed: 7, ...options });
  closing.push(async () => simulator.stop());
  return simulator;
}

interface Wishes {
  cursor?: JsonValue;
  person?: string;
  config?: Record<string, unknown>;
  secrets?: Record<string, unknown>;
  signal?: AbortSignal;
}

function contextFor(simulator: WorkdaySoapSimulator, { cursor = null, person, config, secrets, signal }: Wishes = {}) {
  const http = new HttpClient({ dialler, sleep: async () => undefined, backoff: { maxAttempts: 3 } });
  closing.push(async () => http.close());
  return {
    config: workdaySoap.config.parse({ ...simulator.config, ...config }),
    secrets: workdaySoap.secrets.parse({ ...simulator.secrets, ...secrets }),
    ownSecrets: noOwnSecrets,
    state: null,
    http,
    dialler,
    signal: signal ?? new AbortController().signal,
    progress: () => undefined,
    log: () => undefined,
    cursor,
    person: person ?? null,
  };
}

async function read(simulator: WorkdaySoapSimulator, wishes: Wishes = {}) {
  return readFetch(workdaySoap.fetch(contextFor(simulator, wishes)));
}

async function checked(simulator: WorkdaySoapSimulator, wishes: Wishes = {}): Promise<CheckStep[]> {
  const steps: CheckStep[] = [];
  for await (const step of workdaySoap.check(contextFor(simulator, wishes))) steps.push(step);
  return steps;
}

/** Nothing of anybody, in whatever an operator sees. */
function expectNobodyIn(shown: unknown): void {
  expect(JSON.stringify(shown)).not.toMatch(/García|@workday\.example|E00000|workday <password>|3aa5550b/);
}

describe('workday-soap', () => {
  it('reads everybody page by page, as of one instant, with the total that Workday declares', async () => {
    const simulator = await company();
    const { batches, ids, end } = await read(simulator);
    expect(batches.map(({ records, declaredTotal }) => [records.length, declaredTotal])).toEqual([
      [100, 250],
      [100, 250],
      [50, 250],
    ]);
    expect(new Set(ids).size).toBe(250);
    expect(ids[3]).toBe(simulator.worker(3).wid);
    expect(end).toEqual({ extent: 'full', lastPageSeen: true });
    const { requests } = simulator;
    expect(requests.map(({ page, count }) => [page, count])).toEqual([
      [1, 100],
      [2, 100],
      [3, 100],
    ]);
    expect(new Set(requests.map(({ asOf }) => asOf)).size).toBe(1);
    expect(requests[0]).toMatchObject({
      version: 'v45.0',
      asOf: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      excludeInactive: false,
      responseGroups: expect.arrayContaining(['Include_Reference', 'Include_Organizations']),
    });
  });

  it('makes the same record of a worker in a page and alone, with every element as a list', async () => {
    const simulator = await company();
    const { wid, fullName } = simulator.worker(42);
    const everybody = await read(simulator);
    const alone = await read(simulator, { person: wid });
    expect(alone).toMatchObject({ ids: [wid], end: { extent: 'person', lastPageSeen: true } });
    expect(alone.records[0]).toEqual(everybody.records[42]);
    expect(JSON.parse(Buffer.from(alone.records[0]!.bytes).toString('utf8'))).toMatchObject({
      Worker_Reference: [{ ID: [{ '@type': 'WID', '#text': wid }, { '@type': 'Employee_ID' }] }],
      Worker_Descriptor: [fullName],
    });
  });

  it('takes another type of id, which not everybody has', async () => {
    const simulator = await company({ people: 10 });
    const config = { idType: 'Employee_ID' };
    expect((await read(simulator, { config })).ids).toEqual([
      ...Array.from({ length: 9 }, (_, index) => simulator.worker(index).employeeId),
      null,
    ]);
    expect((await read(simulator, { config, person: 'E0000004' })).ids).toEqual(['E0000004']);
    expect((await checked(simulator, { config })).at(-1)).toMatchObject({ step: 'sample', ok: false });
  });

  it.each(['nobody', '', '<&\'"', ']]>', 'E0000001'])('says that it does not know a person: %j', async (person) => {
    const { ids, end } = await read(await company(), { person });
    expect(ids).toEqual([]);
    expect(end).toMatchObject({ extent: 'person', lastPageSeen: true, note: /does not know/ });
  });

  it('leaves out whom the settings leave out', async () => {
    const simulator = await company({ people: 20 });
    simulator.change(3, { isActive: false });
    const { ids, batches } = await read(simulator, { config: { excludeInactive: true, excludeContingent: true } });
    expect(ids).toHaveLength(17);
    expect(batches[0]?.declaredTotal).toBe(17);
  });

  it('goes on where it was stopped, as of the same instant', async () => {
    const simulator = await company();
    const whole = await read(simulator);
    const cursor = whole.batches[1]!.next;
    const rest = await read(simulator, { cursor });
    expect(rest.ids).toEqual(whole.ids.slice(200));
    expect(rest.end).toEqual({ extent: 'full', lastPageSeen: true });
    expect(new Set(simulator.requests.map(({ asOf }) => asOf)).size).toBe(1);
    for (const unknown of ['3', 3, { page: 0, asOf: '' }, { page: '2' }, [1]]) {
      expect((await read(simulator, { cursor: unknown })).error).toMatchObject({ code: 'unknownCursor' });
    }
  });

  const errors: [SoapManner['kind'], string, string, number][] = [
    ['loginFault', 'SourceCredentialsError', 'loginRefused', 1],
    ['notAuthorized', 'SourceCredentialsError', 'forbidden', 1],
    ['validationFault', 'SourceConfigurationError', 'requestRefused', 1],
    ['processingFault', 'SourceRetriableError', 'processingFault', 3],
    ['error503', 'SourceRetriableError', 'sourceUnavailable', 3],
    ['html500', 'SourceRetriableError', 'sourceUnavailable', 3],
    ['webPage', 'SourceFatalError', 'webPage', 1],
    ['emptyBody', 'SourceRetriableError', 'answerCutShort', 3],
    ['cut', 'SourceRetriableError', 'truncatedBody', 3],
    ['cutCleanly', 'SourceRetriableError', 'answerCutShort', 3],
    ['malformed', 'SourceFatalError', 'malformedAnswer', 3],
    ['entities', 'SourceFatalError', 'webPage', 1],
    ['deep', 'SourceFatalError', 'answerTooLarge', 1],
    ['noResults', 'SourceFatalError', 'resultsMissing', 3],
    ['otherPage', 'SourceFatalError', 'otherPage', 1],
  ];
  it.each(errors)('ends at the first page, when Workday answers so: %s', async (kind, name, code, asked) => {
    const simulator = await company();
    simulator.behave(kind);
    const { error, batches } = await read(simulator);
    expect(error).toMatchObject({ name, code });
    expect(batches).toEqual([]);
    expect(simulator.requests).toHaveLength(asked);
    expectNobodyIn([(error as Error).message, (error as { fields?: unknown }).fields]);
    const last = (await checked(simulator)).at(-1);
    expect(last).toMatchObject({ ok: false, step: name === 'SourceCredentialsError' ? 'credentials' : 'firstPage' });
    expectNobodyIn(last);
  });

  it.each<[SoapManner['kind'], number]>([
    ['processingFault', 2],
    ['cut', 2],
    ['cutCleanly', 2],
    ['malformed', 1],
    ['error503', 2],
  ])('asks again for what a second try mends: %s', async (kind, times) => {
    const simulator = await company();
    simulator.behave({ kind, times, fromPage: 2 });
    const { ids, end } = await read(simulator);
    expect(new Set(ids).size).toBe(250);
    expect(end).toEqual({ extent: 'full', lastPageSeen: true });
    expect(simulator.requests).toHaveLength(3 + times);
  });

  it.each(['cutCleanly', 'cut'] as const)('uses the pages before one that stays cut short (%s)', async (kind) => {
    const simulator = await company();
    simulator.behave({ kind, fromPage: 3 });
    const { ids, end, error } = await read(simulator);
    expect(error).toBeUndefined();
    expect(ids).toHaveLength(200);
    expect(end).toMatchObject({ extent: 'full', lastPageSeen: false, note: /page 3.*Nobody is removed/ });
  });

  it('goes on behind a page with fewer workers than it declares, and removes nobody', async () => {
    const simulator = await company();
    simulator.behave({ kind: 'shortPage', fromPage: 2 });
    const { ids, end } = await read(simulator);
    expect(ids).toHaveLength(248);
    expect(end).toMatchObject({ lastPageSeen: false, note: /left out 2 workers.*Nobody is removed/ });
  });

  it('removes nobody because it is shown nobody', async () => {
    const simulator = await company();
    simulator.behave('nobody');
    const { end, ids } = await read(simulator);
    expect(ids).toEqual([]);
    expect(end).toMatchObject({ lastPageSeen: false, note: /security group/ });
  });

  it('passes on a total that changes between pages', async () => {
    const simulator = await company();
    simulator.behave('growingTotal');
    expect((await read(simulator)).batches.map(({ declaredTotal }) => declaredTotal)).toEqual([251, 252, 253]);
  });

  it('leaves a list that leads in a circle', async () => {
    const simulator = await company();
    simulator.behave({ kind: 'samePage', fromPage: 2 });
    const { error, batches } = await read(simulator);
    expect(error).toMatchObject({ name: 'SourceFatalError', code: 'pageLoop' });
    expect(batches).toHaveLength(1);
  });

  it('leaves a list whose last page leads back to the first, for ever', async () => {
    const simulator = await company();
    simulator.behave('circle');
    const { error, batches } = await readFetch(workdaySoap.fetch(contextFor(simulator)), { maxBatches: 50 });
    expect(error).toMatchObject({ name: 'SourceFatalError', code: 'pageLoop' });
    expect(batches.length).toBeLessThan(20);
    expectNobodyIn((error as Error).message);
  });

  it('leaves a list with an empty page in the middle', async () => {
    const simulator = await company();
    simulator.behave({ kind: 'emptyPage', fromPage: 2 });
    const { error, batches } = await read(simulator);
    expect(error).toMatchObject({ name: 'SourceFatalError', code: 'emptyPage' });
    expect(batches).toHaveLength(1);
  });

  it('sends a wrong password once, and refuses to send what XML cannot hold', async () => {
    const simulator = await company();
    expect((await read(simulator, { secrets: { password: 'wrong' } })).error).toMatchObject({ code: 'loginRefused' });
    expect(simulator.requests).toHaveLength(1);
    const { error } = await read(simulator, { secrets: { password: 'with\u0001control' } });
    expect(error).toMatchObject({ name: 'SourceConfigurationError', code: 'unwritable' });
    expect((error as Error).message).not.toMatch(/control/);
  });

  it('stops when it is told to', async () => {
    const simulator = await company();
    const stop = new AbortController();
    const fetch = workdaySoap.fetch(contextFor(simulator, { signal: stop.signal }));
    await fetch.next();
    stop.abort(new Error('cancelled'));
    await expect(fetch.next()).rejects.toThrow('cancelled');
  });

  it('reads no page larger than the settings allow', async () => {
    const simulator = await company({ people: 20, paddingBytes: 100_000 });
    const { error } = await read(simulator, { config: { maxPageBytes: 1_000_000 } });
    expect(error).toMatchObject({ name: 'SourceFatalError', code: 'responseTooLarge' });
    expect((await read(simulator, { config: { maxPageBytes: 1_000_000, pageSize: 5 } })).ids).toHaveLength(20);
  });

  it('is checked step by step, without showing anybody', async () => {
    const simulator = await company();
    const steps = await checked(simulator);
    expect(steps.map(({ step, ok }) => [step, ok])).toEqual(
      ['configuration', 'dns', 'connect', 'credentials', 'firstPage', 'sample'].map((step) => [step, true]),
    );
    expect(steps.at(-1)?.details).toEqual({
      fields: ['Worker_Reference', 'Worker_Descriptor', 'Worker_Data'],
      withoutId: 0,
    });
    expectNobodyIn(steps);
    simulator.behave('nobody');
    expect((await checked(simulator)).at(-1)).toMatchObject({ step: 'sample', ok: false });
  });
});
