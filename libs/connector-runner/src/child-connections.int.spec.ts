import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Dialler, EgressPolicy, type ResolveHost } from '#connector-sdk';
import { type Certificate, PrivateAuthority } from '#testing';
import { RunningConnector } from './running-connector.spec.js';

const policy = new EgressPolicy({ allow: ['127.0.0.0/8'] });
const resolve: ResolveHost = async () => Promise.resolve([{ address: '127.0.0.1' }]);
const running = new RunningConnector();
const servers: Server[] = [];
let authority: PrivateAuthority;
let certificate: Certificate;

beforeAll(() => {
  authority = new PrivateAuthority();
  certificate = authority.sign('DNS:hr.example,DNS:proxy.example');
});
afterAll(async () => {
  authority.remove();
  await running.stop();
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Speaks first, as SSH servers do, and says back what it is told. */
function speak(socket: Socket): void {
  socket.write('welcome\n');
  socket.on('error', () => undefined).on('data', (said: Buffer) => socket.end(`you said ${said.toString()}`));
}

/** Leads every name to one port. */
function proxyTo(target: () => number): Server {
  const plain = createHttpServer().on('connect', (_: IncomingMessage, socket: Socket) => {
    const way = connect(target(), '127.0.0.1').on('error', () => socket.destroy());
    socket.on('error', () => way.destroy()).write('HTTP/1.1 200 Connection established\r\n\r\n');
    way.pipe(socket).pipe(way);
  });
  return createTlsServer(certificate, (socket) => void plain.emit('connection', socket)).on(
    'tlsClientError',
    () => undefined,
  );
}

async function greet(address: string): Promise<{ said: string | undefined; error: unknown }> {
  const { records, error } = await running.fetch('greets', { address });
  return { said: records[0]?.bytes.toString(), error };
}

const isConnection = (kind: string): boolean => kind === 'TCPSocketWrap';

const said = 'welcome\nyou said who is there\n';

describe('the connections of a connector in a process of its own', () => {
  it('speak TLS in there, and trust the authorities that the operator has named', async () => {
    const port = await listen(createTlsServer(certificate, speak));
    running.dialler = new Dialler({ policy, resolve, ca: authority.ca });
    expect(await greet(`tls://hr.example:${String(port)}`)).toEqual({ said, error: undefined });
    const { error: otherName } = await greet(`tls://other.example:${String(port)}`);
    expect(otherName).toMatchObject({ code: 'certificateNotTrusted', fields: { host: 'other.example' } });
    running.dialler = new Dialler({ policy, resolve });
    const { error: unknown } = await greet(`tls://hr.example:${String(port)}`);
    expect(unknown).toMatchObject({ name: 'SourceConfigurationError', code: 'certificateNotTrusted' });
  });

  it.each([false, true])('lead through a proxy that is spoken to by TLS; TLS within: %s', async (tls) => {
    const source = await listen(tls ? createTlsServer(certificate, speak) : createServer(speak));
    const proxy = await listen(proxyTo(() => source));
    running.dialler = new Dialler({
      policy,
      resolve,
      ca: authority.ca,
      proxy: `https://name:password@proxy.example:${String(proxy)}`,
    });
    expect(await greet(`${tls ? 'tls' : 'tcp'}://hr.example:1`)).toEqual({ said, error: undefined });
  });

  it('take nobody along when a proxy breaks them off as soon as they stand', async () => {
    const proxy = await listen(
      createHttpServer().on('connect', (_: IncomingMessage, socket: Socket) => {
        socket.on('error', () => undefined).write('HTTP/1.1 200 Connection established\r\n\r\n');
        setTimeout(() => socket.resetAndDestroy(), broken++ % 5);
      }),
    );
    let broken = 0;
    const before = process.getActiveResourcesInfo().filter(isConnection).length;
    running.dialler = new Dialler({ policy, resolve, proxy: `http://proxy.example:${String(proxy)}` });
    const { end, error } = await running.fetch('dialsAndEnds', { address: 'tcp://hr.example:1' });
    expect(error).toBeUndefined();
    expect(end).not.toBeNull();
    expect(broken).toBeGreaterThan(0);
    const now = (): number => process.getActiveResourcesInfo().filter(isConnection).length;
    await vi.waitFor(() => expect(now()).toBeLessThanOrEqual(before), { timeout: 10_000 });
  });

  it('are told of in the words of the dialler when they do not come about', async () => {
    const port = await listen(createServer());
    servers.pop()?.close();
    running.dialler = new Dialler({ policy, resolve });
    expect((await greet(`tcp://hr.example:${String(port)}`)).error).toMatchObject({
      name: 'SourceRetriableError',
      code: 'unreachable',
      fields: { host: 'hr.example', cause: 'ECONNREFUSED' },
    });
  });
});
