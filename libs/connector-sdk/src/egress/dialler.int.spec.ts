import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Certificate, PrivateAuthority } from '#testing';
import { HttpClient } from '../http-client.js';
import { Dialler, type ResolveHost } from './dialler.js';
import { EgressPolicy } from './egress-policy.js';
import { forbiddenSpellings } from './forbidden-spellings.spec.js';

const closing: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Takes every connection on this machine, by IPv4 and IPv6, and remembers it. */
async function listen(server: Server, host?: string): Promise<{ port: number; arrived: string[] }> {
  const arrived: string[] = [];
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    arrived.push(socket.localAddress ?? '');
    open.add(socket.on('error', () => undefined));
  });
  server.listen(0, host);
  await once(server, 'listening');
  closing.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, arrived };
}

const greeting = (socket: Socket): void => void socket.on('error', () => undefined).end('hello');

/** Resolves `names` as given, one answer after the other, and counts how often it was asked. */
function resolver(names: Record<string, string[][]>): { resolve: ResolveHost; asked: string[] } {
  const asked: string[] = [];
  const resolve: ResolveHost = async (name) => {
    const answers = names[name] ?? [];
    const answer = answers[Math.min(asked.filter((other) => other === name).length, answers.length - 1)];
    asked.push(name);
    if (answer === undefined) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
    return answer.map((address) => ({ address }));
  };
  return { resolve, asked };
}

/** A machine may have no IPv6. */
const hasIpv6 = Object.values(networkInterfaces()).some((found) => found?.some(({ address }) => address === '::1'));
const loopback = new EgressPolicy({ allow: ['127.0.0.0/8'] });

