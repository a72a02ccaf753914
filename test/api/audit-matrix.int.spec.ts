import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EndpointSpec } from '../../apps/reporter/src/rest/http/endpoint.js';
import { existing, fill } from './api-paths.js';
import { ApiUnderTest } from './api-under-test.js';
import { applySeeded, planHash, type SeededTenant, seedTenant } from './seed-tenant.js';
import { validBodies } from './valid-requests.js';

/** How an operation is carried out well, and what the audit says of it. */
interface Carried {
  action: string;
  /** Of what the entry is: a path parameter, or what the answer says. Left out: of the tenant. */
  target?: (values: Values, answer: Record<string, string>) => string;
  body?: object;
  /** Makes what the operation needs; gives path parameters of its own. */
  arrange?: (tenant: SeededTenant) => Promise<Partial<Values>>;
  /** Parts of the entry’s detail. */
  detail?: string;
}
type Values = ReturnType<typeof existing>;

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(async () => {
  await api.stop();
});

const t = '/v1/tenants/{tenant}';
const i = `${t}/integrations/{integration}`;

async function integrationOf(tenant: SeededTenant, body: object): Promise<Partial<Values>> {
  const { id } = await api.json<{ id: string }>('POST', `/v1/tenants/${tenant.tenant}/integrations`, { body });
  return { integration: id };
}

const pushed = async (tenant: SeededTenant) =>
  integrationOf(tenant, { name: 'Okta', connectorId: 'scim', config: {}, secrets: {} });

/** One whose connector makes key pairs. */
const keyed = async (tenant: SeededTenant) =>
  integrationOf(tenant, {
    name: 'CSV',
    connectorId: 'csv-sftp',
    config: { host: 'files.acme.example', user: 'muster', content: 'full' },
    secrets: {},
  });

const applied = async (tenant: SeededTenant) => {
  await applySeeded(api, tenant);
  return {};
};

/** Every command and every export, by `METHOD /path`. */
const carried: Record<string, Carried> = {
  'POST /v1/tenants': { action: 'tenant.create', target: (_values, { id = '' }) => id },
  [`PATCH ${t}`]: { action: 'tenant.update', body: { name: 'Acme Two' }, detail: 'name' },
  [`POST ${t}/api-keys`]: { action: 'apiKey.create', target: (_values, { id = '' }) => id, detail: 'viewer' },
  [`DELETE ${t}/api-keys/{key}`]: { action: 'apiKey.delete', target: ({ key }) => key },
  [`PUT ${t}/attributes/{name}`]: { action: 'attribute.put', target: ({ name }) => name, detail: 'string' },
  [`DELETE ${t}/attributes/{name}`]: { action: 'attribute.delete', target: ({ name }) => name },
  [`POST ${t}/integration-requests`]: { action: 'integrationRequest.create', target: (_values, { id = '' }) => id },
  [`PATCH ${t}/integration-requests/{request}`]: {
    action: 'integrationRequest.update',
    target: ({ request }) => request,
    body: { frequency: 'hourly' },
  },
  [`POST ${t}/integration-requests/{request}/move`]: {
    action: 'integrationRequest.scoped',
    target: ({ request }) => request,
  },
  [`POST ${t}/integration-requests/{request}/withdraw`]: {
    action: 'integrationRequest.withdrawn',
    target: ({ request }) => request,
  },
  [`POST ${t}/integrations`]: { action: 'integration.create', target: (_values, { id = '' }) => id, detail: 'ldap' },
  [`PATCH ${i}`]: {
    action: 'integration.update',
    target: ({ integration }) => integration,
    body: { name: 'HR' },
    detail: 'name',
  },
  [`POST ${i}/key-pairs`]: {
    action: 'keyPair.make',
    target: ({ integration }) => integration,
    arrange: keyed,
    detail: 'ssh',
  },
  [`DELETE ${i}/key-pairs/{secret}`]: {
    action: 'keyPair.drop',
    target: ({ integration }) => integration,
    arrange: async (tenant) => {
      const { integration = '' } = await keyed(tenant);
      const path = `/v1/tenants/${tenant.tenant}/integrations/${integration}/key-pairs`;
      const { items } = await api.json<{ items: { secret: string }[] }>('POST', path, { body: { kind: 'ssh' } });
      return { integration, secret: items[0]?.secret ?? '' };
    },
  },
  [`POST ${i}/scim-tokens`]: {
    action: 'scimToken.create',
    target: (_values, { id = '' }) => id,
    arrange: pushed,
    detail: 'int_',
  },
  [`DELETE ${i}/scim-tokens/{token}`]: { action: 'scimToken.delete', target: ({ token }) => token, detail: 'int_' },
  [`POST ${i}/mappings`]: { action: 'mapping.create', target: ({ integration }) => `${integration}/2` },
  [`POST ${i}/mappings/{version}/activate`]: {
    action: 'mapping.activate',
    target: ({ integration, version }) => `${integration}/${version}`,
  },
  [`POST ${t}/syncs/{sync}/approve`]: {
    action: 'sync.approve',
    target: ({ sync }) => sync,
    // Of a sync that is live already: the first word on a dry one makes its integration live, which has an entry of its own.
    arrange: applied,
    body: { filter: { outcome: 'created' }, includeHeld: true, planHash },
    detail: `outcome created, held ones included; outcomes: 1; plan: ${planHash}`,
  },
  [`POST ${t}/syncs/{sync}/reject`]: {
    action: 'sync.reject',
    target: ({ sync }) => sync,
    detail: `all, held ones included; outcomes: 3; plan: ${planHash}`,
  },
  [`POST ${t}/syncs/{sync}/cancel`]: {
    action: 'sync.cancel',
    target: ({ sync }) => sync,
    arrange: async ({ tenant, integration }) => {
      const path = `/v1/tenants/${tenant}/integrations/${integration}/syncs`;
      return { sync: (await api.json<{ id: string }>('POST', path)).id };
    },
  },
  [`POST ${t}/syncs/{sync}/undo`]: { action: 'sync.undo', target: ({ sync }) => sync, arrange: applied, detail: 'dry' },
  [`PATCH ${t}/users/{user}`]: { action: 'user.change', target: ({ user }) => user, detail: 'syn_' },
  [`POST ${t}/users/{user}/deprovision`]: { action: 'user.deprovision', target: ({ user }) => user, detail: 'syn_' },
  [`POST ${t}/users/{user}/reactivate`]: { action: 'user.reactivate', target: ({ user }) => user, detail: 'syn_' },
  [`POST ${t}/webhooks`]: { action: 'webhook.create', target: (_values, { id = '' }) => id },
  [`DELETE ${t}/webhooks/{webhook}`]: { action: 'webhook.delete', target: ({ webhook }) => webhook },
  [`GET ${t}/users.csv`]: { action: 'users.export' },
  [`GET ${t}/syncs/{sync}/outcomes.csv`]: { action: 'outcomes.export', target: ({ sync }) => sync },
};

