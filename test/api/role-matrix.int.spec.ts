import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { existing, fill, unknown } from './api-paths.js';
import { ApiUnderTest, operatorKey } from './api-under-test.js';
import { mapping, type SeededTenant, seedTenant } from './seed-tenant.js';
import { ldapConnection, neededQueries, validBodies } from './valid-requests.js';

/** What the contract says of one operation: nothing else is known here. */
interface Operation {
  method: string;
  path: string;
  leastRole: 'none' | 'viewer' | 'admin' | 'operator';
  takesBody: boolean;
  needsIfMatch: boolean;
  statuses: string[];
}

interface OpenApiOperation {
  'x-least-role': Operation['leastRole'];
  requestBody?: object;
  parameters?: { in: string; name: string }[];
  responses: Record<string, object>;
}

const ranks = { none: 0, viewer: 1, admin: 2, operator: 3 };
const callers = ['nobody', 'viewer', 'admin', 'operator'] as const;
type Calling = (typeof callers)[number];

let api: ApiUnderTest;
let address: string;
let operations: Operation[];
let acme: SeededTenant;
let other: SeededTenant;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  address = await api.listen();
  acme = await seedTenant(api);
  other = await seedTenant(api);
  const document = (await (await fetch(`${address}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, OpenApiOperation>>;
  };
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, responses, ...operation }]) => ({
      method: method.toUpperCase(),
      path,
      leastRole: operation['x-least-role'],
      takesBody: requestBody !== undefined,
      needsIfMatch: parameters.some((one) => one.in === 'header' && one.name.toLowerCase() === 'if-match'),
      statuses: Object.keys(responses),
    })),
  );
});

afterAll(async () => {
  await api.stop();
});

function keyOf(calling: Calling, { viewerKey, adminKey }: SeededTenant): string | null {
  return { nobody: null, viewer: viewerKey, admin: adminKey, operator: operatorKey }[calling];
}

/** Reads no body but a problem's: an event stream does not end. */
async function ask(operation: Operation, values: ReturnType<typeof existing>, key: string | null) {
  const { method, path } = operation;
  const name = `${method} ${path}`;
  const response = await fetch(`${address}${fill({ path }, values)}${neededQueries[name] ?? ''}`, {
    method,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(operation.takesBody ? { 'content-type': 'application/json' } : {}),
      ...(operation.needsIfMatch ? { 'if-match': '"1"' } : {}),
    },
    ...(operation.takesBody ? { body: JSON.stringify(validBodies[name] ?? {}) } : {}),
  });
  const { status } = response;
  if (status < 400) {
    await response.body?.cancel();
    return { status, problem: null };
  }
  const { requestId: _requestId, instance: _instance, ...problem } = (await response.json()) as Record<string, unknown>;
  return { status, problem };
}

function isOfATenant({ path }: Operation): boolean {
  return path.startsWith('/v1/tenants/{tenant}');
}

/** Some commands wait for roles that do not run here before they answer: all are asked at once. */
const patience = 120_000;

describe.each(callers)('the contract, asked by %s', (calling) => {
  const passes = ({ leastRole }: Operation): boolean => callers.indexOf(calling) >= ranks[leastRole];

  it(
    'lets through whoever has the least role',
    async () => {
      const allowed = operations.filter(passes);
      expect(allowed.length).toBeGreaterThan(3);
      await Promise.all(
        allowed.map(async (operation) => {
          const { method, path, statuses } = operation;
          const name = `${method} ${path} by ${calling}`;
          // What passes may change or delete what the next one needs.
          const tenant = method !== 'GET' && isOfATenant(operation) ? await seedTenant(api) : acme;
          const { status, problem } = await ask(operation, existing(tenant), keyOf(calling, tenant));
          expect(statuses, `${name}: ${JSON.stringify(problem)}`).toContain(String(status));
          expect([401, 403, 404, 405, 500], `${name}: ${JSON.stringify(problem)}`).not.toContain(status);
        }),
      );
    },
    patience,
  );

  it('refuses everybody else', async () => {
    const answer = calling === 'nobody' ? { status: 401, code: 'unauthenticated' } : { status: 403, code: 'forbidden' };
    for (const operation of operations.filter((one) => !passes(one))) {
      const { status, problem } = await ask(operation, existing(acme), keyOf(calling, acme));
      expect({ status, code: problem?.['code'] }, `${operation.method} ${operation.path}`).toEqual(answer);
    }
  });
});

describe('the connection of an integration', () => {
  /** Acme HR is a custom connector, LDAP one that is out of the box. */
  const custom = {
    connectorId: 'acme-hr',
    config: { baseUrl: 'https://hr2.acme.example', clientId: 'x' },
    secrets: { clientSecret: 'x', signingKey: 'x' },
  };
  const send = async (calling: Calling, tenant: SeededTenant, change: { integration?: string; body: object }) => {
    const { integration, body } = change;
    const url = `/v1/tenants/${tenant.tenant}/integrations${integration === undefined ? '' : `/${integration}`}`;
    const response = await api.send({
      method: integration === undefined ? 'POST' : 'PATCH',
      url,
      key: keyOf(calling, tenant),
      ...(integration === undefined ? {} : { headers: { 'if-match': '"1"' } }),
      payload: body,
    });
    const { code, errors = [] } = response.json<{ code?: string; errors?: { pointer: string }[] }>();
    return [response.statusCode, code, ...errors.map(({ pointer }) => pointer)];
  };

  it.each([
    { calling: 'viewer', made: [403, 'forbidden'], changed: [403, 'forbidden'] },
    { calling: 'admin', made: [403, 'forbidden', '/connectorId'], changed: [403, 'forbidden', '/config', '/secrets'] },
    { calling: 'operator', made: [201, undefined], changed: [200, undefined] },
  ] as const)('that is custom, asked to be made and changed by $calling', async ({ calling, made, changed }) => {
    const tenant = await seedTenant(api);
    const { integration } = tenant;
    expect(await send(calling, tenant, { body: { name: 'x', ...custom } })).toEqual(made);
    const { config, secrets } = custom;
    expect(await send(calling, tenant, { integration, body: { config, secrets } })).toEqual(changed);
  });

  it.each([
    { calling: 'viewer', made: 403, changed: 403 },
    { calling: 'admin', made: 201, changed: 200 },
    { calling: 'operator', made: 201, changed: 200 },
  ] as const)(
    'that is out of the box, asked to be made and changed by $calling',
    async ({ calling, made, changed }) => {
      const tenant = await seedTenant(api);
      expect((await send(calling, tenant, { body: { name: 'x', ...ldapConnection } }))[0]).toBe(made);
      const { id: integration } = await api.json<{ id: string }>('POST', `/v1/tenants/${tenant.tenant}/integrations`, {
        body: { name: 'y', ...ldapConnection },
      });
      const { secrets, config } = ldapConnection;
      const body = { secrets, config: { ...config, pageSize: 100 } };
      expect((await send(calling, tenant, { integration, body }))[0]).toBe(changed);
    },
  );

  it('is all that the admin of a custom one cannot change', async () => {
    const tenant = await seedTenant(api);
    const { integration } = tenant;
    const { config } = await api.json<{ config: object }>(
      'GET',
      `/v1/tenants/${tenant.tenant}/integrations/${integration}`,
    );
    const body = {
      config,
      name: 'HR',
      enabled: false,
      safeguards: { failures: 0.2 },
      contacts: ['hr@acme.example'],
      schedule: { mode: 'dry', every: 6 },
      onLeavingScope: 'keep',
    };
    expect(await send('admin', tenant, { integration, body })).toEqual([200, undefined]);
    const mappings = `/v1/tenants/${tenant.tenant}/integrations/${integration}/mappings`;
    await api.json('POST', mappings, { body: mapping, key: tenant.adminKey });
    await api.json('POST', `${mappings}/2/activate`, { key: tenant.adminKey });
  });
});

it.each(['viewer', 'admin'] as const)('of another tenant answers its %s as of one that is unknown', async (calling) => {
  const ofTenants = operations.filter(isOfATenant);
  expect(ofTenants.length).toBeGreaterThan(40);
  for (const operation of ofTenants) {
    const name = `${operation.method} ${operation.path} by another tenant's ${calling}`;
    const theirs = await ask(operation, existing(acme), keyOf(calling, other));
    const nobodys = await ask(operation, unknown(), keyOf(calling, other));
    expect(theirs.status, name).toBe(404);
    expect(theirs, name).toEqual(nobodys);
  }
});
