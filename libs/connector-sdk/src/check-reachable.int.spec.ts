import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PrivateAuthority } from '#testing';
import { checkReachable } from './check-reachable.js';
import type { CheckStep } from './connector.js';
import { Dialler, type DiallerOptions } from './egress/dialler.js';
import { EgressPolicy } from './egress/egress-policy.js';

const servers: Server[] = [];
let authority: PrivateAuthority;

beforeAll(() => {
  authority = new PrivateAuthority();
});
afterAll(() => authority.remove());
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function check(address: string, options: DiallerOptions = {}): Promise<CheckStep[]> {
  const dialler = new Dialler({
    policy: new EgressPolicy({ allow: ['127.0.0.1'] }),
    resolve: async () => [{ address: '127.0.0.1' }],
    ...options,
  });
  const steps: CheckStep[] = [];
  for await (const step of checkReachable(address, { dialler, signal: new AbortController().signal })) steps.push(step);
  return steps;
}

describe('checkReachable', () => {
  it('tells what it found, and speaks TLS where the address does', async () => {
    const plain = await listen(createServer((socket) => socket.end()));
    expect(await check(`http://hr.example:${plain}/api`)).toEqual([
      { step: 'dns', ok: true, message: 'hr.example has 1 address.', details: { addresses: ['127.0.0.1'] } },
      {
        step: 'connect',
        ok: true,
        message: `hr.example accepts connections on port ${plain}.`,
        details: { port: plain },
      },
    ]);
    const secured = await listen(createTlsServer(authority.sign('DNS:hr.example'), (socket) => socket.end()));
    expect((await check(`https://hr.example:${secured}`, { ca: authority.ca })).at(-1)).toMatchObject({
      ok: true,
      message: `hr.example accepts connections on port ${secured}, and its certificate is trusted.`,
    });
    expect((await check(`https://hr.example:${secured}`)).at(-1)).toMatchObject({
      step: 'connect',
      ok: false,
      details: { code: 'certificateNotTrusted', port: secured },
    });
  });

  it('tells as a step that Muster may not connect there, and does not', async () => {
    let arrived = 0;
    const port = await listen(createServer(() => void (arrived += 1)));
    for (const host of ['127.0.0.1', 'hr.example', '[::ffff:127.0.0.1]', '0x7f.1']) {
      expect(await check(`http://${host}:${port}`, { policy: new EgressPolicy() }), host).toEqual([
        {
          step: 'dns',
          ok: false,
          message: expect.stringContaining('MUSTER_EGRESS_ALLOW') as string,
          details: expect.objectContaining({ code: 'addressNotAllowed', range: '127.0.0.0/8' }) as object,
        },
      ]);
    }
    expect(arrived).toBe(0);
  });

  it('tells when nobody answers', async () => {
    expect((await check('http://hr.example:1')).at(-1)).toEqual({
      step: 'connect',
      ok: false,
      message: 'hr.example cannot be reached (ECONNREFUSED). If this stays, check address, port and firewall.',
      details: { code: 'unreachable', host: 'hr.example', cause: 'ECONNREFUSED', port: 1 },
    });
  });
});
