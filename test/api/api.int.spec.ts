import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest, operatorKey } from './api-under-test.js';
import { planHash, type SeededTenant, seedTenant } from './seed-tenant.js';

let api: ApiUnderTest;
let acme: SeededTenant;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  acme = await seedTenant(api);
});

afterAll(async () => {
  await api.stop();
});

describe('health', () => {
  it('says that it is alive and ready, and gives metrics, without a key', async () => {
    for (const url of ['/healthz', '/readyz', '/metrics', '/openapi.json', '/docs', '/docs/swagger-ui.css']) {
      const response = await api.send({ method: 'GET', url, key: null });
      expect(response.statusCode, `${url}: ${response.body.slice(0, 500)}`).toBe(200);
    }
  });
});

describe('a sync', () => {
  it('is shown', async () => {
    const sync = await api.json('GET', `/v1/tenants/${acme.tenant}/syncs/${acme.sync}`, { key: acme.viewerKey });
    console.log(JSON.stringify(sync, null, 1));
    const outcomes = await api.json('GET', `/v1/tenants/${acme.tenant}/syncs/${acme.sync}/outcomes?limit=2`, {
      key: acme.viewerKey,
    });
    console.log(JSON.stringify(outcomes, null, 1));
    console.log(
      JSON.stringify(
        await api.json('GET', `/v1/tenants/${acme.tenant}/outcomes/${acme.outcomes[1]}/explanation`),
        null,
        1,
      ),
    );
    expect(planHash).toBe(sync.planHash);
    expect(operatorKey).toBeTruthy();
  });
});
