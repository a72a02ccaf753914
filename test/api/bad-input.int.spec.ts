import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LightMyRequestResponse } from 'fastify';
import type { z } from 'zod';
import type { EndpointSpec } from '../../apps/reporter/src/rest/http/endpoint.js';
import { parameterNames } from '../../apps/reporter/src/rest/http/path-parameters.js';
import type { ProblemDocument } from '../../apps/reporter/src/rest/http/problem-document.js';
import { existing, fill } from './api-paths.js';
import { ApiUnderTest } from './api-under-test.js';
import { type SeededTenant, seedTenant } from './seed-tenant.js';

let api: ApiUnderTest;
let acme: SeededTenant;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  acme = await seedTenant(api);
});

afterAll(async () => {
  await api.stop();
});

function nameOf({ method, path }: EndpointSpec): string {
  return `${method} ${path}`;
}

function fieldsOf(schema: z.ZodType | undefined): [string, z.ZodType][] {
  return schema === undefined ? [] : Object.entries((schema as z.ZodObject<Record<string, z.ZodType>>).shape);
}

function problemOf(response: LightMyRequestResponse, what: string): ProblemDocument {
  expect(response.headers['content-type'], `${what}: ${response.body.slice(0, 300)}`).toBe(
    'application/problem+json; charset=utf-8',
  );
  expect(response.statusCode, `${what}: ${response.body.slice(0, 300)}`).toBeGreaterThanOrEqual(400);
  expect(response.statusCode, `${what}: ${response.body.slice(0, 300)}`).toBeLessThan(500);
  const problem = response.json<ProblemDocument>();
  expect(problem).toMatchObject({
    status: response.statusCode,
    instance: `urn:muster:request:${String(response.headers['x-request-id'])}`,
  });
  expect(problem.detail.length, what).toBeGreaterThan(10);
  return problem;
}

async function send(spec: EndpointSpec, options: { url?: string; payload?: unknown; text?: string; type?: string }) {
  const url = options.url ?? fill(spec, existing(acme));
  const payload = options.text ?? (options.payload === undefined ? undefined : JSON.stringify(options.payload));
  const headers = {
    ...(payload === undefined ? {} : { 'content-type': options.type ?? 'application/json' }),
    ...(spec.ifMatch === undefined ? {} : { 'if-match': '"1"' }),
  };
  return api.send({ method: spec.method, url, headers, ...(payload === undefined ? {} : { payload }) });
}

it('has endpoints to try', () => {
  expect(api.endpoints.length).toBeGreaterThan(35);
});

it('answers broken JSON with the place where it breaks', async () => {
  for (const spec of api.endpoints.filter(({ method }) => method !== 'GET')) {
    const problem = problemOf(await send(spec, { text: '{"name": "x",, }' }), nameOf(spec));
    expect(problem, nameOf(spec)).toMatchObject({ status: 400, code: 'malformedJson', errors: [{ position: 13 }] });
  }
});

it('answers a body that is not an object, is too deep, or no text, as a problem', async () => {
  const texts = [
    'null',
    '[]',
    '"x"',
    '1',
    '[{"a":1}]',
    'abc',
    '{',
    '{"a":"\u0000',
    `${'['.repeat(5000)}${']'.repeat(5000)}`,
  ];
  for (const spec of api.endpoints.filter(({ body }) => body !== undefined)) {
    for (const text of texts) problemOf(await send(spec, { text }), `${nameOf(spec)} ${text.slice(0, 20)}`);
    const bytes = await api.send({
      method: spec.method,
      url: fill(spec, existing(acme)),
      headers: { 'content-type': 'application/json', 'if-match': '"1"' },
      payload: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
    });
    expect(problemOf(bytes, nameOf(spec)).code).toBe('malformedJson');
  }
});

it('answers bodies of 10 MB with 413', async () => {
  const text = JSON.stringify({ name: 'x'.repeat(10 * 1024 * 1024) });
  for (const spec of api.endpoints.filter(({ method }) => method !== 'GET')) {
    expect(problemOf(await send(spec, { text }), nameOf(spec)), nameOf(spec)).toMatchObject({
      status: 413,
      code: 'bodyTooLarge',
    });
  }
});

it('answers other media types with 415', async () => {
  for (const spec of api.endpoints.filter(({ method }) => method !== 'GET')) {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'nonsense',
    ]) {
      expect(problemOf(await send(spec, { text: 'a=b', type }), nameOf(spec)).status, nameOf(spec)).toBe(415);
    }
  }
});

it('names each unknown field of a body', async () => {
  for (const spec of api.endpoints.filter(({ body }) => body !== undefined)) {
    const problem = problemOf(await send(spec, { payload: { 'no/such~field': 1, ['__proto__x']: {} } }), nameOf(spec));
    const pointers = problem.errors.map(({ pointer }) => pointer);
    expect(pointers, nameOf(spec)).toEqual(expect.arrayContaining(['/no~1such~0field', '/__proto__x']));
  }
});

it('names each field of a body that has the wrong type', async () => {
  const values = [null, true, 0, -1, 1.5, 1e300, '', '\u0000', 'x'.repeat(20_000), [], [null], {}, { a: { b: [] } }];
  let tried = 0;
  for (const spec of api.endpoints) {
    for (const [field, schema] of fieldsOf(spec.body)) {
      for (const value of values) {
        if (schema.safeParse(value).success) continue;
        const what = `${nameOf(spec)} ${field}=${JSON.stringify(value).slice(0, 30)}`;
        const problem = problemOf(await send(spec, { payload: { [field]: value } }), what);
        expect(problem.code, what).toMatch(/^(invalidRequest|unprocessable)$/);
        expect(
          problem.errors.some(({ pointer }) => pointer?.startsWith(`/${field}`)),
          `${what}: ${JSON.stringify(problem)}`,
        ).toBe(true);
        expect(JSON.stringify(problem).length, what).toBeLessThan(10_000);
        tried += 1;
      }
    }
  }
  expect(tried).toBeGreaterThan(200);
});

