import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Dialler } from '../egress/dialler.js';
import { EgressPolicy } from '../egress/egress-policy.js';
import { HttpClient } from '../http-client.js';
import type { HttpClientOptions } from '../http-client.js';
import type { RequestAuthorization } from '../http-request.js';
import type { RecordedReply } from '../testing/recorded-reply.js';
import { RecordingClient } from '../testing/recording-client.js';
import { replayReplies } from '../testing/replay-replies.js';
import { simulateSource } from '../testing/simulated-source.js';
import type { AnswerRequest, SimulatedRequest } from '../testing/simulated-source.js';
import { apiKeyAuthorization } from './api-key-authorization.js';
import { basicAuthorization } from './basic-authorization.js';
import { bearerAuthorization } from './bearer-authorization.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const options: HttpClientOptions = {
  dialler: new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) }),
  sleep: async () => undefined,
};

async function source(answer: AnswerRequest = () => ({ body: '{}' }), http = new HttpClient(options)) {
  const asked: SimulatedRequest[] = [];
  const server = await simulateSource((request) => {
    asked.push(request);
    return answer(request);
  });
  closing.push(async () => {
    await http.close();
    await server.stop();
  });
  const ask = async (authorization: RequestAuthorization, path = '/people'): Promise<string> =>
    http.request({
      url: server.url + path,
      authorization,
      read: ({ body }) => Buffer.from(body).toString('utf8'),
    });
  return { asked, ask, url: server.url };
}

/** What a user could be told of an error. */
function toldOf(error: unknown): string {
  const { stack = '', cause } = error as Error;
  return `${stack} ${JSON.stringify(error)} ${cause === undefined ? '' : toldOf(cause)}`;
}

describe('basicAuthorization', () => {
  it('sends name and password in UTF-8, colons of the password included', async () => {
    const { asked, ask } = await source();
    await ask(basicAuthorization({ username: 'jürgen', password: 'a:b£' }));
    const [scheme, pair = ''] = (asked[0]?.headers['authorization'] ?? '').split(' ');
    expect([scheme, Buffer.from(pair, 'base64').toString('utf8')]).toEqual(['Basic', 'jürgen:a:b£']);
  });

  it('sends a password that was refused once only', async () => {
    const { asked, ask } = await source(() => ({ status: 401, body: '{}' }));
    const refused = ask(basicAuthorization({ username: 'muster', password: 'wrong' }));
    await expect(refused).rejects.toMatchObject({ name: 'SourceCredentialsError', code: 'unauthorized' });
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['a name with a colon', { username: 'mus:ter', password: 'sesame-open' }, 'apiUser'],
    ['a name with a line break', { username: 'muster\n', password: 'sesame-open' }, 'apiUser'],
    ['a password with a control character', { username: 'muster', password: 'sesame-\u0007open' }, 'apiPassword'],
  ])('refuses %s, naming the setting alone', (_, credentials, setting) => {
    const settings = { username: 'apiUser', password: 'apiPassword' };
    let error: unknown;
    try {
      basicAuthorization({ ...credentials, settings });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: 'SourceConfigurationError', code: 'unusableCredential', fields: { setting } });
    expect((error as Error).message).toContain(setting);
    expect(toldOf(error)).not.toMatch(/mus:ter|sesame/);
  });
});

describe('bearerAuthorization and apiKeyAuthorization', () => {
  it('send the token or the key in its header', async () => {
    const { asked, ask } = await source();
    await ask(bearerAuthorization({ token: '12|abc==' }));
    await ask(apiKeyAuthorization({ key: 'k-1', header: 'X-Api-Key' }));
    expect(asked[0]?.headers).toMatchObject({ authorization: 'Bearer 12|abc==' });
    expect(asked[1]?.headers).toMatchObject({ 'x-api-key': 'k-1' });
  });

  it.each([
    ['with a line break', 'secret\nword'],
    ['with a blank at its end', 'secret-word '],
    ['outside ASCII', 'secret-wörd'],
    ['that is empty', ''],
  ])('refuse one %s, naming the setting alone', (_, value) => {
    for (const make of [
      () => bearerAuthorization({ token: value, setting: 'accessKey' }),
      () => apiKeyAuthorization({ key: value, header: 'x-key', setting: 'accessKey' }),
      () => apiKeyAuthorization({ key: value, query: 'key', setting: 'accessKey' }),
    ]) {
      expect(make).toThrow(/^accessKey is empty, begins or ends with a space/);
      expect(make).not.toThrow(/w.rd/);
    }
  });
});

describe('a key in the query', () => {
  const key = 'k&y=1/2';

  it('is sent beside the rest of the query, which stays as it is spelled, and instead of another key', async () => {
    const { asked, ask } = await source();
    await ask(apiKeyAuthorization({ key, query: 'api_key' }), '/people?a=x%20y&api_key=old&b=%7E');
    expect(asked[0]?.url.search).toBe('?a=x%20y&b=%7E&api_key=k%26y%3D1%2F2');
  });

  it.each([401, 403, 404, 302, 418, 503, 'cut'])('is not told when the source answers %s', async (status) => {
    const { asked, ask } = await source(() => ({
      status: typeof status === 'number' ? status : 200,
      headers: typeof status === 'number' ? {} : { 'content-encoding': 'gzip' },
      body: 'no gzip',
    }));
    const error: unknown = await ask(apiKeyAuthorization({ key, query: 'api_key' })).catch((thrown: unknown) => thrown);
    expect(asked[0]?.url.searchParams.get('api_key')).toBe(key);
    expect(error).toBeInstanceOf(Error);
    expect(toldOf(error)).not.toMatch(/k&y|k%26y|api_key/);
  });

  it('is not told when the source cannot be reached', async () => {
    const { url } = await source();
    for (const close of closing.splice(0).reverse()) await close();
    const http = new HttpClient(options);
    closing.push(async () => http.close());
    const authorization = apiKeyAuthorization({ key, query: 'api_key' });
    const error: unknown = await http
      .request({ url, authorization, read: () => null })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'SourceRetriableError' });
    expect(toldOf(error)).not.toMatch(/k&y|k%26y|api_key/);
  });

  it('is in no recorded reply, which answers the request with the key all the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-replies-'));
    closing.push(async () => rmSync(folder, { recursive: true }));
    const replies: RecordedReply[] = [];
    const first = await source(
      ({ url }) => ({ body: `{"page":"${url.searchParams.get('pageToken') ?? ''}"}` }),
      new RecordingClient(options, (reply) => void replies.push(reply)),
    );
    const authorization = apiKeyAuthorization({ key, query: 'api_key' });
    for (const page of ['a', 'b']) await first.ask(authorization, `/people?pageToken=${page}`);
    expect(replies.map(({ request }) => request.path)).toEqual(['/people?pageToken=a', '/people?pageToken=b']);
    replies.forEach((reply, index) => writeFileSync(join(folder, `${index}.json`), JSON.stringify(reply)));

    const again = await source(replayReplies(folder, { apartFrom: ['api_key'] }));
    expect(await again.ask(authorization, '/people?pageToken=b')).toBe('{"page":"b"}');
    expect(again.asked[0]?.url.searchParams.get('api_key')).toBe(key);
  });
});