/** What leaves no entry, and why. */
const exceptions: Record<string, string> = {
  [`POST ${t}/expressions/evaluate`]: 'changes nothing and nobody is told of it',
  [`POST ${i}/mappings/{version}/evaluate`]: 'changes nothing and nobody is told of it',
  [`POST ${i}/check`]: 'asks whether the source answers, and changes nothing',
  [`POST ${i}/syncs`]: 'the sync says who asked for it, and is kept longer',
  [`POST ${i}/mappings/{version}/impact`]: 'the sync says who asked for it; it is dry',
  [`POST ${t}/users/{user}/sync`]: 'the sync says who asked for it, and is kept longer',
};

const nameOf = ({ method, path }: EndpointSpec): string => `${method} ${path}`;

/** Where the thing is read that a command is about. */
function shownAt({ path }: EndpointSpec): string {
  return path.replace(/\/(?:move|withdraw)$/, '');
}

function audited(): EndpointSpec[] {
  return api.endpoints.filter(({ method, mediaType }) => method !== 'GET' || (mediaType ?? '').startsWith('text/csv'));
}

async function entries(tenant: string): Promise<{ id: string; [field: string]: unknown }[]> {
  const path = `/v1/tenants/${tenant}/audit?limit=500`;
  return (await api.json<{ items: { id: string; at: string }[] }>('GET', path)).items;
}

/** Carries it out with a key of the least role; gives the entries that it has left and who has asked. */
async function carryOut(spec: EndpointSpec, { arrange, body }: Omit<Carried, 'action'>) {
  const tenant = await seedTenant(api);
  const values = { ...existing(tenant), ...(await arrange?.(tenant)) };
  const name = nameOf(spec);
  const key = spec.role === 'operator' ? undefined : tenant.adminKey;
  const url = fill(spec, values);
  const before = new Set((await entries(tenant.tenant)).map(({ id }) => id));
  const tag =
    spec.ifMatch === 'required'
      ? String((await api.send({ method: 'GET', url: fill({ path: shownAt(spec) }, values) })).headers['etag'])
      : null;
  const payload = body ?? validBodies[name] ?? (spec.body === undefined ? undefined : {});
  const response = await api.send({
    method: spec.method,
    url,
    ...(key === undefined ? {} : { key }),
    ...(tag === null ? {} : { headers: { 'if-match': tag } }),
    ...(payload === undefined ? {} : { payload }),
  });
  expect(response.statusCode, `${name}: ${response.body}`).toBeLessThan(300);
  const isJson = String(response.headers['content-type']).includes('json');
  const answer = isJson ? response.json<Record<string, string>>() : {};
  const of = name === 'POST /v1/tenants' ? (answer['id'] ?? '') : tenant.tenant;
  const me = await api.json<{ keyId: string }>('GET', '/v1/me', key === undefined ? {} : { key });
  const left = (await entries(of)).filter(({ id }) => !before.has(id));
  return { left, values: { ...values, tenant: of }, answer, actor: `key:${me.keyId}` };
}

it('knows every command and every export', () => {
  const known = [...Object.keys(carried), ...Object.keys(exceptions)];
  expect(audited().map(nameOf).toSorted()).toEqual(known.toSorted());
});

it('has exactly one entry of each, that says who did what to what', async () => {
  await Promise.all(
    audited().map(async (spec) => {
      const how = carried[nameOf(spec)];
      if (how === undefined) return;
      const { left, values, answer, actor } = await carryOut(spec, how);
      const { action, target = ({ tenant }: Values) => tenant, detail = '' } = how;
      const expected = {
        actor,
        action,
        target: target(values, answer),
        detail: expect.stringContaining(detail) as string,
      };
      expect(left, nameOf(spec)).toEqual([expect.objectContaining(expected)]);
    }),
  );
}, 120_000);

it('has no entry of what is an exception; a sync names who asked for it', async () => {
  await Promise.all(
    audited().map(async (spec) => {
      const why = exceptions[nameOf(spec)];
      if (why === undefined) return;
      const { left, answer, actor } = await carryOut(spec, {});
      expect(left, nameOf(spec)).toEqual([]);
      if (why.startsWith('the sync says')) expect(answer['requestedBy'], nameOf(spec)).toBe(actor);
    }),
  );
});
