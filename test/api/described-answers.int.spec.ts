import { afterAll, beforeAll, expect, it } from 'vitest';
import { existing, fill } from './api-paths.js';
import { ApiUnderTest } from './api-under-test.js';
import { type SeededTenant, seedTenant } from './seed-tenant.js';
import { neededQueries } from './valid-requests.js';

interface Described {
  headers?: Record<string, unknown>;
  content?: Record<string, { example?: unknown }>;
}

let api: ApiUnderTest;
let acme: SeededTenant;
let paths: Record<string, Record<string, { responses: Record<string, Described> }>>;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  acme = await seedTenant(api);
  ({ paths } = await api.json<{ paths: typeof paths }>('GET', '/openapi.json'));
});

afterAll(async () => {
  await api.stop();
});

function described(path: string): Described {
  return paths[path]?.['get']?.responses['200'] ?? {};
}

it('an answer has an ETag where the document says so, and nowhere else', async () => {
  const withTag: string[] = [];
  for (const { method, path, response } of api.endpoints) {
    if (method !== 'GET' || response === undefined) continue;
    const url = `${fill({ path }, existing(acme))}${neededQueries[`GET ${path}`] ?? ''}`;
    const { headers, statusCode } = await api.send({ method, url });
    expect({ path, statusCode }).toEqual({ path, statusCode: 200 });
    if (headers.etag !== undefined) withTag.push(path);
  }
  const saidSo = Object.keys(paths).filter((path) => described(path).headers?.['ETag'] !== undefined);
  expect(withTag.sort()).toEqual(saidSo.sort());
  expect(withTag).not.toHaveLength(0);
});

it.each(['/v1/tenants/{tenant}/users.csv', '/v1/tenants/{tenant}/syncs/{sync}/outcomes.csv'])(
  'the example of %s has the columns that come, but for a tenant’s own',
  async (path) => {
    const { body } = await api.send({ method: 'GET', url: fill({ path }, existing(acme)) });
    const columns = (text: string) => text.split('\r\n')[0]?.split(',');
    const example = Object.values(described(path).content ?? {})[0]?.example;
    expect(columns(String(example))).toEqual(columns(body)?.filter((name) => name !== acme.attribute));
    expect(String(example).split('\r\n')).toHaveLength(3);
  },
);
