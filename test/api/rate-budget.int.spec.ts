import { afterAll, beforeAll, expect, it } from 'vitest';
import { type IntegrationId, paceOf, RateBudgetStore, SettingsStore } from '#core';
import { ApiUnderTest } from './api-under-test.js';
import { type SeededTenant, seedTenant } from './seed-tenant.js';
import { ldapConnection } from './valid-requests.js';

let api: ApiUnderTest;
let acme: SeededTenant;
let integration: string;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  acme = await seedTenant(api);
  integration = `/v1/tenants/${acme.tenant}/integrations/${acme.integration}`;
});

afterAll(async () => {
  await api.stop();
});

async function change(rateBudget: object | null, url = integration) {
  const { headers } = await api.send({ method: 'GET', url });
  return api.send({ method: 'PATCH', url, payload: { rateBudget }, headers: { 'if-match': String(headers.etag) } });
}

it('shows what holds for a source that nobody has asked, and what the last sync waited', async () => {
  expect(await api.json('GET', integration)).toMatchObject({ rateBudget: null });
  expect(await api.json('GET', `${integration}/rate-budget`, { key: acme.viewerKey })).toEqual({
    requestsPerMinute: 12_000,
    burst: 200,
    origin: 'default',
    left: 102,
    paused: null,
    lastSync: { id: acme.sync, waitedSeconds: 0, requests: 2 },
  });
});

it('is set for an integration, tells the audit, and goes back to the connector’s', async () => {
  expect((await change({ requestsPerMinute: 600, burst: 10 })).json()).toMatchObject({
    rateBudget: { requestsPerMinute: 600, burst: 10 },
  });
  expect(await api.json('GET', `${integration}/rate-budget`)).toMatchObject({
    requestsPerMinute: 600,
    burst: 10,
    origin: 'integration',
  });
  expect((await change({ requestsPerMinute: 300 })).json()).toMatchObject({
    rateBudget: { requestsPerMinute: 300, burst: 5 },
  });
  expect((await change(null)).json()).toMatchObject({ rateBudget: null });
  const audit = await api.port(SettingsStore).audit(acme.tenant, {}, { after: null, limit: 20 });
  const told = audit.filter(({ action }) => action === 'integration.rateBudget').map(({ detail }) => detail);
  expect(told).toEqual(['300/5 → the connector’s', '600/10 → 300/5', 'the connector’s → 600/10']);
});

it('shows what is spent, and that the source wants to be left alone', async () => {
  const { id } = await api.json<{ id: IntegrationId }>('POST', `/v1/tenants/${acme.tenant}/integrations`, {
    body: {
      name: 'Workday',
      connectorId: 'acme-hr',
      config: { baseUrl: 'https://hr.acme.example', clientId: 'muster' },
      secrets: { clientSecret: 'client-s3cret', signingKey: 'signing-k3y' },
      // So slow that nothing comes back while the test runs.
      rateBudget: { requestsPerMinute: 20, burst: 10 },
    },
  });
  const source = { tenantId: acme.tenant, integrationId: id };
  const pace = paceOf({ requestsPerMinute: 20, burst: 10 });
  await api.port(RateBudgetStore).take(source, pace, { wanted: 6, unused: 0 });
  const url = `/v1/tenants/${acme.tenant}/integrations/${id}/rate-budget`;
  expect(await api.json('GET', url)).toMatchObject({ left: pace.burst - 6, paused: null, lastSync: null });
  await api.port(RateBudgetStore).rest(source, pace, { ms: 100_000, status: 429 });
  const { left, paused } = await api.json<{ left: number; paused: { until: string; since: string } }>('GET', url);
  expect(left).toBe(0);
  expect(paused).toMatchObject({ status: 429 });
  expect(Date.parse(paused.until) - Date.parse(paused.since)).toBe(100_000);
});

it.each([
  [{ requestsPerMinute: 60, burst: 31 }, 422, '/rateBudget/burst'],
  [{ requestsPerMinute: 0 }, 400, '/rateBudget/requestsPerMinute'],
  [{ requestsPerMinute: 60_001 }, 400, '/rateBudget/requestsPerMinute'],
  [{ requestsPerMinute: 60, burst: 1.5 }, 400, '/rateBudget/burst'],
  [{ requestsPerMinute: 60, perSecond: 1 }, 400, '/rateBudget/perSecond'],
])('refuses %o', async (rateBudget, status, pointer) => {
  const answer = await change(rateBudget);
  expect(answer.statusCode).toBe(status);
  expect(answer.json<{ errors: { pointer: string }[] }>().errors.map((each) => each.pointer)).toEqual([pointer]);
});

it('is none of a source that is not asked by HTTP', async () => {
  const { id } = await api.json<{ id: string }>('POST', `/v1/tenants/${acme.tenant}/integrations`, {
    body: { name: 'Directory', ...ldapConnection },
  });
  const url = `/v1/tenants/${acme.tenant}/integrations/${id}`;
  expect(await api.json('GET', `${url}/rate-budget`)).toMatchObject({
    requestsPerMinute: null,
    origin: 'none',
    left: null,
  });
  const refused = await change({ requestsPerMinute: 60 }, url);
  expect(refused.statusCode).toBe(422);
  expect(refused.json()).toMatchObject({ errors: [{ pointer: '/rateBudget', code: 'notAllowed' }] });
});
