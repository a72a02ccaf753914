import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Certificate, PrivateAuthority } from '#testing';
import { checkReachable } from '../check-reachable.js';
import type { CheckStep } from '../connector.js';
import { HttpClient } from '../http-client.js';
import { Dialler, type ResolveHost } from './dialler.js';
import { EgressPolicy } from './egress-policy.js';
import { forbiddenSpellings } from './forbidden-spellings.spec.js';

const closing: (() => void | Promise<void>)[] = [];
let authority: PrivateAuthority;
let certificate: Certificate;

beforeAll(() => {
  authority = new PrivateAuthority();
  certificate = authority.sign('DNS:hr.example,DNS:proxy.example');
});
afterAll(() => authority.remove());
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A proxy on this machine that leads every name to `target`, or answers with `status`. */
async function startProxy(target: number, { status = 200, tls = false } = {}) {
  const asked: { host: string | undefined; authorization: string | undefined }[] = [];
  const sockets = new Set<Socket>();
  const server = createHttpServer().on('connect', ({ url, headers }: IncomingMessage, socket: Socket) => {
    asked.push({ host: url, authorization: headers['proxy-authorization'] });
    sockets.add(socket.on('error', () => undefined));
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const way = connect(target, '127.0.0.1').on('error', () => socket.destroy());
    sockets.add(way);
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    way.pipe(socket).pipe(way);
  });
  const front = tls
    ? createTlsServer(certificate, (socket) => void server.emit('connection', socket)).on(
        'tlsClientError',
        () => undefined,
      )
    : server;
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    front.close();
  });
  const { port } = front.address() as AddressInfo;
  return { asked, port, url: `http${tls ? 's' : ''}://proxy.example:${port}` };
}

/** Says a line as soon as somebody comes, in TLS or not. */
async function startSource(tls = false): Promise<number> {
  const greet = (socket: Socket): void => void socket.on('error', () => undefined).end('hello');
  const server = tls ? createTlsServer(certificate, greet) : createServer(greet);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** The proxy's name is known here, that of the source to the proxy alone. */
const resolve: ResolveHost = async (name) => {
  if (name === 'proxy.example') return [{ address: '127.0.0.1' }];
  if (name === 'inside.example') return [{ address: '10.0.0.1' }];
  throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
};

async function read(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

describe('with a proxy', () => {
  it.each([
    ['', null],
    ['muster:p%40ss@', `Basic ${Buffer.from('muster:p@ss').toString('base64')}`],
  ])('a connection leads through it by name, whose own address is not judged: %s', async (login, authorization) => {
    const { asked, url } = await startProxy(await startSource());
    const dialler = new Dialler({ proxy: url.replace('//', `//${login}`), resolve });
    expect(await read(await dialler.connect({ host: 'HR.example', port: 4711 }))).toBe('hello');
    expect(asked).toEqual([{ host: 'hr.example:4711', authorization: authorization ?? undefined }]);
  });

  it('TLS is spoken with the source, and with a proxy that wants it', async () => {
    for (const tls of [false, true]) {
      const { url } = await startProxy(await startSource(true), { tls });
      const dialler = new Dialler({ proxy: url, ca: authority.ca, resolve });
      expect(await read(await dialler.connect({ host: 'hr.example', port: 443, tls: true }))).toBe('hello');
      const other = dialler.connect({ host: 'other.example', port: 443, tls: true });
      await expect(other).rejects.toMatchObject({ code: 'certificateNotTrusted', fields: { host: 'other.example' } });
    }
  });

  it('what is forbidden stays so, and the proxy is not even asked', async () => {
    const { asked, url } = await startProxy(await startSource());
    const dialler = new Dialler({ proxy: url, resolve });
    for (const { host } of [...forbiddenSpellings, { host: 'inside.example' }]) {
      await expect(dialler.connect({ host, port: 80 }), host).rejects.toMatchObject({ code: 'addressNotAllowed' });
    }
    const listed = new Dialler({ proxy: url, resolve, policy: new EgressPolicy({ hosts: ['hr.example'] }) });
    await expect(listed.connect({ host: 'x.example', port: 80 })).rejects.toMatchObject({ code: 'hostNotAllowed' });
    expect(asked).toEqual([]);
  });

  it.each([
    [407, 'SourceConfigurationError', 'refusedByProxy', /MUSTER_EGRESS_PROXY/],
    [403, 'SourceConfigurationError', 'refusedByProxy', /refuses \(403\)/],
    [502, 'SourceRetriableError', 'unreachable', /cannot reach it \(502\)/],
  ])('%i from it is told as such', async (status, name, code, message) => {
    const { url } = await startProxy(0, { status });
    const dialling = new Dialler({ proxy: url, resolve }).connect({ host: 'hr.example', port: 443 });
    await expect(dialling).rejects.toMatchObject({ name, code, message: expect.stringMatching(message) as string });
  });

  it('one that is away is an outage, without telling its password', async () => {
    const proxy = 'http://muster:hunter2@127.0.0.1:1';
    const error = await new Dialler({ proxy, resolve }).connect({ host: 'hr.example', port: 1 }).catch((e: Error) => e);
    expect(error).toMatchObject({ name: 'SourceRetriableError', code: 'unreachable' });
    expect(`${JSON.stringify(error)}${(error as Error).message}`).not.toContain('hunter2');
  });

  it('one that never answers is given up in time', async () => {
    const server = createServer((socket) => void socket.on('error', () => undefined).resume());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => void server.close());
    const proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const dialling = new Dialler({ proxy, resolve }).connect({ host: 'hr.example', port: 443, timeoutMs: 50 });
    await expect(dialling).rejects.toMatchObject({ code: 'timeout' });
  });

  it('requests go through it as well', async () => {
    const source = createHttpServer((request, response) => void response.end(`${request.method} ${request.url}`));
    source.listen(0, '127.0.0.1');
    await once(source, 'listening');
    const { asked, url } = await startProxy((source.address() as AddressInfo).port);
    const http = new HttpClient({ dialler: new Dialler({ proxy: url, resolve }) });
    closing.push(async () => {
      await http.close();
      source.closeAllConnections();
      source.close();
    });
    const said = http.request({ url: 'http://hr.example/people', read: ({ body }) => Buffer.from(body).toString() });
    await expect(said).resolves.toBe('GET /people');
    expect(asked.map(({ host }) => host)).toEqual(['hr.example:80']);
  });

  it('a check says that the name is left to it', async () => {
    const { url } = await startProxy(await startSource());
    const dialler = new Dialler({ proxy: url, resolve });
    const steps: CheckStep[] = [];
    const { signal } = new AbortController();
    for await (const step of checkReachable('http://hr.example/', { dialler, signal })) steps.push(step);
    expect(steps).toMatchObject([
      { step: 'dns', ok: true, message: expect.stringContaining('left to the proxy') as string },
      { step: 'connect', ok: true },
    ]);
  });
});
