import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { BadResponseError } from './bad-response.errors.js';
import { Dialler } from './egress/dialler.js';
import { EgressPolicy } from './egress/egress-policy.js';
import { HttpClient } from './http-client.js';
import type { HttpClientOptions } from './http-client.js';
import {
  SourceConfigurationError,
  SourceCredentialsError,
  SourceFatalError,
  SourceRetriableError,
} from './source.errors.js';

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });
const open: { server: Server; client: HttpClient }[] = [];

/** A server that answers by `handler`, and a client whose waits are written down instead of waited for. */
async function serve(handler: Handler, options: HttpClientOptions = {}) {
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    handler(request, response, count);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const waits: number[] = [];
  const client = new HttpClient({
    dialler,
    sleep: async (ms) => {
      waits.push(ms);
    },
    random: () => 1,
    now: () => Date.parse('2025-06-01T12:00:00Z'),
    backoff: { maxAttempts: 4 },
    ...options,
  });
  open.push({ server, client });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/people`;
  const get = async (extra: Partial<Parameters<HttpClient['request']>[0]> = {}) =>
    client.request({ url, ...extra, read: ({ body }) => Buffer.from(body).toString('utf8') });
  return { client, waits, url, get, requests: () => count };
}

afterEach(async () => {
  for (const { server, client } of open.splice(0)) {
    await client.close();
    server.closeAllConnections();
    server.close();
  }
});

describe('HttpClient', () => {
  it('repeats 5xx with growing waits and counts what it did', async () => {
    const { client, waits, get } = await serve((_, response, count) => {
      response.writeHead(count < 3 ? 503 : 200).end('done');
    });
    await expect(get()).resolves.toBe('done');
    expect(waits).toEqual([250, 500]);
    expect(client.stats).toMatchObject({
      requests: 3,
      retries: 2,
      retriesByCause: { '503': 2 },
      retriesByStatus: { '503': 2 },
      byStatus: { '200': 1, '503': 2 },
      waitedMs: 750,
      bytesReceived: 12,
    });
  });

  it.each([
    ['seconds', '7', 7000],
    ['a date', 'Sun, 01 Jun 2025 12:00:09 GMT', 9000],
    ['more than the cap', '86400', 120_000],
    ['nonsense', 'later', 250],
  ])('waits as 429 says: %s', async (_, retryAfter, expected) => {
    const { waits, get } = await serve((__, response, count) => {
      response.writeHead(count === 1 ? 429 : 200, { 'retry-after': retryAfter }).end('ok');
    });
    await get();
    expect(waits).toEqual([expected]);
  });

  it.each([
    [500, SourceRetriableError, 'sourceUnavailable', 4],
    [429, SourceRetriableError, 'rateLimited', 4],
    [401, SourceCredentialsError, 'unauthorized', 1],
    [403, SourceCredentialsError, 'forbidden', 1],
    [404, SourceConfigurationError, 'addressNotFound', 1],
    [302, SourceConfigurationError, 'redirected', 1],
    [422, SourceFatalError, 'unexpectedStatus', 1],
  ])('ends %i as %o', async (status, type, code, attempts) => {
    const { get, requests } = await serve((_, response) => {
      response.writeHead(status).end('secret detail');
    });
    const error: unknown = await get().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ code, fields: { status } });
    expect(String(error)).not.toContain('secret detail');
    expect(requests()).toBe(attempts);
  });

  it.each([403, 404, 422])('says of a path what may be shown of it, %i', async (status) => {
    const { get } = await serve((_, response) => {
      response.writeHead(status).end();
    });
    const error: unknown = await get({ shownPath: '/people/{id}' }).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(/ \/people\/\{id\}/);
  });

  it('takes an accepted status for an answer', async () => {
    const { get } = await serve((_, response) => {
      response.writeHead(404).end('nobody');
    });
    await expect(get({ accept: [404] })).resolves.toBe('nobody');
  });

  it('repeats a body cut short and a connection that breaks', async () => {
    const { client, get } = await serve((_, response, count) => {
      if (count === 1) {
        response.destroy();
      } else if (count === 2) {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half', () => response.destroy());
      } else {
        response.end('whole');
      }
    });
    await expect(get()).resolves.toBe('whole');
    expect(client.stats.retriesByCause).toEqual({ network: 1, truncated: 1 });
    expect(client.stats.retriesByStatus).toEqual({ network: 2 });
    expect(client.stats.byStatus).toEqual({ network: 2, '200': 1 });
  });

  it('gives up on a source that nobody answers for', async () => {
    const client = new HttpClient({ dialler, sleep: async () => undefined, backoff: { maxAttempts: 2 } });
    const read = () => null;
    await expect(client.request({ url: 'http://127.0.0.1:1/', read })).rejects.toMatchObject({
      name: 'SourceRetriableError',
      code: 'unreachable',
    });
    expect(client.stats.requests).toBe(2);
    await client.close();
  });

  it('asks again for a response that makes no sense, then ends fatally with its code', async () => {
    const { client, url, requests } = await serve((_, response) => {
      response.end('');
    });
    const read = () => {
      throw new BadResponseError('emptyBody', 'Nothing came.', { page: 3 });
    };
    await expect(client.request({ url, read })).rejects.toMatchObject({
      name: 'SourceFatalError',
      code: 'emptyBody',
      fields: { page: 3 },
    });
    expect(requests()).toBe(4);
    expect(client.stats.retriesByCause).toEqual({ badResponse: 3 });
    expect(client.stats.retriesByStatus).toEqual({ '200': 3 });
  });

  it('ends as retriable when the response that makes no sense is the source’s way to be out of order', async () => {
    const { client, url, requests } = await serve((_, response) => {
      response.end('');
    });
    const read = () => {
      throw new BadResponseError('busy', 'The source is busy.', {}, 'retriable');
    };
    await expect(client.request({ url, read })).rejects.toMatchObject({ name: 'SourceRetriableError', code: 'busy' });
    expect(requests()).toBe(4);
  });

  it('takes a fault in the connector for what it is', async () => {
    const { client, url, requests } = await serve((_, response) => {
      response.end('');
    });
    const read = () => {
      throw new TypeError('a bug');
    };
    await expect(client.request({ url, read })).rejects.toThrow(TypeError);
    expect(requests()).toBe(1);
  });

  it.each([
    ['declared', { 'content-length': '2000' }],
    ['not declared', {}],
  ])('refuses a response above its limit, %s', async (_, headers) => {
    const { get } = await serve((__, response) => {
      response.writeHead(200, headers).end('x'.repeat(2000));
    });
    await expect(get({ maxResponseBytes: 1999 })).rejects.toMatchObject({
      name: 'SourceFatalError',
      code: 'responseTooLarge',
    });
    await expect(get({ maxResponseBytes: 2000 })).resolves.toHaveLength(2000);
  });

  it('ends an attempt that takes too long, in the headers or in the body', async () => {
    const { client, get } = await serve((_, response, count) => {
      if (count === 2) {
        response.writeHead(200, { 'content-length': '5' }).write('a');
      } else if (count > 2) {
        response.end('there');
      }
    });
    await expect(get({ timeoutMs: 1_000 })).resolves.toBe('there');
    expect(client.stats.retriesByCause).toEqual({ timeout: 2 });
  });

  it('stops at once when aborted, while waiting and while reading', async () => {
    const reason = new Error('cancelled');
    const waiting = new AbortController();
    const first = await serve((_, response) => void response.writeHead(503).end(), {
      signal: waiting.signal,
      sleep: async () => waiting.abort(reason),
    });
    await expect(first.get()).rejects.toBe(reason);
    expect(first.requests()).toBe(1);

    const reading = new AbortController();
    const second = await serve(() => reading.abort(reason), { signal: reading.signal });
    await expect(second.get()).rejects.toBe(reason);
    await expect(second.get()).rejects.toBe(reason);
    expect(second.requests()).toBe(1);
  });

  it('renews the authorization once after a 401', async () => {
    const { client, get } = await serve((request, response) => {
      response.writeHead(request.headers.authorization === 'token 2' ? 200 : 401).end('in');
    });
    let renewals = 1;
    const authorization = {
      headers: async () => ({ authorization: `token ${renewals}` }),
      renew: () => {
        renewals += 1;
      },
    };
    await expect(get({ authorization })).resolves.toBe('in');
    expect(client.stats.retriesByCause).toEqual({ '401': 1 });
    expect(client.stats.retriesByStatus).toEqual({ '401': 1 });

    renewals = 5;
    await expect(get({ authorization })).rejects.toMatchObject({
      name: 'SourceCredentialsError',
      code: 'unauthorized',
    });
    expect(renewals).toBe(6);
  });
});