async function read(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

describe('by default the dialler', () => {
  it('reaches nothing on this machine and in private networks, however it is spelt', async () => {
    expect(forbiddenSpellings.length).toBeGreaterThanOrEqual(60);
    const sink = await listen(createServer(greeting));
    const dialler = new Dialler();
    const http = new HttpClient({ dialler, sleep: async () => undefined });
    closing.push(() => http.close());
    const refused = { name: 'SourceConfigurationError', code: 'addressNotAllowed' };
    for (const { host, notInUrls } of forbiddenSpellings) {
      await expect(dialler.connect({ host, port: sink.port, timeoutMs: 2_000 }), host).rejects.toMatchObject(refused);
      if (notInUrls) continue;
      const url = `http://${host}:${sink.port}/`;
      await expect(http.request({ url, read: () => null }), url).rejects.toMatchObject(refused);
    }
    expect(sink.arrived).toEqual([]);
    expect(http.stats.retries).toBe(0);
  });

  it('would have reached it: what the operator allows arrives, however it is spelt', async () => {
    const sink = await listen(createServer(greeting));
    const policy = new EgressPolicy({ allow: ['127.0.0.0/8', '0.0.0.0/8', '::/127'] });
    const dialler = new Dialler({ policy });
    const reached = forbiddenSpellings.filter(({ here, host }) => here && (hasIpv6 || !host.includes(':')));
    for (const { host } of reached) {
      const socket = await dialler.connect({ host, port: sink.port, timeoutMs: 2_000 });
      expect(await read(socket), host).toBe('hello');
    }
    expect(sink.arrived).toHaveLength(reached.length);
  });

  it('says what is wrong, where, and what to do', async () => {
    await expect(new Dialler().connect({ host: '10.1.2.3', port: 1 })).rejects.toMatchObject({
      message:
        '10.1.2.3 leads to a private address (10.0.0.0/8), and Muster connects to public addresses only. Check the address; if it is right, ask the operator to allow it by the setting MUSTER_EGRESS_ALLOW, which takes ranges such as 10.0.0.0/8.',
      fields: { host: '10.1.2.3', range: '10.0.0.0/8' },
      recovery: 'configuration',
    });
  });

  it('does not tell where a name of the inner network leads', async () => {
    const { resolve } = resolver({ 'payroll.internal': [['10.66.77.88']] });
    const error = await new Dialler({ resolve }).connect({ host: 'payroll.internal', port: 1 }).catch((e: Error) => e);
    expect(JSON.stringify([error, (error as Error).message])).not.toContain('10.66');
  });
});

describe('a name', () => {
  it('is resolved once, so that it cannot lead elsewhere the second time', async () => {
    const sink = await listen(createServer(greeting), '127.0.0.1');
    // 127.0.0.2 is allowed here in place of a public address; nobody listens there on this port.
    const policy = new EgressPolicy({ allow: ['127.0.0.2'] });
    const rebinding = () => resolver({ 'rebind.example': [['127.0.0.2'], ['127.0.0.1']] });

    const first = rebinding();
    const connecting = new Dialler({ policy, resolve: first.resolve }).connect({
      host: 'rebind.example',
      port: sink.port,
    });
    await expect(connecting).rejects.toMatchObject({ code: 'unreachable', fields: { cause: 'ECONNREFUSED' } });
    expect(first.asked).toEqual(['rebind.example']);

    const second = rebinding();
    const http = new HttpClient({
      dialler: new Dialler({ policy, resolve: second.resolve }),
      sleep: async () => undefined,
    });
    closing.push(() => http.close());
    // Every further attempt is judged anew: the second answer is forbidden, and that ends it.
    const asking = http.request({ url: `http://rebind.example:${sink.port}/`, read: () => null });
    await expect(asking).rejects.toMatchObject({ code: 'addressNotAllowed' });
    expect(second.asked).toHaveLength(2);
    expect(sink.arrived).toEqual([]);
  });

  it.each([
    ['first', ['127.0.0.1', '127.0.0.2']],
    ['last', ['127.0.0.2', '127.0.0.1']],
    ['in IPv6', ['127.0.0.2', '::1']],
  ])('is refused when one of its addresses is forbidden: the %s', async (_, addresses) => {
    const sink = await listen(createServer(greeting));
    const { resolve } = resolver({ 'mixed.example': [addresses] });
    const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.2'] }), resolve });
    await expect(dialler.connect({ host: 'mixed.example', port: sink.port })).rejects.toMatchObject({
      code: 'addressNotAllowed',
    });
    expect(sink.arrived).toEqual([]);
  });

  it('is tried at its further addresses when the first does not answer', async () => {
    const sink = await listen(createServer(greeting), '127.0.0.1');
    const { resolve } = resolver({ 'hr.example': [['127.0.0.3', '127.0.0.2', '127.0.0.1']] });
    const dialler = new Dialler({ policy: loopback, resolve });
    expect(await read(await dialler.connect({ host: 'hr.example', port: sink.port }))).toBe('hello');
    expect(sink.arrived).toEqual(['127.0.0.1']);
  });

  it('that does not exist, or is none, is a wrong setting; a resolver that is away is an outage', async () => {
    const { resolve } = resolver({});
    const dialler = new Dialler({ resolve });
    for (const host of ['nowhere.example', 'no host', '1.2.3.256', '']) {
      await expect(dialler.connect({ host, port: 80 }), host).rejects.toMatchObject({ code: 'hostNotFound' });
    }
    const away = Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' });
    await expect(new Dialler({ resolve: () => Promise.reject(away) }).connect({ host: 'hr.example', port: 80 }))
      .rejects //
      .toMatchObject({ name: 'SourceRetriableError', code: 'unreachable', fields: { cause: 'EAI_AGAIN' } });
  });

  it('outside the list of hosts is not even resolved', async () => {
    const { resolve, asked } = resolver({ 'hr.example': [['127.0.0.1']] });
    const policy = new EgressPolicy({ allow: ['127.0.0.0/8'], hosts: ['*.acme.example'] });
    await expect(new Dialler({ policy, resolve }).connect({ host: 'hr.example', port: 80 })).rejects.toMatchObject({
      name: 'SourceConfigurationError',
      code: 'hostNotAllowed',
      message: expect.stringContaining('MUSTER_EGRESS_HOSTS') as string,
    });
    expect(asked).toEqual([]);
  });
});

describe('an attempt', () => {
  it('ends when its time is over, while resolving', async () => {
    const dialler = new Dialler({ resolve: () => new Promise(() => undefined) });
    await expect(dialler.connect({ host: 'hr.example', port: 80, timeoutMs: 20 })).rejects.toMatchObject({
      name: 'SourceRetriableError',
      code: 'timeout',
    });
  });

  it('ends when its time is over, while the other side says nothing to TLS, and leaves no connection', async () => {
    const server = createServer();
    const closed = new Promise((resolve) =>
      server.on('connection', (socket) => socket.once('close', resolve).resume()),
    );
    const { port } = await listen(server, '127.0.0.1');
    const dialling = new Dialler({ policy: loopback }).connect({ host: '127.0.0.1', port, tls: true, timeoutMs: 50 });
    await expect(dialling).rejects.toMatchObject({ code: 'timeout' });
    await closed;
  });

  it('ends with the reason of its signal', async () => {
    const reason = new Error('cancelled');
    const cancel = new AbortController();
    const server = createServer(() => cancel.abort(reason));
    const { port } = await listen(server, '127.0.0.1');
    const { signal } = cancel;
    const dialler = new Dialler({ policy: loopback });
    await expect(dialler.connect({ host: '127.0.0.1', port, tls: true, signal })).rejects.toBe(reason);
    await expect(dialler.connect({ host: '127.0.0.1', port, signal })).rejects.toBe(reason);
  });
});

describe('TLS', () => {
  let authority: PrivateAuthority;
  let valid: Certificate;
  let expired: Certificate;

  beforeAll(() => {
    authority = new PrivateAuthority();
    valid = authority.sign('DNS:hr.example,IP:127.0.0.1');
    expired = authority.sign('DNS:hr.example', { days: -1 });
  });
  afterAll(() => authority.remove());

  const { resolve } = resolver({
    'hr.example': [['127.0.0.1']],
    'hr.example.': [['127.0.0.1']],
    'other.example': [['127.0.0.1']],
  });

  async function source(certificate: Certificate) {
    const asked: (string | false | null)[] = [];
    const received: string[] = [];
    const server = createTlsServer({ ...certificate, ALPNProtocols: ['http/1.1'] }, (socket: TLSSocket) => {
      asked.push(socket.servername);
      socket.on('error', () => undefined).on('data', (chunk) => received.push(String(chunk)));
      socket.end(`hello by ${String(socket.alpnProtocol)}`);
    });
    return { ...(await listen(server, '127.0.0.1')), asked, received };
  }

  it('is spoken with the name of the host, trusting the operator’s authority', async () => {
    const { port, asked } = await source(valid);
    const dialler = new Dialler({ policy: loopback, ca: authority.ca, resolve });
    for (const host of ['hr.example', 'hr.example.', '127.0.0.1', '127.1']) {
      const socket = await dialler.connect({ host, port, tls: true, protocols: ['http/1.1'] });
      expect(await read(socket), host).toBe('hello by http/1.1');
    }
    expect(asked).toEqual(['hr.example', 'hr.example', false, false]);
  });

  it.each([
    ['an authority that nobody knows', 'hr.example', () => valid, () => null, /MUSTER_EGRESS_CA_FILE/],
    ['another name', 'other.example', () => valid, () => authority.ca, /for other names: check the address/],
    ['a time that is over', 'hr.example', () => expired, () => authority.ca, /CERT_HAS_EXPIRED.*renew/],
  ])('refuses a certificate of %s, and says what to do', async (_, host, certificate, ca, message) => {
    const { port, received } = await source(certificate());
    const dialler = new Dialler({ policy: loopback, ca: ca(), resolve });
    await expect(dialler.connect({ host, port, tls: true })).rejects.toMatchObject({
      name: 'SourceConfigurationError',
      code: 'certificateNotTrusted',
      message: expect.stringMatching(message) as string,
    });
    const http = new HttpClient({ dialler, sleep: async () => undefined });
    closing.push(() => http.close());
    const asking = http.request({ url: `https://${host}:${port}/`, read: () => null });
    await expect(asking).rejects.toMatchObject({ code: 'certificateNotTrusted' });
    expect(http.stats.requests).toBe(1);
    expect(received).toEqual([]);
  });

  it('can begin on a connection that has spoken without it', async () => {
    const { port } = await source(valid);
    const dialler = new Dialler({ policy: loopback, ca: authority.ca, resolve });
    const plain = await dialler.connect({ host: 'hr.example', port });
    expect(await read(await dialler.startTls(plain, 'hr.example'))).toContain('hello');
    const again = await dialler.connect({ host: 'hr.example', port });
    await expect(dialler.startTls(again, 'other.example')).rejects.toMatchObject({ code: 'certificateNotTrusted' });
    expect(again.destroyed).toBe(true);
  });
});
