import { afterEach, describe, expect, it } from 'vitest';
import { forwardTo } from './forward-to.js';
import { simulateSource, type SimulatedSource } from './simulated-source.js';

const whole = JSON.stringify({ people: ['Søren', 'Zoë'] });
const sources: SimulatedSource[] = [];
afterEach(async () => {
  for (const source of sources.splice(0)) await source.stop();
});

async function start(): Promise<SimulatedSource> {
  const source = await simulateSource(({ method }) => ({ body: method === 'GET' ? whole : '{"access_token":"t"}' }));
  sources.push(source);
  return source;
}

/** Status of an answer and its text, or that it broke off. */
async function ask(source: SimulatedSource, token = 'a', method = 'GET'): Promise<[number, string]> {
  const response = await fetch(source.url, { method, headers: { authorization: token }, redirect: 'manual' });
  return [response.status, await response.text().catch(() => 'broken off')];
}

describe('a simulated source', () => {
  it('fails so many times, behind so many requests, and then is well', async () => {
    const source = await start();
    source.misbehave({ kind: 'serverError', after: 1, times: 2 });
    const statuses = [];
    for (let request = 0; request < 5; request += 1) statuses.push((await ask(source))[0]);
    expect(statuses).toEqual([200, 503, 503, 200, 200]);
    expect(source.requests).toBe(5);
  });

  it('leaves a token endpoint alone', async () => {
    const source = await start();
    source.misbehave('serverError');
    expect(await ask(source, '', 'POST')).toEqual([200, '{"access_token":"t"}']);
    expect(source.requests).toBe(0);
  });

  it('lets the first token expire on the way, each time that it is told to', async () => {
    const source = await start();
    for (const [first, second] of [
      ['a', 'b'],
      ['c', 'd'],
    ] as const) {
      source.misbehave({ kind: 'expiredToken', after: 1 });
      const statuses = [];
      for (const token of [first, first, second, first]) statuses.push((await ask(source, token))[0]);
      expect(statuses).toEqual([200, 401, 200, 401]);
    }
  });

  it.each([
    ['rateLimit', [429, '']],
    ['unauthorized', [401, '{"error":"invalid_token"}']],
    ['cut', [200, 'broken off']],
    ['cutCleanly', [200, Buffer.from(whole).subarray(0, 14).toString()]],
    ['drip', [200, whole]],
    ['empty', [200, '']],
    ['webPage', [200, '<!DOCTYPE html><title>Sign in</title>']],
    ['redirect', [302, '']],
  ] as const)('can %s', async (kind, answer) => {
    const source = await start();
    source.misbehave(kind);
    expect(await ask(source)).toEqual(answer);
    source.behave();
    expect(await ask(source)).toEqual([200, whole]);
  });

  it('sends a little that unpacks to much', async () => {
    const source = await start();
    source.misbehave('gzipBomb');
    const [, text] = await ask(source);
    expect(text.length).toBe(96 * 1024 * 1024);
    expect(text.slice(0, 100).trim()).toBe('');
  });

  it('stands in front of another, which says what comes when all is well', async () => {
    const behind = await start();
    const front = await simulateSource(forwardTo(behind.url));
    sources.push(front);
    expect(await ask(front)).toEqual([200, whole]);
    behind.misbehave('redirect');
    expect(await ask(front)).toEqual([302, '']);
    behind.behave();
    front.misbehave('cut');
    expect(await ask(front)).toEqual([200, 'broken off']);
  });
});
