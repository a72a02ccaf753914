import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket, connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DirectoryStore, type UserId } from '#core';
import { buildUser, buildWrite, temporaryDirectory } from '#testing';
import { ApiUnderTest, operatorKey } from '../api/api-under-test.js';
import { type SeededTenant, seedTenant } from '../api/seed-tenant.js';
import { capturedTerminal, runAt } from './captured-terminal.js';

let api: ApiUnderTest;
let acme: SeededTenant;
let whole: string;
let proxy: Server;
/** After how many bytes of answer each connection breaks off; those that come later don't. */
let breaks: number[];
let connections: number;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  await api.listen();
  acme = await seedTenant(api);
  const by = { integrationId: acme.integration, syncId: acme.sync };
  const users = Array.from({ length: 3_000 }, (_, index) => {
    const id = `usr_${String(index).padStart(5, '0')}` as UserId;
    // It comes packed: what cannot be packed keeps it long enough to be broken off.
    const random = createHash('sha512').update(id).digest('base64');
    const fullName = `Béa "${String(index)}"\n, ${random}`;
    return buildWrite(by, index, buildUser(acme.tenant, id, { attributes: { fullName } }));
  });
  await api.port(DirectoryStore).write(acme.tenant, users);
  whole = (await api.send({ method: 'GET', url: `/v1/tenants/${acme.tenant}/users.csv` })).body;
  const { port } = api.app.getHttpServer().address() as AddressInfo;
  proxy = createServer((client) => forward(client, port));
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  proxy.close();
  await api.stop();
});

function forward(client: Socket, port: number): void {
  const server = connect(port, '127.0.0.1');
  connections += 1;
  let left = breaks.shift() ?? Infinity;
  client.on('data', (bytes: Buffer) => server.write(bytes));
  server.on('data', (bytes: Buffer) => {
    client.write(bytes.subarray(0, left));
    left -= bytes.length;
    if (left < 0) client.end(() => client.destroy());
  });
  for (const [one, other] of [
    [client, server],
    [server, client],
  ] as const) {
    one.on('close', () => other.destroy()).on('error', () => other.destroy());
  }
}

async function muster(...args: string[]) {
  const { port } = proxy.address() as AddressInfo;
  const connection = ['--url', `http://127.0.0.1:${String(port)}`, '--api-key', operatorKey, '--tenant', acme.tenant];
  return runAt(capturedTerminal(), [...args, ...connection]);
}

it('writes a file that is whole, however often the connection breaks off', async () => {
  breaks = [2_000, 700, 90_000, 0, 50_000];
  connections = 0;
  const file = join(temporaryDirectory(), 'users.csv');
  const { code, err } = await muster('user', 'export', '-o', file);
  expect(err).toBe(`3,001 users in ${file}.\n`);
  expect(code).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(whole);
  expect(existsSync(`${file}.part`)).toBe(false);
  expect(connections).toBe(6);
});

it('goes on where an earlier run was stopped, even within a row', async () => {
  breaks = [];
  const file = join(temporaryDirectory(), 'users.csv');
  writeFileSync(`${file}.part`, Buffer.from(whole).subarray(0, 100_003));
  expect(await muster('user', 'export', '-o', file, '--resume')).toMatchObject({ code: 0 });
  expect(readFileSync(file, 'utf8')).toBe(whole);
  expect(await muster('user', 'export', '-o', file, '--resume')).toMatchObject({
    code: 5,
    err: expect.stringContaining('without --resume') as string,
  });
});

it('writes to standard output too, outcomes as well as users', async () => {
  breaks = [60_000];
  expect((await muster('user', 'export')).out).toBe(whole);
  const outcomes = await muster('sync', 'outcomes', acme.sync, '--csv', '--outcome', 'failed');
  expect(outcomes.out.split('\r\n')[1]).toContain(acme.outcomes[1]);
  expect(await muster('user', 'export', '--filter', 'nosuch pr')).toMatchObject({
    code: 2,
    err: expect.stringContaining('at character 0') as string,
  });
});
