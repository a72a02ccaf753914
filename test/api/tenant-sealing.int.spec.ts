import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EndpointSpec } from '../../apps/reporter/src/rest/http/endpoint.js';
import { parameterNames, type PathParameter } from '../../apps/reporter/src/rest/http/path-parameters.js';
import { existing, fill, unknown } from './api-paths.js';
import { ApiUnderTest, operatorKey, withoutRequestId } from './api-under-test.js';
import { planHash, type SeededTenant, seedTenant } from './seed-tenant.js';
import { neededQueries, validBodies } from './valid-requests.js';

let api: ApiUnderTest;
let acme: SeededTenant;
let other: SeededTenant;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  acme = await seedTenant(api);
  other = await seedTenant(api);
});

afterAll(async () => {
  await api.stop();
});

function nameOf({ method, path }: EndpointSpec): string {
  return `${method} ${path}`;
}

async function ask(spec: EndpointSpec, values: Record<PathParameter, string>, key: string) {
  const body = spec.body === undefined ? undefined : (validBodies[nameOf(spec)] ?? {});
  if (spec.body !== undefined)
    expect(spec.body.safeParse(body).success, `${nameOf(spec)} needs a body in this test`).toBe(true);
  const headers = spec.ifMatch === undefined ? {} : { 'if-match': '"1"' };
  const response = await api.send({
    method: spec.method,
    url: `${fill(spec, values)}${neededQueries[nameOf(spec)] ?? ''}`,
    key,
    headers,
    ...(body === undefined ? {} : { payload: body }),
  });
  return withoutRequestId(response);
}

/** Of the other tenant's admin, or of an operator where an admin's role is not enough: below one tenant, both see that one alone. */
function keyFor({ role }: EndpointSpec): string {
  return role === 'operator' ? operatorKey : other.adminKey;
}

function ofATenant(): EndpointSpec[] {
  return api.endpoints.filter(({ path }) => path.startsWith('/v1/tenants/{tenant}'));
}

it('answers every address of another tenant exactly as one of a tenant that does not exist', async () => {
  for (const spec of ofATenant()) {
    for (const key of [other.adminKey, other.viewerKey]) {
      const theirs = await ask(spec, existing(acme), key);
      const nobodys = await ask(spec, unknown(), key);
      expect(theirs.status, nameOf(spec)).toBe(404);
      expect(theirs, nameOf(spec)).toEqual(nobodys);
    }
  }
});

it('answers another tenant’s ids below the own tenant exactly as unknown ids', async () => {
  const withIds = ofATenant().filter(
    ({ method, path }) => /\}.*\{/.test(path) && !(method === 'PUT' && path.endsWith('{name}')),
  );
  expect(withIds.length).toBeGreaterThan(20);
  for (const spec of withIds) {
    const own = { tenant: other.tenant };
    const theirs = await ask(spec, { ...existing(acme), ...own }, keyFor(spec));
    const nobodys = await ask(spec, { ...unknown(), ...own }, keyFor(spec));
    expect(theirs.status, `${nameOf(spec)} ${theirs.body}`).toBe(404);
    expect(theirs, nameOf(spec)).toEqual(nobodys);
  }
});

it('does not mix ids of two tenants within one address', async () => {
  for (const spec of ofATenant()) {
    for (const foreign of parameterNames(spec.path).filter(
      (name) => !['tenant', 'version', 'other', 'seq', 'name', 'file', 'secret'].includes(name),
    )) {
      const theirs = await ask(spec, { ...existing(other), [foreign]: existing(acme)[foreign] }, keyFor(spec));
      expect(theirs.status, `${nameOf(spec)} with a foreign ${foreign}`).toBe(404);
    }
  }
});

it('answers another tenant’s ids in bodies and filters exactly as unknown ids', async () => {
  const base = `/v1/tenants/${other.tenant}`;
  const none = unknown();
  const post = async (url: string, payload: object) => {
    const { status, body } = withoutRequestId(
      await api.send({ method: 'POST', url: `${base}${url}`, key: other.adminKey, payload }),
    );
    return { status, body };
  };
  const syncs = `/integrations/${other.integration}/syncs`;
  expect(await post(syncs, { replayOfSyncId: acme.sync })).toEqual(await post(syncs, { replayOfSyncId: none.sync }));
  const record = (syncId: string) => ({ expression: 'contact', syncId, seq: 0 });
  expect(await post('/expressions/evaluate', record(acme.sync))).toEqual(
    await post('/expressions/evaluate', record(none.sync)),
  );
  const naming = (outcome: string) => ({ outcomeIds: [outcome], planHash });
  const approve = `/syncs/${other.sync}/approve`;
  expect(await post(approve, naming(acme.outcomes[0]!))).toEqual(await post(approve, naming(none.outcome)));
  for (const list of ['/syncs', '/users']) {
    const get = async (id: string) =>
      withoutRequestId(await api.send({ method: 'GET', url: `${base}${list}?integration=${id}`, key: other.adminKey }))
        .body;
    expect(await get(acme.integration)).toBe(await get(none.integration));
  }
});

it('lists nothing of another tenant', async () => {
  const lists = api.endpoints.filter(
    ({ method, path, lastEventId }) =>
      method === 'GET' &&
      path.startsWith('/v1/') &&
      !path.includes('{connector}') &&
      // Streams tell nothing at once and do not end; what they tell has tests of its own.
      lastEventId === undefined,
  );
  const foreign = [
    acme.tenant,
    acme.integration,
    acme.sync,
    acme.user,
    acme.viewerKeyId,
    acme.check,
    acme.request,
    acme.webhook,
    acme.attribute,
  ];
  for (const spec of lists) {
    const { status, body } = await ask(spec, existing(other), other.adminKey);
    expect(status, `${nameOf(spec)} ${body}`).toBe(200);
    for (const id of foreign) expect(body.includes(id), `${nameOf(spec)} shows ${id}`).toBe(false);
  }
});
