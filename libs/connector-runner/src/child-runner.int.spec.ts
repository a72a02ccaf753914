import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { Dialler, type SourceError } from '#connector-sdk';
import type { HostileMode } from '../../../connectors/hostile/src/index.js';
import type { ConnectorLimits } from './parent/connector-limits.js';
import { RunningConnector } from './running-connector.spec.js';

let running: RunningConnector | undefined;
let server: Server | undefined;
/** For what needs no limits of its own: it has always a process ahead. */
const usual = new RunningConnector();

afterAll(async () => usual.stop());

afterEach(async () => {
  await running?.stop();
  server?.close();
  running = server = undefined;
});

function start(limits: Partial<ConnectorLimits> = {}): RunningConnector {
  running = new RunningConnector(limits);
  return running;
}

async function listen(
  answer: string,
): Promise<{ address: string; connections(): number; openConnections(): Promise<number> }> {
  let connections = 0;
  const listening = createServer((socket) => {
    connections += 1;
    socket.write('welcome\n');
    socket.on('error', () => undefined).on('data', (said) => socket.end(`${answer} ${String(said)}`));
  });
  server = listening;
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    address: `tcp://127.0.0.1:${String((listening.address() as AddressInfo).port)}`,
    connections: () => connections,
    openConnections: promisify(listening.getConnections.bind(listening)),
  };
}

describe('a connector in a process of its own', () => {
  it('gives its records, byte for byte, and its end', async () => {
    const { records, end, error } = await start().fetch('healthy');
    expect(error).toBeUndefined();
    expect(end).toEqual({ extent: 'full', lastPageSeen: true });
    expect(records.map(({ sourceId }) => sourceId)).toEqual(['H0', 'H1', 'H2']);
    expect(records[1]?.bytes.toString()).toBe('{"id":"H1","name":"Person 1","mail":"h1@hostile.example"}');
    expect(await running?.ended()).toEqual({});
  });

  it('is checked, and moves on after a sync', async () => {
    const connector = start();
    const check = connector.open('healthy');
    const steps = [];
    for await (const { step, ok } of check.check()) steps.push([step, ok]);
    await check.close();
    expect(steps).toEqual([
      ['configuration', true],
      ['sample', true],
    ]);
    const healthy = connector.open('healthy');
    await healthy.commit();
    await healthy.close();
    const failing = connector.open('lacksCredentials');
    await expect(failing.commit()).rejects.toMatchObject({ name: 'SourceCredentialsError', code: 'asTold' });
    await failing.close();
  });

  it('has connections that were opened for it, and no byte of them is lost', async () => {
    const { address } = await listen('it is');
    const { records, error } = await start().fetch('greets', { address });
    expect(error).toBeUndefined();
    expect(records[0]?.bytes.toString()).toBe('welcome\nit is who is there\n');
  });

  it('is refused what the operator does not allow, in the same words', async () => {
    const { address, connections } = await listen('');
    const connector = start();
    for (const host of ['10.1.2.3', 'nowhere.invalid']) {
      const { error } = await connector.fetch('greets', { address: address.replace('127.0.0.1', host) });
      expect(error).toMatchObject({ name: 'SourceConfigurationError', fields: { host } });
    }
    expect(connections()).toBe(0);
  });

  it('has a secret renewed where it is kept, before it goes on', async () => {
    const connector = start();
    const kept = { token: 'first' };
    connector.ownSecrets = {
      read: async () => Promise.resolve(kept.token),
      replace: async (_name, { from, to }) => {
        if (kept.token !== from) return Promise.resolve('changed');
        kept.token = to;
        return Promise.resolve('replaced');
      },
    };
    const parts = connector.open('renewsItsToken');
    const fetched = parts.fetch({ cursor: null, person: null });
    await fetched.next();
    await fetched.next();
    expect(kept.token).toBe('renewed');
    await parts.close();
  });

  it('is given the time to hear and store what it asked for, when it is told to end', async () => {
    const connector = start({ endsWithinMs: 50 });
    let kept = 'first';
    connector.ownSecrets = {
      read: async () => Promise.resolve(kept),
      replace: async (_name, { to }) => {
        kept = to;
        return Promise.resolve('replaced');
      },
    };
    const asked = Promise.withResolvers<ServerResponse>();
    const tokens = createHttpServer((_request, response) => asked.resolve(response)).listen(0, '127.0.0.1');
    await once(tokens, 'listening');
    const address = `http://127.0.0.1:${String((tokens.address() as AddressInfo).port)}`;
    const run = connector.open('asksForItsToken', { address });
    const parts = run.fetch({ cursor: null, person: null });
    await parts.next();
    const waiting = parts.next();
    const response = await asked.promise;
    connector.controller.abort(new Error('cancelled'));
    await expect(waiting).rejects.toThrow('cancelled');
    const closed = run.close();
    // Longer than it would have without a request under way.
    await sleep(500);
    response.end('renewed');
    await closed;
    expect(kept).toBe('renewed');
    tokens.close();
  });

  it('shows no secret in what others see of its process', async () => {
    const secret = 'never-to-be-seen-4711';
    const connector = start();
    const run = connector.open('waits', { secrets: { token: secret } });
    await run.fetch({ cursor: null, person: null }).next();
    const pids = childPids();
    expect(pids.length).toBeGreaterThan(0);
    for (const pid of pids) {
      const seen = ['environ', 'cmdline'].map((file) => readFileSync(`/proc/${pid}/${file}`, 'latin1')).join();
      expect(seen).toContain('connector-runner');
      expect(seen).not.toContain(secret);
      expect(seen).not.toMatch(/MUSTER_|MONGODB|KAFKA/);
    }
    connector.controller.abort();
    await run.close();
  });

  it('stops when it is told to, and is ended when it does not hear', async () => {
    const connector = start();
    const run = connector.open('spins');
    const parts = run.fetch({ cursor: null, person: null });
    await parts.next();
    const [pid] = childPids();
    const waiting = parts.next();
    connector.controller.abort(new Error('cancelled'));
    await expect(waiting).rejects.toThrow('cancelled');
    await run.close();
    expect(await connector.ended()).toEqual({ deaf: 1 });
    expect(childPids()).not.toContain(pid);
  });
});

