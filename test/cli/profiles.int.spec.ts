import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryDirectory } from '#testing';
import { capturedTerminal, runAt } from './captured-terminal.js';

/** Where a command went, and as whom. */
interface Asked {
  server: string;
  key: string;
  path: string;
}

const servers: Server[] = [];
const urls: Record<'one' | 'other', string> = { one: '', other: '' };
let asked: Asked[];
let home: string;

beforeAll(async () => {
  for (const server of ['one', 'other'] as const) {
    const listener = createServer(({ url = '', headers }, response) => {
      asked.push({ server, key: (headers.authorization ?? '').replace('Bearer ', ''), path: url });
      response.end('{"id":"ten_1","name":"Acme","contacts":[],"items":[],"nextCursor":null}');
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    urls[server] = `http://127.0.0.1:${String((listener.address() as AddressInfo).port)}`;
    servers.push(listener);
  }
});

beforeEach(() => {
  asked = [];
  home = temporaryDirectory();
  for (const name of ['MUSTER_URL', 'MUSTER_API_KEY', 'MUSTER_TENANT', 'MUSTER_PROFILE']) vi.stubEnv(name, undefined);
});

afterAll(() => {
  for (const server of servers) server.close();
});

async function muster(...args: string[]) {
  return runAt(capturedTerminal(), args, { XDG_CONFIG_HOME: home });
}

const file = () => join(home, 'muster', 'profiles.json');

async function addBoth(): Promise<void> {
  await muster('profile', 'add', 'one', '--url', urls.one, '--api-key', 'mus_one', '--tenant', 'ten_one');
  await muster('profile', 'add', 'other', '--url', `${urls.other}/`, '--api-key', 'mus_other', '--tenant', 'ten_other');
}

describe('profiles', () => {
  it('are kept where nobody else reads them, and their keys are shown to nobody', async () => {
    const keyFile = join(home, 'key.txt');
    writeFileSync(keyFile, 'mus_from-a-file\n');
    const added = await muster('profile', 'add', 'one', '--url', urls.one, '--key-file', keyFile);
    expect(added).toEqual({
      code: 0,
      out: 'Profile one is there.\n',
      err: 'Next: muster profile use one\n',
    });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'muster')).mode & 0o777).toBe(0o700);
    expect(readFileSync(file(), 'utf8')).toContain('mus_from-a-file');
    await muster('profile', 'use', 'one');
    for (const args of [['list'], ['list', '--json'], ['use', 'one', '--json']]) {
      const { out, err } = await muster('profile', ...args);
      expect(out).toContain(urls.one);
      expect(out + err).not.toContain('mus_from');
    }
    expect((await muster('profile', 'list')).out).toMatch(/one +yes +http\S+ +– +yes/);
  });

  it('lead to their server with its key and tenant', async () => {
    await addBoth();
    await muster('profile', 'use', 'one');
    await muster('tenant', 'show');
    await muster('tenant', 'show', '--profile', 'other');
    vi.stubEnv('MUSTER_PROFILE', 'other');
    await muster('tenant', 'show');
    await muster('tenant', 'show', '--profile', 'one');
    expect(asked).toEqual([
      { server: 'one', key: 'mus_one', path: '/v1/tenants/ten_one' },
      { server: 'other', key: 'mus_other', path: '/v1/tenants/ten_other' },
      { server: 'other', key: 'mus_other', path: '/v1/tenants/ten_other' },
      { server: 'one', key: 'mus_one', path: '/v1/tenants/ten_one' },
    ]);
    vi.stubEnv('MUSTER_PROFILE', '');
    expect((await muster('tenant', 'show', '--url', urls.one)).code).toBe(4);
  });

  it('give way to the environment, and that to options', async () => {
    await addBoth();
    await muster('profile', 'use', 'one');
    vi.stubEnv('MUSTER_API_KEY', 'mus_environment');
    await muster('tenant', 'show');
    await muster('tenant', 'show', '--api-key', 'mus_option', '--tenant', 'ten_option');
    expect(asked).toEqual([
      { server: 'one', key: 'mus_environment', path: '/v1/tenants/ten_one' },
      { server: 'one', key: 'mus_option', path: '/v1/tenants/ten_option' },
    ]);
    expect((await muster('tenant', 'show', '--profile', 'one')).err).toBe(
      'MUSTER_API_KEY of the environment goes before profile one.\n',
    );
  });

  it('never give their key to another server', async () => {
    await addBoth();
    await muster('profile', 'use', 'one');
    expect(await muster('tenant', 'show', '--url', urls.other)).toMatchObject({
      code: 4,
      err: expect.stringContaining('An API key is needed') as string,
    });
    vi.stubEnv('MUSTER_URL', urls.other);
    expect((await muster('tenant', 'show')).code).toBe(4);
    expect(asked).toEqual([]);
  });

  it('are replaced on purpose only, and removed', async () => {
    await addBoth();
    await muster('profile', 'use', 'one');
    expect(await muster('profile', 'add', 'one', '--url', urls.other)).toMatchObject({
      code: 6,
      err: expect.stringContaining('--replace') as string,
    });
    expect((await muster('profile', 'add', 'one', '--url', urls.other, '--replace')).out).toContain('without a key');
    expect((await muster('profile', 'remove', 'one')).out).toBe('Profile one is gone.\n');
    expect(JSON.parse((await muster('profile', 'list', '--json')).out)).toEqual({
      items: [{ name: 'other', url: `${urls.other}/`, tenant: 'ten_other', hasKey: true, inUse: false }],
      nextCursor: null,
    });
  });

  it('that are not there, or can’t be trusted, are refused with what to do', async () => {
    const none = { code: 5, err: expect.stringContaining('muster profile list') as string };
    expect(await muster('me', '--profile', 'nosuch')).toMatchObject(none);
    expect(await muster('profile', 'use', 'nosuch')).toMatchObject(none);
    expect(await muster('profile', 'remove', 'nosuch')).toMatchObject(none);
    expect((await muster('profile', 'add', 'a b')).code).toBe(2);
    expect((await muster('profile', 'add', 'a', '--url', 'muster.example')).err).toContain('is no address');
    await addBoth();
    chmodSync(file(), 0o644);
    expect(await muster('me', '--profile', 'one')).toMatchObject({
      code: 2,
      err: expect.stringContaining(`chmod 600 ${file()}`) as string,
    });
    writeFileSync(file(), '{"profiles": 7}');
    chmodSync(file(), 0o600);
    expect((await muster('profile', 'list')).err).toContain('does not hold profiles');
    expect(asked).toEqual([]);
  });
});
