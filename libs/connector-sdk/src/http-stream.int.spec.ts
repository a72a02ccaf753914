import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { Dialler } from './egress/dialler.js';
import { EgressPolicy } from './egress/egress-policy.js';
import { HttpClient } from './http-client.js';
import type { HttpClientOptions } from './http-client.js';
import type { HttpStreamRequest } from './http-stream.js';

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server that answers by `handler`, and a client that streams what it says; its waits are not waited for. */
async function serve(handler: Handler, options: HttpClientOptions = {}) {
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    handler(request, response, count);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });
  const client = new HttpClient({ dialler, sleep: async () => undefined, backoff: { maxAttempts: 4 }, ...options });
  closing.push(async () => {
    await client.close();
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/report`;
  const stream = async (extra: Partial<HttpStreamRequest> = {}) =>
    client.stream({ url, idleTimeoutMs: 60_000, maxResponseBytes: 1024 * 1024 * 1024, ...extra });
  return { client, server, stream, requests: () => count };
}

/** What was read, and why it ended. */
async function readAll(body: AsyncIterable<Uint8Array>): Promise<{ text: string; error: unknown }> {
  let text = '';
  try {
    for await (const chunk of body) text += Buffer.from(chunk).toString('latin1');
  } catch (error) {
    return { text, error };
  }
  return { text, error: undefined };
}

describe('HttpClient streams', () => {
  it('a body while it is still being sent', async () => {
    const { promise: isRead, resolve } = Promise.withResolvers<void>();
    const { client, stream } = await serve((_, response) => {
      response.write('first,');
      void isRead.then(() => response.end('last'));
    });
    const { status, headers, body } = await stream();
    expect([status, headers['transfer-encoding']]).toEqual([200, 'chunked']);
    expect((await body.next()).value).toEqual(Buffer.from('first,'));
    resolve();
    expect(await readAll(body)).toEqual({ text: 'last', error: undefined });
    expect(client.stats).toMatchObject({ requests: 1, byStatus: { '200': 1 }, bytesReceived: 10 });
  });

  it('a compressed body decoded, and none that grows out of hand', async () => {
    const { client, stream } = await serve((_, response, count) => {
      const text = count === 1 ? 'people, '.repeat(1000) : 'x'.repeat(8 * 1024 * 1024);
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(text));
    });
    expect((await readAll((await stream()).body)).text).toBe('people, '.repeat(1000));
    expect(client.stats.bytesReceived).toBeLessThan(1000);
    const { text, error } = await readAll((await stream()).body);
    expect(error).toMatchObject({ name: 'SourceFatalError', code: 'inflatedBody' });
    expect(text.length).toBeLessThan(3 * 1024 * 1024);
  });

  it('what a second try gives, when the first is refused before the body', async () => {
    const { client, stream } = await serve((_, response, count) => {
      response.writeHead([503, 429, 200][count - 1] ?? 200).end('x'.repeat(100));
    });
    expect((await readAll((await stream()).body)).text).toHaveLength(100);
    expect(client.stats.retriesByCause).toEqual({ '503': 1, '429': 1 });
  });

  it.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
  ])('after %i once again with a renewed authorization, where it may', async (status, code) => {
    const { stream, requests } = await serve((request, response) => {
      response.writeHead(request.headers.authorization === 'token 2' ? 200 : status).end('in');
    });
    let token = 1;
    const authorization = {
      headers: async () => ({ authorization: `token ${token}` }),
      renew: () => {
        token += 1;
      },
    };
    expect((await readAll((await stream({ authorization, renewOn: [401, 403] })).body)).text).toBe('in');
    await expect(stream({ authorization, renewOn: [401, 403] }).then(() => 'in')).resolves.toBe('in');
    token = 7;
    await expect(stream({ authorization, renewOn: [401, 403] })).rejects.toMatchObject({ code });
    expect(requests()).toBe(5);
    await expect(stream({ authorization, renewOn: [] })).rejects.toMatchObject({ code });
    expect(requests()).toBe(6);
  });

  it('nothing of a body twice: one that is cut ends with what came', async () => {
    const { stream, requests } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    expect(await readAll((await stream()).body)).toMatchObject({
      text: 'half',
      error: { name: 'SourceRetriableError', code: 'truncatedBody' },
    });
    expect(requests()).toBe(1);
  });

  it('as long as parts keep coming, and no longer', async () => {
    const { stream } = await serve((_, response) => {
      response.write('a');
    });
    expect(await readAll((await stream({ idleTimeoutMs: 500 })).body)).toMatchObject({
      text: 'a',
      error: { name: 'SourceRetriableError', code: 'bodyStalled' },
    });
  });

  it('a body that drips no longer than it may take in all', async () => {
    const { stream } = await serve((_, response) => {
      const drip = setInterval(() => response.write('.'), 5);
      response.once('close', () => clearInterval(drip));
    });
    const { text, error } = await readAll((await stream({ totalTimeoutMs: 500 })).body);
    expect(text).toMatch(/^\.+$/);
    expect(error).toMatchObject({ name: 'SourceRetriableError', code: 'bodyTooSlow' });
  });

  it('up to its limit', async () => {
    const { stream } = await serve((_, response) => void response.end('x'.repeat(2000)));
    expect((await readAll((await stream({ maxResponseBytes: 2000 })).body)).text).toHaveLength(2000);
    expect((await readAll((await stream({ maxResponseBytes: 1999 })).body)).error).toMatchObject({
      name: 'SourceFatalError',
      code: 'responseTooLarge',
    });
  });

  it('until it is aborted, with the reason', async () => {
    const cancel = new AbortController();
    const { stream } = await serve((_, response) => void response.write('a'), { signal: cancel.signal });
    const { body } = await stream();
    await body.next();
    const reason = new Error('cancelled');
    const rest = body.next();
    cancel.abort(reason);
    await expect(rest).rejects.toBe(reason);
  });

  it('nothing when it is aborted before anybody reads', async () => {
    const cancel = new AbortController();
    const { stream } = await serve((_, response) => void response.write('a'));
    const { body } = await stream({ signal: cancel.signal });
    const reason = new Error('cancelled');
    cancel.abort(reason);
    await expect(body.next()).rejects.toBe(reason);
  });

  it('no more than is read: a reader that stops ends the connection', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    let sent = 0;
    const { stream } = await serve((_, response) => {
      const part = Buffer.alloc(64 * 1024);
      const pump = (): void => {
        while (response.write(part)) sent += part.length;
        sent += part.length;
      };
      response.on('drain', pump).once('close', resolve);
      pump();
    });
    const { body } = await stream();
    await body.next();
    await body.return();
    await closed;
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });
});

describe('a request that must not go unheard', () => {
  it('is answered although the signal ends meanwhile, and is the last', async () => {
    const cancel = new AbortController();
    const { client, server, requests } = await serve((_, response) => {
      cancel.abort(new Error('cancelled'));
      response.end('rotated');
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
    const ask = async (isUninterrupted: boolean) =>
      client.request({
        url,
        isUninterrupted,
        signal: cancel.signal,
        read: ({ body }) => Buffer.from(body).toString('utf8'),
      });
    await expect(ask(true)).resolves.toBe('rotated');
    await expect(ask(true)).rejects.toThrow('cancelled');
    expect(requests()).toBe(1);
  });
});
