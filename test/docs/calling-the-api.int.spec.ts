import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiUnderTest, operatorKey, unknownId } from '../api/api-under-test.js';
import { type SeededTenant, seedTenant } from '../api/seed-tenant.js';
import { queueDrySync } from './queue-dry-sync.js';

let api: ApiUnderTest;
let acme: SeededTenant;
let url: string;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  url = await api.listen();
  acme = await seedTenant(api);
});

afterAll(async () => {
  await api.stop();
});

it('docs/guides/calling-the-api.md shows the example that is tried here', () => {
  const page = readFileSync(new URL('../../docs/guides/calling-the-api.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL('queue-dry-sync.ts', import.meta.url), 'utf8');
  const blocks = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, block]) => block);
  expect(blocks).toEqual([example]);
});

it('its example queues a dry sync, and throws what the API refuses', async () => {
  const muster = { url, apiKey: operatorKey };
  const sync = await queueDrySync(muster, acme.tenant, acme.integration);
  expect(sync).toMatchObject({ mode: 'dry', state: 'queued', integrationId: acme.integration });
  await expect(queueDrySync(muster, acme.tenant, unknownId('int'))).rejects.toThrow(/^notFound: /);
  await expect(queueDrySync({ url, apiKey: 'mus_unknown' }, acme.tenant, acme.integration)).rejects.toThrow(
    /^unauthenticated: /,
  );
});
