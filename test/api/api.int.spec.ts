import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Approval, CheckStore, SecretBox, SettingsStore, SyncStore } from '#core';
import { ApiUnderTest } from './api-under-test.js';
import { applySeeded, mapping, planHash, type SeededTenant, seedTenant } from './seed-tenant.js';

let api: ApiUnderTest;
let acme: SeededTenant;
let base: string;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});

beforeEach(async () => {
  acme = await seedTenant(api);
  base = `/v1/tenants/${acme.tenant}`;
});

afterAll(async () => {
  await api.stop();
});

async function refusal(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: object, key?: string) {
  const response = await api.send({
    method,
    url,
    ...(key === undefined ? {} : { key }),
    ...(body === undefined ? {} : { payload: body }),
  });
  return response.json<{
    status: number;
    code: string;
    detail: string;
    errors: { pointer?: string; parameter?: string }[];
  }>();
}

describe('without a key', () => {
  it('shows health, metrics, the contract and the explorer', async () => {
    for (const url of [
      '/healthz',
      '/readyz',
      '/metrics',
      '/openapi.json',
      '/docs',
      '/docs/swagger-ui.css',
      '/docs/swagger-ui-bundle.js',
    ]) {
      const response = await api.send({ method: 'GET', url, key: null });
      expect(response.statusCode, url).toBe(200);
    }
  });

  it('sends security headers and a request id, and takes the caller’s', async () => {
    const { headers } = await api.send({
      method: 'GET',
      url: '/healthz',
      key: null,
      headers: { 'x-request-id': 'mine-1' },
    });
    expect(headers).toMatchObject({
      'x-request-id': 'mine-1',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    const odd = await api.send({ method: 'GET', url: '/healthz', key: null, headers: { 'x-request-id': 'a b\u00e9' } });
    expect(odd.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('the contract', () => {
  it('names the least role of each route, and every reference leads somewhere', async () => {
    const document = await api.json<{
      openapi: string;
      paths: Record<string, Record<string, { 'x-least-role': string; operationId: string }>>;
      components: Record<string, Record<string, object>>;
    }>('GET', '/openapi.json');
    expect(document.openapi).toMatch(/^3\.1/);
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations).toHaveLength(api.endpoints.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const operation of operations)
      expect(['none', 'viewer', 'admin', 'operator']).toContain(operation['x-least-role']);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(
      ([, reference]) => reference ?? '',
    );
    expect(references.length).toBeGreaterThan(50);
    for (const reference of references) {
      expect(document).toHaveProperty(reference.replace('#/', '').split('/'));
    }
  });
});

describe('keys', () => {
  it('say who they are, are shown once, and stop working when withdrawn', async () => {
    expect(await api.json('GET', '/v1/me', { key: acme.viewerKey })).toMatchObject({
      role: 'viewer',
      tenantId: acme.tenant,
    });
    const listed = JSON.stringify(await api.json('GET', `${base}/api-keys`));
    expect(listed).toContain(acme.viewerKeyId);
    expect(listed).not.toContain('mus_');
    await api.json('DELETE', `${base}/api-keys/${acme.viewerKeyId}`, { status: 204 });
    expect((await refusal('GET', '/v1/me', undefined, acme.viewerKey)).code).toBe('unauthenticated');
  });
});

describe('integrations', () => {
  it('never show a secret, only which are set', async () => {
    const text = JSON.stringify(await api.json('GET', `${base}/integrations/${acme.integration}`));
    expect(text).toContain('"secretsSet":["clientSecret","signingKey"]');
    expect(text).not.toContain('client-s3cret');
    expect(text).not.toContain('signing-k3y');
  });

  it('change only for who has seen the present revision', async () => {
    const url = `${base}/integrations/${acme.integration}`;
    const read = await api.send({ method: 'GET', url });
    const etag = String(read.headers.etag);
    const changed = await api.json('PATCH', url, {
      body: { safeguards: { failures: 0.5 } },
      headers: { 'if-match': etag },
    });
    expect(changed).toMatchObject({ revision: 2, safeguards: { failures: 0.5, managerChanges: 0.3 }, name: 'Acme HR' });
    const stale = await api.send({ method: 'PATCH', url, payload: { enabled: false }, headers: { 'if-match': etag } });
    expect(stale.json()).toMatchObject({ status: 412, code: 'preconditionFailed' });
    const audit = await api.port(SettingsStore).audit(acme.tenant, {}, { after: null, limit: 10 });
    expect(audit.map(({ action }) => action)).toContain('safeguards.loosen');
  });

  it('name what the connector does not accept', async () => {
    const body = {
      name: 'x',
      connectorId: 'acme-hr',
      config: { baseUrl: 'ftp://x', clientId: 'c', typo: 1 },
      secrets: { clientSecret: 5 },
    };
    const { errors } = await refusal('POST', `${base}/integrations`, body);
    expect(errors.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/config/baseUrl', '/config/typo', '/secrets/clientSecret', '/secrets/signingKey']),
    );
  });

  it('name those who look after them', async () => {
    const path = `${base}/integrations/${acme.integration}`;
    const { revision, contacts } = await api.json<{ revision: number; contacts: string[] }>('GET', path);
    expect(contacts).toEqual([]);
    const headers = { 'if-match': `"${String(revision)}"` };
    const refused = await api.send({ method: 'PATCH', url: path, payload: { contacts: ['nobody'] }, headers });
    expect(refused.json()).toMatchObject({ errors: [{ pointer: '/contacts/0' }] });
    const body = { contacts: ['hr@acme.example'] };
    expect(await api.json('PATCH', path, { body, headers })).toMatchObject(body);
    expect(await api.json('GET', path)).toMatchObject(body);
  });

  it('change secrets one by one, and none is seen again', async () => {
    const path = `${base}/integrations/${acme.integration}`;
    const opened = async () => {
      const sealed = await api.port(SettingsStore).sealedSecrets(acme.tenant, acme.integration);
      return api.port(SecretBox).open(acme.tenant, sealed ?? '');
    };
    const before = await opened();
    const patch = async (secrets: object) => {
      const { revision } = await api.json<{ revision: number }>('GET', path);
      const headers = { 'if-match': `"${String(revision)}"` };
      return api.send({ method: 'PATCH', url: path, payload: { secrets }, headers });
    };
    const changed = await patch({ signingKey: 'another-key' });
    expect(changed.statusCode).toBe(200);
    expect(changed.body).not.toContain('another-key');
    expect(await opened()).toEqual({ ...before, signingKey: 'another-key' });
    const refused = await patch({ signingKey: null });
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({ errors: [{ pointer: '/secrets/signingKey' }] });
    expect(await opened()).toEqual({ ...before, signingKey: 'another-key' });
  });

  it('are made live by hand by operators only', async () => {
    const body = {
      name: 'x',
      connectorId: 'acme-hr',
      config: { baseUrl: 'https://x.example', clientId: 'c' },
      secrets: { clientSecret: 'x', signingKey: 'x' },
      standing: 'live',
    };
    expect(await refusal('POST', `${base}/integrations`, body, acme.adminKey)).toMatchObject({ status: 403 });
    expect(await api.json('POST', `${base}/integrations`, { body, status: 201 })).toMatchObject({ standing: 'live' });
  });

  it('are checked by the fetcher, which the request waits for', async () => {
    const checks = api.port(CheckStore);
    const answering = (async () => {
      for (;;) {
        const [pending] = (await checks.pending(10)).filter(({ tenantId }) => tenantId === acme.tenant);
        if (pending !== undefined) {
          await checks.answer({
            ...pending,
            finishedAt: '2026-01-05T08:00:00.000Z',
            steps: [{ step: 'dns', ok: false, message: 'No such host.' }],
          });
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    const check = await api.json('POST', `${base}/integrations/${acme.integration}/check`, { status: 200 });
    await answering;
    expect(check).toMatchObject({ ok: false, steps: [{ step: 'dns', message: 'No such host.' }] });
  });
});

describe('a tenant', () => {
  it('is changed only as it was seen: of changes of different fields at once, none is lost', async () => {
    const unseen = await api.send({ method: 'PATCH', url: base, payload: { name: 'X' } });
    expect(unseen.json()).toMatchObject({ status: 428, code: 'preconditionRequired' });
    const seen = await api.send({ method: 'GET', url: base });
    const headers = { 'if-match': String(seen.headers['etag']) };
    const changes = [{ name: 'Acme Two' }, { timeZone: 'Asia/Tokyo' }, { deprovisioningDelayDays: 9 }];
    const answers = await Promise.all(
      changes.map((payload) => api.send({ method: 'PATCH', url: base, payload, headers })),
    );
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 412, 412]);
    for (const [index, payload] of changes.entries()) {
      if (answers[index]?.statusCode === 200) continue;
      expect(answers[index]?.json()).toMatchObject({ code: 'preconditionFailed' });
      const again = { 'if-match': String((await api.send({ method: 'GET', url: base })).headers['etag']) };
      const response = await api.send({ method: 'PATCH', url: base, payload, headers: again });
      expect(response.statusCode).toBe(200);
      expect(response.headers['etag']).not.toBe(again['if-match']);
    }
    expect(await api.json('GET', base)).toMatchObject({ ...Object.assign({}, ...changes), revision: 4 });
  });
});

describe('an attribute', () => {
  it('is put only where nobody has changed any since, when the caller says what was seen', async () => {
    const url = `${base}/attributes/custom.team`;
    const seen = String((await api.send({ method: 'GET', url: `${base}/attributes` })).headers['etag']);
    const put = async (label: string, headers = {}) =>
      api.send({ method: 'PUT', url, payload: { type: 'string', label }, headers });
    const first = await put('Team', { 'if-match': seen });
    expect(first.statusCode).toBe(200);
    expect((await put('Late', { 'if-match': seen })).json()).toMatchObject({ status: 412, code: 'preconditionFailed' });
    expect((await put('Next', { 'if-match': String(first.headers['etag']) })).statusCode).toBe(200);
    expect((await put('Anyhow')).json()).toMatchObject({ label: 'Anyhow' });
  });
});

describe('the audit', () => {
  it('lists who did what, newest first, by filters, for administrators', async () => {
    const headers = { 'if-match': '"1"' };
    await api.json('PATCH', base, { body: { name: 'Acme 2' }, key: acme.adminKey, headers });
    const { items } = await api.json<{ items: { actor: string; action: string; target: string; detail: string }[] }>(
      'GET',
      `${base}/audit?limit=1`,
    );
    expect(items).toMatchObject([{ action: 'tenant.update', target: acme.tenant, detail: 'name' }]);
    const pages: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: { action: string }[]; nextCursor: string | null } = await api.json(
        'GET',
        `${base}/audit?limit=2&action=apiKey.*${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      pages.push(...page.items.map(({ action }) => action));
      cursor = page.nextCursor;
    }
    expect(pages).toEqual(['apiKey.create', 'apiKey.create']);
    const byOthers = await api.json<{ items: object[] }>('GET', `${base}/audit?actor=${items[0]!.actor}`);
    expect(byOthers.items).toHaveLength(1);
    expect(await refusal('GET', `${base}/audit`, undefined, acme.viewerKey)).toMatchObject({ status: 403 });
  });
});

describe('mappings', () => {
  const url = () => `${base}/integrations/${acme.integration}/mappings`;

  it('ask for the attributes that the connector’s default needs, and take it once they are there', async () => {
    const refused = await refusal('POST', url(), { default: true });
    expect(refused).toMatchObject({ status: 422, code: 'mappingInvalid' });
    expect(refused.detail).toContain('custom.costCentre');
    await api.json('PUT', `${base}/attributes/custom.costCentre`, { body: { type: 'string' } });
    await api.json('PUT', `${base}/attributes/custom.contractor`, { body: { type: 'boolean' } });
    expect(await api.json('POST', url(), { body: { default: true }, status: 201 })).toMatchObject({
      version: 2,
      active: false,
    });
    expect(await api.json('POST', `${url()}/2/activate`)).toMatchObject({ version: 2, active: true });
    expect((await refusal('DELETE', `${base}/attributes/custom.contractor`)).code).toBe('attributeInUse');
  });

  it('are listed newest first, page by page', async () => {
    for (let count = 0; count < 4; count += 1) await api.json('POST', url(), { body: mapping });
    const versions: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: { version: number }[]; nextCursor: string | null } = await api.json(
        'GET',
        `${url()}?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      versions.push(...page.items.map(({ version }) => version));
      cursor = page.nextCursor;
    }
    expect(versions).toEqual([5, 4, 3, 2, 1]);
  });
});

describe('looking at a mapping', () => {
  const url = () => `${base}/integrations/${acme.integration}/mappings`;

  it('tries all of it on a stored record or a document, attribute by attribute', async () => {
    const stored = await api.json('POST', `${url()}/1/evaluate`, { body: { syncId: acme.sync, seq: 0 } });
    expect(stored).toEqual({
      sourceId: 'W1',
      inScope: true,
      restricted: null,
      attributes: [
        { name: 'fullName', expression: 'legalName.display', value: 'Ana Silva', problem: null },
        { name: 'email', expression: 'contact.workEmail', value: 'ana@acme.example', problem: null },
      ],
      problems: [],
    });
    const payload = { legalName: { display: 'Bo' }, contact: { workEmail: 'no address' } };
    const tried = await api.json<{ problems: object[]; attributes: object[]; sourceId: null }>(
      'POST',
      `${url()}/1/evaluate`,
      { body: { payload } },
    );
    expect(tried.sourceId).toBeNull();
    expect(tried.attributes[1]).toMatchObject({ value: null, problem: { code: 'typeMismatch' } });
    expect(tried.problems).toMatchObject([{ attribute: 'identity' }, { attribute: 'email' }]);
    expect(await refusal('POST', `${url()}/9/evaluate`, { payload })).toMatchObject({ status: 404 });
  });

  it('finds out whom it would change by a dry replay of the newest complete snapshot', async () => {
    const queued = await api.json('POST', `${url()}/1/impact`, { status: 202 });
    expect(queued).toMatchObject({
      mode: 'dry',
      trigger: 'replay',
      replayOfSyncId: acme.sync,
      mappingVersion: 1,
      state: 'queued',
    });
    expect(await refusal('POST', `${url()}/9/impact`)).toMatchObject({ status: 404 });
  });

  it('shows what another version does otherwise', async () => {
    await api.json('POST', url(), {
      body: {
        attributes: { fullName: 'legalName.full', email: mapping.attributes.email, title: 'job.title' },
        scope: 'active',
      },
    });
    const title = { field: 'title', change: 'added', before: null, after: 'job.title' };
    expect(await api.json('GET', `${url()}/1/diff/2`)).toEqual({
      version: 1,
      other: 2,
      changes: [
        { field: 'scope', change: 'added', before: null, after: 'active' },
        { field: 'fullName', change: 'changed', before: 'legalName.display', after: 'legalName.full' },
        title,
      ],
    });
    const { changes } = await api.json<{ changes: object[] }>('GET', `${url()}/2/diff/1`);
    expect(changes).toContainEqual({ ...title, change: 'removed', before: 'job.title', after: null });
    expect(await api.json('GET', `${url()}/2/diff/2`)).toMatchObject({ changes: [] });
  });
});

describe('the name of an integration', () => {
  const settings = {
    connectorId: 'acme-hr',
    config: { baseUrl: 'https://x.example', clientId: 'c' },
    secrets: { clientSecret: 'x', signingKey: 'x' },
  };

  it('is one that no other of the tenant has, whatever its case', async () => {
    const taken = await refusal('POST', `${base}/integrations`, { ...settings, name: 'ACME hr' });
    expect(taken).toMatchObject({ status: 409, code: 'nameTaken', errors: [{ pointer: '/name' }] });
    expect(taken.detail).toContain(acme.integration);
    const { id } = await api.json<{ id: string }>('POST', `${base}/integrations`, {
      body: { ...settings, name: 'Third' },
    });
    const rename = async (name: string, status: number) =>
      api.json<{ code?: string; name?: string; revision?: number }>('PATCH', `${base}/integrations/${id}`, {
        body: { name },
        headers: { 'if-match': '"1"' },
        status,
      });
    expect(await rename('Acme HR', 409)).toMatchObject({ code: 'nameTaken' });
  });
});

describe('what the other side has to do', () => {
  it('is told step by step with the values to copy, and without a secret', async () => {
    const url = `${base}/integrations/${acme.integration}/setup`;
    const { steps } = await api.json<{ steps: { title: string; values: { label: string; value: string }[] }[] }>(
      'GET',
      url,
      { key: acme.viewerKey },
    );
    expect(steps[0]).toMatchObject({ title: 'Register Muster as a client' });
    expect(steps[0]?.values).toContainEqual({ label: 'Scope', value: 'workers.read' });
    expect(JSON.stringify(steps)).not.toMatch(/client-s3cret|signing-k3y/);
  });
});

describe('what the source’s records look like', () => {
  it('is told from a snapshot, without a value, to viewers too', async () => {
    const url = `${base}/integrations/${acme.integration}/payload-fields`;
    const found = await api.json<{ items: object[] }>('GET', url, { key: acme.viewerKey });
    expect(found).toMatchObject({ syncId: acme.sync, recordsRead: 4, unreadable: 0, truncated: false });
    expect(found.items).toContainEqual({
      path: ['contact', 'workEmail'],
      expression: 'contact.workEmail',
      firstExpression: null,
      types: ['string'],
      filled: 4,
      fillRate: 1,
    });
    expect(JSON.stringify(found)).not.toContain('Ana');
  });

  it('asks for a sync when there is no snapshot', async () => {
    const { id } = await api.json<{ id: string }>('POST', `${base}/integrations`, {
      body: {
        name: 'x',
        connectorId: 'acme-hr',
        config: { baseUrl: 'https://x.example', clientId: 'c' },
        secrets: { clientSecret: 'x', signingKey: 'x' },
      },
    });
    const refused = await refusal('GET', `${base}/integrations/${id}/payload-fields`);
    expect(refused).toMatchObject({ status: 409, code: 'snapshotGone' });
  });
});

describe('expressions', () => {
  const url = () => `${base}/expressions/evaluate`;

  it('are tried on a payload or a stored record', async () => {
    expect(
      await api.json('POST', url(), { body: { expression: 'a.b', payload: { a: { b: '7' } }, type: 'number' } }),
    ).toEqual({ value: '7', coerced: 7 });
    expect(
      await api.json('POST', url(), { body: { expression: 'legalName.display', syncId: acme.sync, seq: 0 } }),
    ).toEqual({ value: 'Ana Silva' });
  });

  it('show where they break', async () => {
    expect(await api.json('POST', url(), { body: { expression: 'a..b', payload: {} } })).toMatchObject({
      problem: { position: 2 },
    });
  });
});

describe('starting a sync', () => {
  const url = () => `${base}/integrations/${acme.integration}/syncs`;

  it('is dry by default and fixes what decides it', async () => {
    expect(await api.json('POST', url(), { status: 202 })).toMatchObject({
      mode: 'dry',
      trigger: 'manual',
      state: 'queued',
      mappingVersion: 1,
    });
  });

  it('is live only after a completed dry sync, which then makes the integration live', async () => {
    const { id } = await api.json<{ id: string }>('POST', `${base}/integrations`, {
      body: {
        name: 'Second',
        connectorId: 'acme-hr',
        config: { baseUrl: 'https://x.example', clientId: 'c' },
        secrets: { clientSecret: 'x', signingKey: 'x' },
      },
    });
    await api.json('POST', `${base}/integrations/${id}/mappings`, { body: mapping });
    expect((await refusal('POST', `${base}/integrations/${id}/syncs`, { mode: 'live' })).code).toBe('noActiveMapping');
    await api.json('POST', `${base}/integrations/${id}/mappings/1/activate`);
    expect((await refusal('POST', `${base}/integrations/${id}/syncs`, { mode: 'live' })).code).toBe('dryFirst');
    expect(await api.json('POST', url(), { body: { mode: 'live' }, status: 202 })).toMatchObject({ mode: 'live' });
    expect(await api.json('GET', `${base}/integrations/${acme.integration}`)).toMatchObject({ standing: 'live' });
  });

  it('can fetch one person, on the quick lane', async () => {
    const { id } = await api.json<{ id: string }>('POST', url(), { body: { person: 'W1' }, status: 202 });
    expect(await api.port(SyncStore).sync(acme.tenant, id as never)).toMatchObject({ lane: 'quick', person: 'W1' });
  });

  it('is asked to read again only what its connector would leave out', async () => {
    const refused = async (body: object) => (await refusal('POST', url(), { reread: true, ...body })).errors;
    for (const body of [{}, { person: 'W1' }, { replayOfSyncId: acme.sync }]) {
      expect(await refused(body)).toMatchObject([{ pointer: '/reread', code: 'notAllowed' }]);
    }
  });

  it('can replay a stored snapshot', async () => {
    expect(await api.json('POST', url(), { body: { replayOfSyncId: acme.sync }, status: 202 })).toMatchObject({
      trigger: 'replay',
      replayOfSyncId: acme.sync,
    });
  });

  it('is refused while the integration is disabled', async () => {
    await api.json('PATCH', `${base}/integrations/${acme.integration}`, {
      body: { enabled: false },
      headers: { 'if-match': '"1"' },
    });
    expect((await refusal('POST', url(), {})).code).toBe('integrationDisabled');
  });
});

describe('a sync', () => {
  const url = () => `${base}/syncs/${acme.sync}`;

  it('is told in plain words, with its counts and safeguards, and never what the connector remembers', async () => {
    const sync = await api.json('GET', url(), { key: acme.viewerKey });
    expect(sync).toMatchObject({
      state: 'completed',
      counts: { created: 2, updated: 1, failed: 1, skipped: 0, deprovisioned: 0, reactivated: 0 },
      held: 1,
      planHash,
      progress: { recordsFetched: 4, recordsPlanned: 4, recordsTotal: 4 },
      summary:
        'Dry run: 1 person would be created and 1 updated. Nobody has been changed. ' +
        '1 person failed and was left alone: 1 with a value of the wrong type. ' +
        'Held until a person approves: 1 person to be created. 3 e-mail addresses would change; 2 may.',
    });
    expect(JSON.stringify(sync)).not.toContain('nobody-outside-may-see-this');
  });

  it('lists outcomes by filter and page, with totals', async () => {
    const first = await api.json<{ items: { id: string }[]; nextCursor: string; totals: unknown[] }>(
      'GET',
      `${url()}/outcomes?limit=3`,
    );
    expect(first.items.map(({ id }) => id)).toEqual(acme.outcomes.slice(0, 3));
    expect(first.totals).toHaveLength(4);
    const rest = await api.json('GET', `${url()}/outcomes?limit=3&cursor=${first.nextCursor}`);
    expect(rest).toMatchObject({ items: [{ id: acme.outcomes[3] }], nextCursor: null });
    const held = await api.json('GET', `${url()}/outcomes?state=held`);
    expect(held).toMatchObject({ items: [{ id: acme.outcomes[2], heldBy: ['emailChanges'] }] });
    expect(await api.json('GET', `${url()}/outcomes?q=silva`)).toMatchObject({ items: [{ label: 'Ana Silva' }] });
  });

  it('shows a record as received to admins, and to no viewer', async () => {
    const record = await api.json('GET', `${url()}/records/0`, { key: acme.adminKey });
    expect(record).toMatchObject({ encoding: 'text', document: { workerId: 'W1' } });
    expect(JSON.parse(String(record['raw']))).toEqual(record['document']);
    expect((await refusal('GET', `${url()}/records/0`, undefined, acme.viewerKey)).status).toBe(403);
  });

  it('explains a failure from the record to what to do next', async () => {
    const explanation = await api.json('GET', `${base}/outcomes/${acme.outcomes[1]!}/explanation`);
    expect(explanation).toMatchObject({
      outcome: { reason: 'typeMismatch' },
      next: 'Correct the value at the source, or convert it in the expression.',
      record: { available: true, document: { workerId: 'W2' } },
    });
    expect(explanation['attributes']).toContainEqual(
      expect.objectContaining({
        attribute: 'email',
        expression: 'contact.workEmail',
        raw: 'not an address',
        coerced: null,
        problem: expect.objectContaining({ code: 'typeMismatch' }),
      }),
    );
  });

  it('explains a change without raw values to viewers', async () => {
    const explanation = await api.json('GET', `${base}/outcomes/${acme.outcomes[3]!}/explanation`, {
      key: acme.viewerKey,
    });
    expect(explanation).toMatchObject({ record: { document: null } });
    expect(explanation['attributes']).toContainEqual(
      expect.objectContaining({
        attribute: 'email',
        raw: null,
        before: 'di@acme.example',
        after: 'di.ng@acme.example',
        changed: true,
      }),
    );
  });
});

describe('approving', () => {
  const approve = (body: object) => api.json('POST', `${base}/syncs/${acme.sync}/approve`, { body, status: 202 });

  it('is a word on the plan that was seen, and makes the integration live', async () => {
    expect(await approve({ all: true, planHash, comment: 'Looks right.' })).toEqual({
      syncId: acme.sync,
      round: 1,
      verdict: 'approve',
      alsoNamed: [],
    });
    expect(await api.json('GET', `${base}/integrations/${acme.integration}`)).toMatchObject({ standing: 'live' });
    const [approval] = await api.port(SyncStore).approvals(acme.tenant, acme.sync);
    expect(approval).toMatchObject({ selection: { all: true, seqs: [], includeHeld: false }, comment: 'Looks right.' });
  });

  it('takes held outcomes when they are named', async () => {
    await approve({ outcomeIds: [acme.outcomes[2]], planHash });
    const [approval] = await api.port(SyncStore).approvals(acme.tenant, acme.sync);
    expect(approval).toMatchObject({ selection: { seqs: [2], includeHeld: true } });
  });

  it('is told afterwards with what was meant by it, in the sync and in the audit', async () => {
    await approve({ filter: { outcome: 'created', reason: 'new' }, includeHeld: true, planHash });
    await approve({ filter: { outcome: 'updated' }, planHash });
    await approve({ outcomeIds: [acme.outcomes[0], acme.outcomes[2]], planHash });
    await api.json('POST', `${base}/syncs/${acme.sync}/reject`, { body: { all: true, planHash }, status: 202 });
    const { approvals } = await api.json<{ approvals: object[] }>('GET', `${base}/syncs/${acme.sync}`);
    const meant = { all: false, filter: null, named: 0, includeHeld: true };
    expect(approvals).toMatchObject([
      { selection: { ...meant, filter: { outcome: 'created', reason: 'new' } }, outcomes: 2, planHash },
      { selection: { ...meant, filter: { outcome: 'updated' }, includeHeld: false }, outcomes: 1 },
      { selection: { ...meant, named: 2 }, outcomes: 2 },
      { verdict: 'reject', selection: { ...meant, all: true }, outcomes: 3 },
    ]);
    const { items } = await api.json<{ items: { detail: string }[] }>('GET', `${base}/audit?target=${acme.sync}`);
    expect(items.map(({ detail }) => detail).toReversed()).toEqual([
      `outcome created, reason new, held ones included; outcomes: 2; plan: ${planHash}`,
      `outcome updated, without held ones; outcomes: 1; plan: ${planHash}`,
      `2 named, held ones included; outcomes: 2; plan: ${planHash}`,
      `all, held ones included; outcomes: 3; plan: ${planHash}`,
    ]);
  });

  it('is readable where less was written down when it was given', async () => {
    const at = '2026-01-05T08:00:00.000Z';
    const old = { verdict: 'approve', planHash, by: 'key:key_1', comment: '', at } as Omit<Approval, 'round'>;
    await api.port(SyncStore).addApproval(acme.tenant, acme.sync, old);
    const { approvals } = await api.json<{ approvals: object[] }>('GET', `${base}/syncs/${acme.sync}`);
    expect(approvals).toEqual([{ ...old, round: 1, selection: null, outcomes: null }]);
  });

  it('is refused for another plan, for what is no change, and when only held ones are left', async () => {
    const url = `${base}/syncs/${acme.sync}/approve`;
    expect((await refusal('POST', url, { all: true, planHash: 'another' })).code).toBe('planChanged');
    const failed = await refusal('POST', url, { outcomeIds: [acme.outcomes[0], acme.outcomes[1]], planHash });
    expect(failed).toMatchObject({ code: 'unprocessable', errors: [{ pointer: '/outcomeIds/1' }] });
    expect((await refusal('POST', url, { filter: { outcome: 'deprovisioned' }, planHash })).code).toBe('notApprovable');
  });

  it('is refused while the sync runs and after a newer one took its place', async () => {
    const { id } = await api.json<{ id: never }>('POST', `${base}/integrations/${acme.integration}/syncs`);
    expect((await refusal('POST', `${base}/syncs/${String(id)}/approve`, { all: true, planHash })).code).toBe(
      'notApprovable',
    );
    await api.port(SyncStore).move(acme.tenant, acme.sync, 'completed', 'completed', { supersededBy: id });
    expect((await refusal('POST', `${base}/syncs/${acme.sync}/approve`, { all: true, planHash })).code).toBe(
      'superseded',
    );
  });
});

describe('cancelling', () => {
  it('asks a running sync to stop, and says when there is nothing to stop', async () => {
    const { id } = await api.json<{ id: string }>('POST', `${base}/integrations/${acme.integration}/syncs`);
    expect(await api.json('POST', `${base}/syncs/${id}/cancel`, { status: 202 })).toMatchObject({
      cancelRequested: true,
    });
    expect((await refusal('POST', `${base}/syncs/${acme.sync}/cancel`)).code).toBe('alreadyEnded');
  });
});

describe('undoing', () => {
  const undo = () => `${base}/syncs/${acme.sync}/undo`;
  const integration = () => `${base}/integrations/${acme.integration}`;

  it('is refused for what has changed nobody or is still at work', async () => {
    expect((await refusal('POST', undo())).code).toBe('nothingToUndo');
    const { id } = await api.json<{ id: string }>('POST', `${integration()}/syncs`);
    expect((await refusal('POST', `${base}/syncs/${id}/undo`)).code).toBe('notEnded');
  });

  it('is a dry sync of its own unless asked otherwise, and pauses nothing by that', async () => {
    await applySeeded(api, acme);
    const dry = await api.json<{ id: never }>('POST', undo(), { status: 202 });
    expect(dry).toMatchObject({ mode: 'dry', trigger: 'undo', undoOfSyncId: acme.sync, replayOfSyncId: null });
    expect(await api.port(SyncStore).sync(acme.tenant, dry.id)).toMatchObject({
      undo: { syncId: acme.sync, round: 0, outcomes: 2, byHand: false },
    });
    expect(await api.json('GET', integration())).toMatchObject({ paused: null });
    expect(await api.json('GET', `${base}/syncs/${acme.sync}`)).toMatchObject({ undoneBySyncId: null });
  });

  it('is not compared with a sync, and is told why', async () => {
    await applySeeded(api, acme);
    const { id } = await api.json<{ id: string }>('POST', undo(), { status: 202 });
    for (const pair of [`${id}/compare/${acme.sync}`, `${acme.sync}/compare/${id}`]) {
      const { status, code, detail } = await refusal('GET', `${base}/syncs/${pair}`);
      expect({ status, code }).toEqual({ status: 409, code: 'snapshotsDiffer' });
      expect(detail).toContain('An undo or a change by hand reads no snapshot');
    }
  });

  it('live, pauses the integration until it is resumed, and is refused a second time', async () => {
    await applySeeded(api, acme);
    const { id } = await api.json<{ id: string }>('POST', undo(), { body: { mode: 'live' }, status: 202 });
    const paused = await api.json<{ revision: number }>('GET', integration());
    expect(paused).toMatchObject({ paused: { syncId: id } });
    expect(await api.json('GET', `${base}/syncs/${acme.sync}`)).toMatchObject({ undoneBySyncId: id });
    const again = await refusal('POST', undo(), { mode: 'live' });
    expect(again.code).toBe('alreadyUndone');
    expect(again.detail).toContain(id);
    const headers = { 'if-match': `"${String(paused.revision)}"` };
    const resumed = await api.send({ method: 'PATCH', url: integration(), headers, payload: { paused: false } });
    expect(resumed.json()).toMatchObject({ paused: null });
    const refused = await api.send({ method: 'PATCH', url: integration(), headers, payload: { paused: true } });
    expect(refused.json()).toMatchObject({ code: 'invalidRequest', errors: [{ pointer: '/paused' }] });
  });
});

describe('users', () => {
  it('are listed and shown with the sources that know them', async () => {
    expect(await api.json('GET', `${base}/users?q=NG&status=active`)).toMatchObject({
      items: [{ id: acme.user }],
      nextCursor: null,
    });
    expect(await api.json('GET', `${base}/users/${acme.user}`)).toMatchObject({
      attributes: { fullName: 'Di Ng' },
      links: [{ integrationId: acme.integration, sourceId: 'W4', presence: 'present' }],
    });
  });

  it('are changed by a sync of their own, whose values are checked first', async () => {
    const url = `${base}/users/${acme.user}`;
    const body = { attributes: { email: 'nope', fullName: null, active: false, nosuch: 'x', hireDate: 'soon' } };
    const { errors } = await refusal('PATCH', url, body);
    expect(errors.map(({ pointer }) => pointer)).toEqual(
      ['email', 'fullName', 'active', 'nosuch', 'hireDate'].map((name) => `/attributes/${name}`),
    );
    const queued = await api.json<{ syncId: never }>('PATCH', url, {
      body: { attributes: { title: 'Boss' } },
      status: 202,
    });
    expect(await api.port(SyncStore).sync(acme.tenant, queued.syncId)).toMatchObject({
      trigger: 'edit',
      lane: 'quick',
      mode: 'live',
      edit: { kind: 'change', userId: acme.user, attributes: { title: 'Boss' } },
    });
  });
});

describe('over a real connection', () => {
  it('answers what is no HTTP with a problem document', async () => {
    await api.listen();
    const { port } = api.app.getHttpServer().address() as { port: number };
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nbroken header\r\n\r\n'));
      socket
        .on('data', (chunk) => (text += chunk.toString()))
        .on('end', () => resolve(text))
        .on('error', reject);
    });
    expect(answer).toContain('HTTP/1.1 400');
    expect(answer).toContain('"code":"malformedRequest"');
    const large = await fetch(`http://127.0.0.1:${String(port)}/v1/tenants`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: 'x'.repeat(10 * 1024 * 1024),
    });
    expect(large.status).toBe(413);
  });
});
