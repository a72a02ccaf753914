import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry, IntegrationRequest } from '#api-client';
import { capturedTerminal, runAt } from '../cli/captured-terminal.js';
import { RunningMuster } from '../support/running-muster.js';
import { newEmbeddedEngine } from '../support/test-engine.js';
import { ApiUnderTest, operatorKey } from './api-under-test.js';
import { type SeededTenant, seedTenant, wanted } from './seed-tenant.js';

let api: ApiUnderTest;
let acme: SeededTenant;
let base: string;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});

beforeEach(async () => {
  acme = await seedTenant(api);
  base = `/v1/tenants/${acme.tenant}/integration-requests`;
});

afterAll(async () => {
  await api.stop();
});

const ifMatch = (revision: number) => ({ 'if-match': `"${String(revision)}"` });

async function move(body: object, revision: number, key = operatorKey) {
  return api.send({
    method: 'POST',
    url: `${base}/${acme.request}/move`,
    key,
    headers: ifMatch(revision),
    payload: body,
  });
}

describe('a request for an integration', () => {
  it('is brought forward step by step, and says who did what when', async () => {
    expect((await move({ to: 'scoped', comment: 'Two weeks.' }, 1)).json()).toMatchObject({
      state: 'scoped',
      revision: 2,
    });
    const deployed = await move({ to: 'deployed', integrationId: acme.integration }, 2);
    expect(deployed.headers.etag).toBe('"3"');
    const read = await api.json<IntegrationRequest>('GET', `${base}/${acme.request}`, { key: acme.viewerKey });
    expect(read).toMatchObject({ ...wanted, state: 'deployed', integrationId: acme.integration, note: '' });
    expect(read.steps.map(({ state, comment }) => [state, comment])).toEqual([
      ['requested', ''],
      ['scoped', 'Two weeks.'],
      ['deployed', ''],
    ]);
    for (const { by, at } of read.steps)
      expect([by, at]).toEqual([expect.stringMatching(/^key:key_/), expect.any(String)]);
    const { items } = await api.json<{ items: AuditEntry[] }>(
      'GET',
      `/v1/tenants/${acme.tenant}/audit?action=integrationRequest.*`,
    );
    expect(items.map(({ action, target }) => [action, target])).toEqual([
      ['integrationRequest.deployed', acme.request],
      ['integrationRequest.scoped', acme.request],
      ['integrationRequest.create', acme.request],
    ]);
  });

  it('never skips a state, goes back, or names an integration that is not the tenant’s', async () => {
    const other = await seedTenant(api);
    expect((await move({ to: 'deployed', integrationId: acme.integration }, 1)).json()).toMatchObject({
      status: 409,
      code: 'requestMoved',
    });
    await move({ to: 'scoped' }, 1);
    expect((await move({ to: 'scoped' }, 2)).statusCode).toBe(409);
    for (const body of [{ to: 'deployed' }, { to: 'deployed', integrationId: other.integration }]) {
      expect((await move(body, 2)).json()).toMatchObject({ status: 422, errors: [{ pointer: '/integrationId' }] });
    }
    await move({ to: 'declined', comment: 'No API.' }, 2);
    expect((await move({ to: 'deployed', integrationId: acme.integration }, 3)).statusCode).toBe(409);
    expect((await move({ to: 'live' }, 3)).statusCode).toBe(400);
  });

  it('is changed by the tenant’s admin until it is taken up, and by nobody who has not seen it', async () => {
    const url = `${base}/${acme.request}`;
    const patch = (payload: object, revision: number) =>
      api.send({ method: 'PATCH', url, key: acme.adminKey, headers: ifMatch(revision), payload });
    expect((await patch({ frequency: 'hourly' }, 1)).json()).toMatchObject({
      frequency: 'hourly',
      volume: '400 people',
    });
    expect((await patch({ frequency: 'daily' }, 1)).statusCode).toBe(412);
    expect((await move({ to: 'scoped' }, 1)).statusCode).toBe(412);
    await move({ to: 'scoped' }, 2);
    expect((await patch({ frequency: 'daily' }, 3)).json()).toMatchObject({ status: 409, code: 'requestMoved' });
    const bad = await patch({ documentationUrl: 'javascript:alert(1)', sourceSystem: '' }, 3);
    expect(bad.statusCode).toBe(400);
  });

  it('is withdrawn by the tenant’s admin, and that is its end', async () => {
    const url = `${base}/${acme.request}/withdraw`;
    const options = { method: 'POST' as const, url, key: acme.adminKey };
    const done = await api.send({ ...options, headers: ifMatch(1), payload: { comment: 'CSV will do.' } });
    expect(done.json()).toMatchObject({ state: 'withdrawn', steps: [{}, { comment: 'CSV will do.' }] });
    expect((await api.send({ ...options, headers: ifMatch(2), payload: {} })).statusCode).toBe(409);
    expect((await move({ to: 'scoped' }, 2)).statusCode).toBe(409);
  });

  it('is made once, however often it is sent under one key', async () => {
    const headers = { 'idempotency-key': 'ask-once' };
    const send = () => api.json<{ id: string }>('POST', base, { body: wanted, headers, key: acme.adminKey });
    expect((await send()).id).toBe((await send()).id);
    const { items } = await api.json<{ items: object[] }>('GET', base);
    expect(items).toHaveLength(2);
  });

  it('is listed newest first, by state too', async () => {
    const { id } = await api.json<{ id: string }>('POST', base, { body: wanted });
    await move({ to: 'scoped' }, 1);
    const list = async (query: string) =>
      (await api.json<{ items: IntegrationRequest[] }>('GET', `${base}${query}`)).items.map((one) => one.id);
    expect(await list('')).toEqual([id, acme.request]);
    expect(await list('?state=scoped')).toEqual([acme.request]);
    const page = await api.json<{ nextCursor: string }>('GET', `${base}?limit=1`);
    expect(await list(`?limit=1&cursor=${page.nextCursor}`)).toEqual([acme.request]);
  });

  it('is made and moved at the terminal', async () => {
    const url = await api.listen();
    const muster = (...args: string[]) =>
      runAt(capturedTerminal(120), [...args, '--url', url, '--api-key', operatorKey, '--tenant', acme.tenant]);
    const made = await muster(
      ...['request', 'create', '--source', 'PeopleBox', '--authentication', 'key', '--payload', 'XML'],
      ...['--volume', '10', '--frequency', 'daily', '--connectivity', 'tunnel', '--field', 'name', '--json'],
    );
    const { id } = JSON.parse(made.out) as { id: string };
    expect((await muster('request', 'update', id, '--note', 'soon')).code).toBe(0);
    expect((await muster('request', 'move', id, 'scoped', '--comment', 'Yes.')).out).toContain('is scoped');
    await muster('request', 'move', id, 'deployed', '--integration', 'Acme HR');
    expect((await muster('request', 'show', id)).out).toMatch(/scoped +key:key_\w+ +Yes\./);
    expect((await muster('request', 'list', '--state', 'deployed')).out).toContain(acme.integration);
    expect((await muster('request', 'withdraw', id)).err).toContain('deployed');
    expect((await muster('request', 'withdraw', acme.request)).out).toContain('withdrawn');
  });
});

