import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testServices, unusedPort } from '#testing';
import { BuiltProgram } from '../support/child-process.js';
import { newDistributedEngine, type TestEngine } from '../support/test-engine.js';

/** What an operator gets to see of a role whose servers are away, or whose settings are wrong. */

let engine: TestEngine;
let program: BuiltProgram | null = null;
const forwarders: Server[] = [];

beforeEach(() => {
  engine = newDistributedEngine();
});

afterEach(async () => {
  await program?.kill();
  program = null;
  for (const forwarder of forwarders.splice(0)) forwarder.close();
  await engine.remove();
});

async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Has whatever connects to that port of this machine reach a server. */
async function forward(port: number, address: string): Promise<void> {
  const [host = '', targetPort = ''] = address.split(':');
  const server = createServer((socket) => {
    const target = connect(Number(targetPort), host);
    socket.pipe(target).pipe(socket);
    for (const end of [socket, target]) end.on('error', () => [socket, target].map((one) => one.destroy()));
  });
  forwarders.push(server);
  await listen(server, port);
}

const valid = {
  MUSTER_MASTER_KEY: Buffer.alloc(32, 5).toString('base64'),
  MUSTER_ADMIN_KEY: 'mus_operator-of-the-deployment-tests',
};

/** Starts the reporter; resolves with its address at its first complaint. */
async function complaining(env: Record<string, string>): Promise<string> {
  const port = String(await unusedPort());
  program = await BuiltProgram.start('apps/reporter/src/main.js', {
    env: { ...engine.env, ...valid, MUSTER_PORT: port, ...env },
    listening: /(Muster cannot start yet)/,
  });
  return `http://127.0.0.1:${port}`;
}

interface Readiness {
  status: string;
  problems: { part: string; code: string; message: string }[];
}

async function readiness(url: string): Promise<{ http: number } & Readiness> {
  const response = await fetch(`${url}/readyz`);
  return { http: response.status, ...((await response.json()) as Readiness) };
}

async function ready(url: string): Promise<void> {
  // Between the waiting room and the application nobody listens for a moment.
  while ((await readiness(url).catch(() => null))?.http !== 200) await sleep(200);
}

describe('a role whose servers cannot be used yet', () => {
  const nobody = '127.0.0.1:1';
  const kafkaSasl = {
    KAFKA_BROKERS: testServices.kafkaSaslBrokers.join(','),
    KAFKA_SASL_MECHANISM: 'plain',
    KAFKA_SASL_USERNAME: 'muster',
    KAFKA_SASL_PASSWORD: 'wrong-word',
  };
  const otherSet = testServices.mongodbUri.replace(/replicaSet=\w+/, 'replicaSet=other');

  it.each([
    ['nobody answers at KAFKA_BROKERS', { KAFKA_BROKERS: nobody }, /127\.0\.0\.1:1: check KAFKA_BROKERS/],
    ['Kafka refuses the password', kafkaSasl, /refused the credentials: check .*KAFKA_SASL_PASSWORD/],
    [
      'nobody answers at MONGODB_URI',
      { MONGODB_URI: `mongodb://me:wrong-word@${nobody}/muster?replicaSet=muster` },
      /127\.0\.0\.1:1 \(MONGODB_URI\) does not answer/,
    ],
    ['MongoDB is another replica set', { MONGODB_URI: otherSet }, /not of the replica set that MONGODB_URI names/],
    [
      'both are away',
      { KAFKA_BROKERS: nobody, MONGODB_URI: `mongodb://${nobody}/muster?replicaSet=muster` },
      /KAFKA_BROKERS.*MONGODB_URI/,
    ],
  ])('lives, says why it is not ready and stops when asked: %s', async (_name, env, sentence) => {
    const url = await complaining(env);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const answer = await readiness(url);
    expect(answer).toMatchObject({ http: 503, status: 'notReady', problems: [{ part: 'start' }] });
    expect(answer.problems[0]?.message).toMatch(sentence);
    await program?.stop();
    expect(program?.ended).toBe(0);
    expect(program?.said.join('\n')).toMatch(sentence);
    expect(program?.said.join('\n')).not.toContain('wrong-word');
  });

  it('tries again with longer pauses, and works when the servers are there', async () => {
    const [kafkaPort, mongodbPort] = [await unusedPort(), await unusedPort()];
    const mongodb = new URL(engine.env['MONGODB_URI'] ?? '');
    const url = await complaining({
      KAFKA_BROKERS: `127.0.0.1:${String(kafkaPort)}`,
      MONGODB_URI: mongodb.href.replace(mongodb.host, `127.0.0.1:${String(mongodbPort)}`),
    });
    const pauses = (): number[] =>
      [...(program?.said.join('\n') ?? '').matchAll(/"pauseMs":(\d+)/g)].map(([, ms]) => Number(ms));
    while (pauses().length < 2) await sleep(100);
    expect(pauses().slice(0, 2)).toEqual([500, 1000]);
    await forward(kafkaPort, testServices.kafkaBrokers[0] ?? '');
    await forward(mongodbPort, mongodb.host);
    await ready(url);
    const me = await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${valid.MUSTER_ADMIN_KEY}` } });
    expect(me.status).toBe(200);
    await program?.stop();
    expect(program?.ended).toBe(0);
  });
});

describe('a role with settings that cannot work', () => {
  const start = (env: Record<string, string>): Promise<BuiltProgram> =>
    BuiltProgram.start('apps/mapper/src/main.js', {
      env: { KAFKA_BROKERS: '', MONGODB_URI: '', MUSTER_DATA_DIR: tmpdir(), ...env },
      listening: /(is ready)/,
    });

  it('names those that are missing, and ends', async () => {
    const problem = start({ MUSTER_ENGINE: 'distributed' });
    await expect(problem).rejects.toThrow(/ended \(1\)[^]*KAFKA_BROKERS must be set[^]*MONGODB_URI must be set/);
  });

  it('tells that a role needs the distributed engine', async () => {
    await expect(start({})).rejects.toThrow(/MUSTER_ENGINE must be distributed for a role/);
  });

  it('tells all mistakes at once, without repeating what was given', async () => {
    const problem = await start({
      MUSTER_ENGINE: 'distributed',
      KAFKA_BROKERS: 'kafka',
      KAFKA_PARTITIONS: '0',
      KAFKA_PARTITION: '3',
      KAFKA_SASL_PASSWORD: 'wrong-word',
      MONGODB_URI: 'localhost',
      MUSTER_LEASE_SECONDS: '1.5',
    }).catch((error: unknown) => String(error));
    const names = [
      'KAFKA_BROKERS must',
      'KAFKA_PARTITIONS must',
      'KAFKA_PARTITION is no',
      'MONGODB_URI must',
      'LEASE_',
    ];
    for (const name of names) expect(problem).toContain(name);
    expect(problem).not.toContain('wrong-word');
  });
});