it('names each parameter that is unknown, given twice or malformed', async () => {
  for (const spec of api.endpoints) {
    const base = fill(spec, existing(acme));
    const unknown = problemOf(await send(spec, { url: `${base}?nosuch=1` }), nameOf(spec));
    expect(unknown.errors, nameOf(spec)).toEqual(
      expect.arrayContaining([expect.objectContaining({ parameter: 'nosuch' })]),
    );
    for (const [name, schema] of fieldsOf(spec.query)) {
      const twice = problemOf(
        await send(spec, { url: `${base}?${name}=1&${name}=2` }),
        `${nameOf(spec)} ${name} twice`,
      );
      expect(twice.errors.map(({ parameter }) => parameter)).toContain(name);
      for (const value of ['', '-1', '0', '501', '1.5', 'x', '\u0000', '%', "';--", 'x'.repeat(5000)]) {
        if (name !== 'cursor' && schema.safeParse(value).success) continue;
        const what = `${nameOf(spec)}?${name}=${value.slice(0, 20)}`;
        const problem = problemOf(await send(spec, { url: `${base}?${name}=${encodeURIComponent(value)}` }), what);
        expect(
          problem.errors.map(({ parameter }) => parameter),
          what,
        ).toContain(name);
      }
    }
  }
});

it('answers every malformed path parameter as a problem', async () => {
  const values = [
    '%00',
    '..%2F..',
    "'",
    '-1',
    '1e3',
    '99999999999999999999',
    '%F0%9F%92%A9',
    '%',
    '%zz',
    'x'.repeat(190),
    'x'.repeat(5000),
    '%FF',
  ];
  for (const spec of api.endpoints) {
    for (const name of parameterNames(spec.path)) {
      for (const value of values) {
        const url = fill(spec, { ...existing(acme), [name]: 'PLACEHOLDER' }).replace('PLACEHOLDER', value);
        problemOf(
          await send(spec, { url, ...(spec.body === undefined ? {} : { payload: { nosuch: 1 } }) }),
          `${nameOf(spec)} ${name}=${value.slice(0, 20)}`,
        );
      }
    }
  }
});

it('asks for If-Match, and refuses one that is malformed or stale', async () => {
  const url = `/v1/tenants/${acme.tenant}/integrations/${acme.integration}`;
  const patch = async (headers: Record<string, string>) =>
    problemOf(await api.send({ method: 'PATCH', url, headers, payload: { name: 'New' } }), 'PATCH');
  expect((await patch({})).code).toBe('preconditionRequired');
  expect(await patch({ 'if-match': 'seven' })).toMatchObject({ status: 400, errors: [{ parameter: 'If-Match' }] });
  expect((await patch({ 'if-match': '"99"' })).status).toBe(412);
});

it('knows wrong methods and unknown addresses', async () => {
  const response = await api.send({ method: 'DELETE', url: '/v1/tenants' });
  expect(problemOf(response, 'DELETE /v1/tenants')).toMatchObject({ status: 405, code: 'methodNotAllowed' });
  expect(response.headers.allow).toBe('GET, POST');
  for (const url of [
    '/',
    '/v1',
    '/v1/nosuch',
    '/v1/tenants//users',
    '/openapi.yaml',
    '/docs/../package.json',
    '/docs/%2e%2e%2fpackage.json',
  ]) {
    expect(problemOf(await api.send({ method: 'GET', url }), url).status, url).toBe(404);
  }
});

it('asks for a key, and refuses unknown ones', async () => {
  for (const spec of api.endpoints.filter(({ role }) => role !== null)) {
    const url = fill(spec, existing(acme));
    for (const headers of [
      {},
      { authorization: 'Bearer nonsense' },
      { authorization: 'Basic eDp5' },
      { authorization: `Bearer ${'x'.repeat(9000)}` },
    ]) {
      const response = await api.send({ method: spec.method, url, key: null, headers });
      expect(problemOf(response, nameOf(spec)).status, nameOf(spec)).toBe(401);
      expect(response.headers['www-authenticate']).toContain('Bearer');
    }
  }
});

it('refuses roles that are not enough', async () => {
  for (const spec of api.endpoints.filter(({ role }) => role === 'admin' || role === 'operator')) {
    const key = spec.role === 'admin' ? acme.viewerKey : acme.adminKey;
    const response = await api.send({ method: spec.method, url: fill(spec, existing(acme)), key });
    expect(problemOf(response, nameOf(spec)).status, nameOf(spec)).toBe(403);
  }
});

it('points at what is wrong in an expression', async () => {
  const url = `/v1/tenants/${acme.tenant}/integrations/${acme.integration}/mappings`;
  const payload = {
    attributes: { fullName: 'legalName.', email: 'no_such_function(x)', 'custom.nosuch': 'x' },
    scope: '[?',
    restricted: { expression: 'a b', onMissing: 'keep' },
  };
  const problem = problemOf(await api.send({ method: 'POST', url, payload }), 'POST mapping');
  expect(problem).toMatchObject({ status: 422, code: 'mappingInvalid' });
  expect(problem.errors).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ pointer: '/attributes/fullName', position: 10 }),
      expect.objectContaining({ pointer: '/attributes/email', position: 0 }),
      expect.objectContaining({ pointer: '/attributes/custom.nosuch', code: 'unknownAttribute' }),
      expect.objectContaining({ pointer: '/scope', position: 2 }),
      expect.objectContaining({ pointer: '/restricted/expression', position: 2 }),
    ]),
  );
});
