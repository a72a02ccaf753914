import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { Dialler } from './egress/dialler.js';
import { EgressPolicy } from './egress/egress-policy.js';
import { HttpClient, type HttpClientOptions } from './http-client.js';

const closing: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.1'] }) });

async function serve(answer: RequestListener, options: HttpClientOptions = {}) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const http = new HttpClient({ dialler, sleep: async () => undefined, backoff: { maxAttempts: 2 }, ...options });
  closing.push(async () => {
    await http.close();
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/people`;
  const get = async (maxResponseBytes?: number) =>
    http.request({
      url,
      ...(maxResponseBytes === undefined ? {} : { maxResponseBytes }),
      read: ({ body }) => Buffer.from(body).toString('utf8'),
    });
  return { http, get };
}

const people = JSON.stringify(Array.from({ length: 500 }, (_, i) => ({ id: `W${i}`, name: `Person ${i}` })));
const codings: readonly [string, (bytes: string | Buffer) => Buffer][] = [
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['br', (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })],
  ['zstd', zstdCompressSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['GZIP', gzipSync],
];

describe('a compressed response', () => {
  it.each(codings)('in %s is decoded, and counted as it came', async (coding, compress) => {
    const bytes = compress(people);
    const asked: unknown[] = [];
    const { http, get } = await serve((request, response) => {
      asked.push(request.headers['accept-encoding']);
      response.writeHead(200, { 'content-encoding': coding, 'content-length': bytes.length });
      // In pieces, so that no coding may rely on having all of it.
      for (let at = 0; at < bytes.length; at += 100) response.write(bytes.subarray(at, at + 100));
      response.end();
    });
    await expect(get()).resolves.toBe(people);
    expect(asked).toEqual(['gzip, br, zstd, deflate']);
    expect(http.stats.bytesReceived).toBe(bytes.length);
  });

  it.each(codings)('in %s that grows without end is refused early', async (coding, compress) => {
    const bomb = compress(Buffer.alloc(16 * 1024 * 1024));
    expect(bomb.length * 100).toBeLessThan(16 * 1024 * 1024);
    const { http, get } = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': coding }).end(bomb);
    });
    await expect(get()).rejects.toMatchObject({
      name: 'SourceFatalError',
      code: 'inflatedBody',
      message: expect.stringContaining('more than 100 times what was sent') as string,
    });
    expect(http.stats.requests).toBe(1);
  });

  it('may repeat itself while it is small', async () => {
    const text = 'x'.repeat(1024 * 1024);
    const { get } = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(text));
    });
    await expect(get()).resolves.toHaveLength(text.length);
  });

  it('counts by what it decodes to for the largest size', async () => {
    const { get } = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(people));
    });
    await expect(get(people.length - 1)).rejects.toMatchObject({ code: 'responseTooLarge' });
    await expect(get(people.length)).resolves.toBe(people);
  });

  it.each(['compress', 'gzip, gzip', 'aws-chunked'])('in %s, which nobody asked for, is refused', async (coding) => {
    const { get } = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': coding }).end(gzipSync(gzipSync(people)));
    });
    await expect(get()).rejects.toMatchObject({ name: 'SourceFatalError', code: 'unknownEncoding' });
  });

  it('that is none is refused, and an empty one is empty', async () => {
    const { get } = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(people);
    });
    await expect(get()).rejects.toMatchObject({ name: 'SourceFatalError', code: 'brokenEncoding' });
    const empty = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end();
    });
    await expect(empty.get()).resolves.toBe('');
  });

  it.each([
    ['with its connection', true],
    ['in an orderly way', false],
  ])('that is cut short %s is asked for again', async (_, broken) => {
    const bytes = gzipSync(people);
    let count = 0;
    const { http, get } = await serve((__, response) => {
      count += 1;
      response.writeHead(200, { 'content-encoding': 'gzip' });
      if (count > 1) response.end(bytes);
      else if (broken) response.write(bytes.subarray(0, 500), () => response.destroy());
      else response.end(bytes.subarray(0, 500));
    });
    await expect(get()).resolves.toBe(people);
    expect(http.stats.retriesByCause).toEqual({ truncated: 1 });
  });
});

describe('a response', () => {
  it.each([
    ['plain', {}],
    ['compressed', { 'content-encoding': 'gzip' }],
  ])('that drips ends with its attempt: %s', async (_, headers) => {
    const bytes = Object.keys(headers).length > 0 ? gzipSync(people) : Buffer.from(people);
    const { http, get } = await serve(
      (__, response) => {
        response.writeHead(200, headers);
        let at = 0;
        const drip = setInterval(() => response.write(bytes.subarray(at, (at += 1))), 5);
        response.on('close', () => clearInterval(drip));
      },
      { timeoutMs: 150 },
    );
    await expect(get()).rejects.toMatchObject({ name: 'SourceRetriableError', code: 'timeout' });
    expect(http.stats.retriesByCause).toEqual({ timeout: 1 });
  });

  it('that is refused before its end is not waited for', async () => {
    const closed = Promise.withResolvers<void>();
    const { get } = await serve((_, response) => {
      response.on('close', () => closed.resolve());
      response.writeHead(200, { 'content-length': '2000' }).write('the first of it');
    });
    await expect(get(1999)).rejects.toMatchObject({ code: 'responseTooLarge' });
    // The client is open still: by itself it would keep the connection.
    await closed.promise;
  });

  it('that redirects leads nowhere, least of all inside', async () => {
    const arrived: unknown[] = [];
    const inside = createTcpServer((socket) => arrived.push(socket.destroy()));
    await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
    closing.push(() => void inside.close());
    const location = `http://127.0.0.1:${(inside.address() as AddressInfo).port}/latest/meta-data`;
    for (const status of [301, 302, 303, 307, 308]) {
      const { get } = await serve((_, response) => void response.writeHead(status, { location }).end());
      await expect(get()).rejects.toMatchObject({ name: 'SourceConfigurationError', code: 'redirected' });
    }
    expect(arrived).toEqual([]);
  });
});