describe('the process of a connector whose parent is killed', () => {
  it.each(['waits', 'spins'] as const)('ends with it: %s', async (mode) => {
    const parent = spawn(process.execPath, ['--input-type=module', '-e', orphanMaker(mode)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(said.toString());
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});

/** A program that has a connector do something and says in which process. */
function orphanMaker(mode: HostileMode): string {
  const built = (file: string): string => JSON.stringify(new URL(`../../../dist/${file}`, import.meta.url).href);
  return `
    const { ChildRunner } = await import(${built('libs/connector-runner/src/index.js')});
    const { Dialler, noOwnSecrets } = await import(${built('libs/connector-sdk/src/index.js')});
    const { Metrics, SilentLogger } = await import(${built('libs/telemetry/src/index.js')});
    const { readFileSync } = await import('node:fs');
    const moduleUrl = ${built('connectors/hostile/src/index.js')};
    const { default: connector } = await import(moduleUrl);
    const run = new ChildRunner({ logger: new SilentLogger(), metrics: new Metrics() }).open({
      connector, moduleUrl, config: { mode: '${mode}', address: '' }, secrets: {}, ownSecrets: noOwnSecrets,
      state: null, dialler: new Dialler(), signal: new AbortController().signal, log: () => undefined,
    });
    const parts = run.fetch({ cursor: null, person: null });
    await parts.next();
    console.log(readFileSync('/proc/self/task/' + process.pid + '/children', 'utf8'));
    await parts.next();`;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** What the sync says, and how it is counted. */
const endings: [HostileMode, string, string, Partial<ConnectorLimits>?][] = [
  ['leaksHeap', 'connectorOutOfMemory', 'memory', { memoryMb: 200 }],
  ['leaksBuffers', 'connectorOutOfMemory', 'memory', { memoryMb: 200 }],
  ['spins', 'connectorBlocked', 'blocked', { blockedMs: 2_000 }],
  ['neverGoesOn', 'connectorSilent', 'silent', { silentMs: 1_500 }],
  ['neverGoesOnAndSpeaks', 'connectorTookTooLong', 'total', { totalMs: 6_000, silentMs: 5_000 }],
  ['neverEnds', 'connectorTooManyRecords', 'records', { maxRecords: 10_000 }],
  ['throwsLater', 'connectorCrashed', 'crashed'],
  ['rejectsLater', 'connectorCrashed', 'crashed'],
  ['exits', 'connectorCrashed', 'crashed'],
  ['aborts', 'connectorCrashed', 'crashed'],
  ['isKilled', 'connectorCrashed', 'crashed'],
];

describe('a connector that comes to a bad end', () => {
  it.each(endings)('%s: fails with %s', async (mode, code, reason, limits) => {
    const connector = start(limits);
    const { error } = await connector.fetch(mode);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toMatch(/^The connector.*(Report it|report it|raise MUSTER_|check the source)/s);
    expect((error as Error).message).not.toContain('Ada');
    expect(await connector.ended()).toEqual({ [reason]: 1 });
    expect(connector.log.lines.join('\n')).not.toContain('Ada');
  });
});

it('is ended when its check goes round in circles', async () => {
  const connector = start();
  const run = connector.open('neverEnds');
  const steps = [];
  await expect(async () => {
    for await (const { step } of run.check()) steps.push(step);
  }).rejects.toMatchObject({ code: 'connectorMisbehaved' });
  await run.close();
  expect(steps.length).toBeLessThanOrEqual(100);
});

it('is ended when it asks for too much at once', async () => {
  const connector = start();
  connector.dialler = new Dialler({ resolve: async () => new Promise(() => undefined) });
  const { error } = await connector.fetch('dialsEndlessly', { address: 'tcp://hr.example:1' });
  expect(error).toMatchObject({ code: 'connectorMisbehaved' });
  expect(await connector.ended()).toEqual({ protocol: 1 });
});

it.each(['writesIntoItsChannel', 'writesJsonIntoItsChannel', 'confirmsWhatNobodySent'] as const)(
  '%s: is ended, and takes nobody along',
  async (mode) => {
    const connector = start();
    const { error } = await connector.fetch(mode);
    expect(error).toMatchObject({ code: 'connectorMisbehaved' });
    expect(await connector.ended()).toEqual({ protocol: 1 });
  },
);

it.each(['dialsAndEnds', 'dialsAndIsKilled'] as const)(
  '%s: leaves no connection open that was made for it',
  async (mode) => {
    const { address, openConnections } = await listen('');
    const connector = start();
    for (let round = 0; round < 2; round += 1) await connector.fetch(mode, { address });
    await vi.waitFor(async () => expect(await openConnections()).toBe(0), { timeout: 10_000 });
  },
);

describe('what a connector throws', () => {
  it.each([
    ['isRetriable', 'SourceRetriableError', 'retriable'],
    ['lacksCredentials', 'SourceCredentialsError', 'credentials'],
    ['isMisconfigured', 'SourceConfigurationError', 'configuration'],
    ['isFatal', 'SourceFatalError', 'fatal'],
  ] as const)('%s keeps its class and what it says', async (mode, name, recovery) => {
    const { error, records } = await usual.fetch(mode);
    expect(records).toHaveLength(2);
    expect(error).toMatchObject({
      name,
      recovery,
      code: 'asTold',
      message: 'It is as it was told to be.',
      fields: { status: 418, host: 'hr.example', late: true },
    });
  });

  it.each(['throwsNull', 'throwsText', 'throwsError'] as const)('%s arrives as an error', async (mode) => {
    const { error } = await usual.fetch(mode);
    expect(error).toBeInstanceOf(Error);
    expect((error as SourceError).code).toBeUndefined();
    expect((error as Error).name).not.toContain('Ada');
  });
});

describe('a connector that yields junk', () => {
  it.each([
    ['yieldsText', /no batch/],
    ['yieldsNoRecords', /without a list of records/],
    ['yieldsNoObjects', /a record that is no object/],
    ['yieldsTextBytes', /bytes are no Uint8Array/],
    ['yieldsNumberIds', /neither text nor null/],
    ['yieldsTooMany', /200000 records; 100000 are allowed/],
    ['yieldsCyclicCursor', /a cursor that is no JSON/],
    ['yieldsBigCursor', /a cursor of 100002 characters/],
    ['yieldsDateCursor', /a cursor that is no JSON/],
    ['yieldsBigIntCursor', /a cursor that is no JSON/],
    ['yieldsNoCursor', /a cursor that is no JSON/],
    ['yieldsOddTotal', /declaredTotal is no number/],
    ['endsWithNothing', /without saying what it read/],
    ['endsWithOddState', /a state that is no JSON/],
    ['endsWithBigState', /a state of 2000002 characters/],
  ] as const)('%s: is told so', async (mode, said) => {
    const { error } = await usual.fetch(mode);
    expect(error).toMatchObject({ name: 'SourceFatalError', code: 'connectorMisbehaved' });
    expect((error as Error).message).toMatch(said);
  });

  it('leaves the head and the hash of a record that is too large', async () => {
    const { records, error } = await usual.fetch('yieldsGiant');
    expect(error).toBeUndefined();
    expect(records[2]).toMatchObject({ sourceId: 'H9', tooLarge: { length: 20 * 1024 * 1024 } });
    expect(records[2]?.bytes).toHaveLength(64 * 1024);
  });
});

describe('a connector that does what it may not', () => {
  it.each([
    ['readsFiles', 'FileSystemRead'],
    ['writesFiles', 'FileSystemWrite'],
    ['connectsItself', 'Net'],
    ['startsProcesses', 'ChildProcess'],
    ['startsThreads', 'WorkerThreads'],
  ] as const)('%s: is refused', async (mode, permission) => {
    const { address, connections } = await listen('');
    const { error } = await usual.fetch(mode, { address });
    expect(error).toMatchObject({ name: 'SourceFatalError', code: 'connectorNotPermitted', fields: { permission } });
    expect(connections()).toBe(0);
  });

  it('fetches: is refused, whatever the error is wrapped in', async () => {
    const { address, connections } = await listen('');
    const { error } = await usual.fetch('fetches', { address: address.replace('tcp:', 'http:') });
    expect(error).toMatchObject({ code: 'connectorNotPermitted' });
    expect(connections()).toBe(0);
  });

  it('is refused native code', async () => {
    expect((await usual.fetch('loadsAddons')).error).toBeInstanceOf(Error);
  });
});

describe('what a connector says', () => {
  it('to its standard output is counted and not kept', async () => {
    const { records, error } = await usual.fetch('writesOutput');
    expect(error).toBeUndefined();
    expect(records).toHaveLength(3);
    const told = usual.log.lines.filter((line) => line.startsWith('A connector wrote to its standard output'));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/"bytes":[1-9]\d{3,}/);
    expect(told[0]).not.toContain('Ada');
  });

  it('to operators is bounded', async () => {
    const { error } = await usual.fetch('logsMuch');
    expect(error).toBeUndefined();
    expect(usual.said).toHaveLength(1_000);
    expect(usual.said[0]).toBe('again 4000');
  });
});

/** Of the processes that connectors of this process have. */
function childPids(): string[] {
  const children = readFileSync(`/proc/self/task/${String(process.pid)}/children`, 'utf8').trim();
  return children === '' ? [] : children.split(' ');
}
