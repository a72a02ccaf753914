import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '#testing';
import { ApiUnderTest, type ApiOverrides } from './api-under-test.js';
import { seedTenant } from './seed-tenant.js';

let api: ApiUnderTest;

async function start(overrides: ApiOverrides = {}): Promise<void> {
  api = await ApiUnderTest.start(overrides);
}

afterEach(async () => {
  await api.stop();
});

describe('a large answer', () => {
  it('is packed for who accepts it, and says that it depends on that', async () => {
    await start();
    const plain = await api.send({ method: 'GET', url: '/openapi.json', key: null });
    const packed = await api.send({
      method: 'GET',
      url: '/openapi.json',
      key: null,
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(plain.headers).not.toHaveProperty('content-encoding');
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(packed.headers['content-length']).toBe(String(packed.rawPayload.length));
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 4);
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body);
  });

  it('is left alone when it is small or an image', async () => {
    await start();
    for (const url of ['/healthz', '/docs/favicon-32x32.png']) {
      const { headers } = await api.send({ method: 'GET', url, key: null, headers: { 'accept-encoding': 'gzip, br' } });
      expect(headers, url).not.toHaveProperty('content-encoding');
    }
  });
});

describe('a script of another origin', () => {
  const origin = 'https://people.example';
  const preflight = async (from: string, url = '/v1/me') =>
    api.send({
      method: 'OPTIONS',
      url,
      key: null,
      headers: { origin: from, 'access-control-request-method': 'GET' },
    });

  it('is not let in by default', async () => {
    await start();
    expect((await preflight(origin)).headers).not.toHaveProperty('access-control-allow-origin');
    const { headers } = await api.send({ method: 'GET', url: '/v1/me', headers: { origin } });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('is let in when its origin is named, without credentials of the browser; others are not', async () => {
    await start({ config: { corsOrigins: [origin] } });
    const asked = await preflight(origin);
    expect(asked.statusCode).toBe(204);
    expect(asked.headers).toMatchObject({ 'access-control-allow-origin': origin });
    expect(asked.headers['access-control-allow-headers']).toContain('Idempotency-Key');
    expect(asked.headers).not.toHaveProperty('access-control-allow-credentials');
    const answered = await api.send({ method: 'GET', url: '/v1/me', headers: { origin } });
    expect(answered.statusCode).toBe(200);
    expect(answered.headers).toMatchObject({ 'access-control-allow-origin': origin, vary: 'Origin, Accept-Encoding' });
    for (const name of ['ETag', 'Idempotent-Replayed', 'Content-Disposition']) {
      expect(answered.headers['access-control-expose-headers'], name).toContain(name);
    }
    const other = await preflight('https://people.example.evil.example');
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
    expect(other.statusCode).not.toBe(204);
    const refused = await api.send({ method: 'GET', url: '/v1/me', key: 'mus_nobody', headers: { origin } });
    expect(refused.statusCode).toBe(401);
    expect(refused.headers).toMatchObject({ 'access-control-allow-origin': origin });
  });
});

describe('the requests of a key', () => {
  it('are counted by key, refused beyond the limit, and taken again after a while', async () => {
    const clock = new ManualClock('2026-01-05T08:00:00.000Z');
    await start({ clock, config: { rateLimitPerMinute: 60 } });
    const acme = await seedTenant(api);
    const me = async (key: string) => api.send({ method: 'GET', url: '/v1/me', key });
    const first = await me(acme.viewerKey);
    expect(first.headers).toMatchObject({
      'ratelimit-limit': '60',
      'ratelimit-remaining': '59',
      'ratelimit-reset': '1',
    });
    for (let count = 1; count < 60; count += 1) expect((await me(acme.viewerKey)).statusCode).toBe(200);
    const refused = await me(acme.viewerKey);
    expect(refused.json()).toMatchObject({ status: 429, code: 'tooManyRequests' });
    expect(refused.headers).toMatchObject({ 'retry-after': '1', 'ratelimit-remaining': '0', 'ratelimit-reset': '60' });
    expect((await me(acme.adminKey)).statusCode).toBe(200);
    clock.advance(1000);
    expect((await me(acme.viewerKey)).statusCode).toBe(200);
    expect((await me(acme.viewerKey)).statusCode).toBe(429);
    expect((await api.send({ method: 'GET', url: '/healthz', key: null })).statusCode).toBe(200);
  });
});