it('a deployed request is live by itself once its integration is, and never before', async () => {
  const muster = await RunningMuster.start({}, newEmbeddedEngine());
  try {
    const { api: rest } = muster;
    const { id: tenant } = await rest.must<{ id: string }>('POST', '/v1/tenants', { name: 'Acme' });
    const at = `/v1/tenants/${tenant}`;
    const { id: integration } = await rest.must<{ id: string }>('POST', `${at}/integrations`, {
      name: 'Acme HR',
      connectorId: 'acme-hr',
      config: { baseUrl: 'https://hr.acme.example', clientId: 'muster' },
      secrets: { clientSecret: 'x', signingKey: 'x' },
    });
    const { id } = await rest.must<{ id: string }>('POST', `${at}/integration-requests`, wanted);
    const request = `${at}/integration-requests/${id}`;
    await rest.must('POST', `${request}/move`, { to: 'scoped' }, ifMatch(1));
    await rest.must('POST', `${request}/move`, { to: 'deployed', integrationId: integration }, ifMatch(2));
    expect(await rest.must('GET', request)).toMatchObject({ state: 'deployed' });
    await rest.must('PATCH', `${at}/integrations/${integration}`, { standing: 'live' }, ifMatch(1));
    await expect
      .poll(() => rest.must('GET', request))
      .toMatchObject({
        state: 'live',
        revision: 4,
        steps: [{}, {}, {}, { state: 'live', by: 'muster' }],
      });
    const { items } = await rest.must<{ items: AuditEntry[] }>('GET', `${at}/audit?actor=muster`);
    expect(items).toMatchObject([{ action: 'integrationRequest.live', target: id, detail: integration }]);
  } finally {
    await muster.stop();
  }
});
