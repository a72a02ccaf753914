import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { defineConnector } from '#connector-sdk';
import { acmeHr } from '#connectors/acme-hr';
import { csvSftp } from '#connectors/csv-sftp';
import { scim } from '#connectors/scim';
import {
  DirectoryStore,
  encodeMessage,
  MessageBus,
  OutcomeStore,
  RetriableError,
  topicAddress,
  type TopicName,
} from '#core';
import { EndpointRegistry } from '../../apps/reporter/src/rest/http/endpoint-registry.js';
import type { EndpointSpec } from '../../apps/reporter/src/rest/http/endpoint.js';
import { parameterNames, type PathParameter } from '../../apps/reporter/src/rest/http/path-parameters.js';
import type { Misbehaviour } from '../../connectors/acme-hr/simulator/src/index.js';
import { wanted } from '../api/seed-tenant.js';
import { activateMapping, createAcmeTenant } from '../support/acme-tenant.js';
import { CanaryWatch } from '../support/canary-watch.js';
import { canary, marked } from '../support/canary.js';
import { BuiltProgram } from '../support/child-process.js';
import { type HostileAnswer, HostileHr } from '../support/hostile-hr.js';
import type { SyncAnswer } from '../support/muster-api.js';
import { looseSafeguards, type RosterPerson } from '../support/roster-source.js';
import { RunningMuster, startCompany } from '../support/running-muster.js';
import { ScimClient } from '../support/scim-client.js';
import { person, persons, type ScriptedCompany, ScriptedSources } from '../support/scripted-source.js';
import { newTestEngine } from '../support/test-engine.js';

/** What is thrown at every place that takes a value. */
const somebody = marked('Jane Doe');
/** As V8 quotes what it read, and so that its lines look like frames of a stack. */
const talkative = (): Error => new SyntaxError(`Unexpected token in "${somebody}\n    at home of ${somebody}"`);

/** What a connector may throw that does not keep its contract, by what it is. */
const thrown: Readonly<Record<string, () => unknown>> = {
  'an error that quotes': talkative,
  'an error whose cause quotes': () => new TypeError('x', { cause: talkative() }),
  'several that quote': () => new AggregateError([talkative()], somebody),
  'a text': () => somebody,
  'an object': () => ({ message: somebody, toString: () => somebody }),
};

const talkativeConnector = defineConnector({
  id: 'talkative',
  title: 'Talkative',
  description: 'Throws what it has read.',
  capabilities: { full: true, person: false, delta: false, resume: false, wholeness: 'endMarker' },
  config: z.object({ what: z.string().describe('What it throws.') }),
  secrets: z.object({}),
  decoder: 'json',
  sourceIdExpression: 'id',
  defaultMapping: { attributes: { fullName: 'name', email: 'mail' } },
  async *check({ config }) {
    yield await Promise.resolve({ step: 'sample' as const, ok: true, message: 'It can be read.' });
    throw thrown[config.what]?.();
  },
  async *fetch({ config }) {
    yield { records: [{ sourceId: somebody, bytes: Buffer.from(somebody) }], next: await Promise.resolve(1) };
    throw thrown[config.what]?.();
  },
});

/** Nothing of a person is in logs, metrics, errors, or beside messages: stopping any RunningMuster tells. */
describe('of people nothing shows', () => {
  const sources = new ScriptedSources();
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start({ connectors: [acmeHr, csvSftp, scim, sources.connector, talkativeConnector] });
  });
  afterAll(() => muster.stop());

  it('when expressions fail on their values, or give what no attribute takes', async () => {
    const attributes = {
      fullName: 'name',
      email: 'mail',
      employeeId: 'num',
      hireDate: 'name',
      terminationDate: "join('-', [name, mail])",
      title: 'to_number(name) - num',
      active: 'name',
      'custom.number': 'name',
      'custom.sum': 'sum([num])',
      'custom.text': 'pad_left(name, `2`, num)',
      'custom.list': 'sort_by(tags, &name)',
      'custom.object': 'from_items(tags)',
    };
    const types = { number: 'number', sum: 'number', text: 'string', list: 'string[]', object: 'string' };
    const company = await sources.anotherCompany(muster.api, { safeguards: looseSafeguards });
    for (const [name, type] of Object.entries(types)) {
      const path = `/v1/tenants/${company.tenant}/attributes/custom.${name}`;
      await muster.api.must('PUT', path, { label: name, type });
    }
    for (const [name, expression] of Object.entries(attributes).slice(3)) {
      const mapping = { attributes: { fullName: 'name', email: 'mail', [name]: expression }, scope: 'active' };
      await activateMapping(muster.api, company.tenant, company.integration, mapping);
      const sync = await run(company, [person(1, { active: true, tags: [{ name: [somebody] }, { name: somebody }] })]);
      expect(sync.counts, `${name}: ${sync.summary}`).toMatchObject({ failed: 1 });
      await expectPlainProblems(company.tenant, sync);
    }
    const scope = { attributes: { fullName: 'name', email: 'mail' }, scope: 'length(`1`) == name' };
    await activateMapping(muster.api, company.tenant, company.integration, scope);
    expect((await run(company, persons(2))).counts).toMatchObject({ failed: 2 });
  });

  it('when people collide, contradict themselves, are held, and are let through', async () => {
    const company = await sources.anotherCompany(muster.api, { safeguards: { emailChanges: 0 } });
    await run(company, persons(8));
    const { mail } = person(1);
    const odd: RosterPerson[] = [
      person(0, { mail: person(2).mail! }),
      person(2, { mail: person(0).mail! }),
      person(1, { title: somebody }),
      person(1, { title: marked('Other') }),
      person(3, { mail: mail! }),
      person(4, { mail: somebody }),
      person(5, { id: null }),
      person(6, { active: false }),
      person(20, { num: person(7).num! }),
    ];
    const held = await run(company, odd);
    expect(held, held.summary).toMatchObject({ state: 'awaitingApproval' });
    await expectPlainProblems(company.tenant, held);
    const path = `/v1/tenants/${company.tenant}/syncs/${held.id}`;
    const refused = await muster.api.call('POST', `${path}/approve`, { all: true, planHash: somebody });
    expect(refused).toMatchObject({ status: 409, body: { code: 'planChanged' } });
    await muster.api.must('POST', `${path}/approve`, { all: true, includeHeld: true, planHash: held.planHash });
    await expect.poll(() => muster.api.sync(company.tenant, held.id)).toMatchObject({ round: 1 });
    await muster.api.ended(company.tenant, held.id);

    const undo = await muster.api.must<{ id: string }>('POST', `${path}/undo`, { mode: 'live' });
    await muster.api.ended(company.tenant, undo.id);
    expect((await muster.api.call('POST', `${path}/undo`, { mode: 'live' })).status).toBe(409);
    for (const csv of [`${path}/outcomes.csv`, `/v1/tenants/${company.tenant}/users.csv`]) {
      expect((await muster.api.call('GET', csv)).body).toContain(canary);
      const refusedCsv = await muster.api.call('GET', `${csv}?after=${encodeURIComponent(somebody)}`);
      expect([400, 422]).toContain(refusedCsv.status);
    }
  });

  it('when a change by hand is refused', async () => {
    const company = await sources.anotherCompany(muster.api);
    await run(company, persons(3));
    const [one] = await muster.users(company.tenant);
    const path = `/v1/tenants/${company.tenant}/users/${one!.id}`;
    const taken = one!.attributes['email'] === person(0).mail ? person(1) : person(0);
    const refused = [
      await muster.api.call('PATCH', path, { attributes: { email: taken.mail } }),
      await muster.api.call('PATCH', path, { attributes: { hireDate: somebody, email: somebody, tags: somebody } }),
      await muster.api.call('PATCH', path, { attributes: { title: somebody } }, { 'if-match': '"4711"' }),
      await muster.api.call('PATCH', path, { attributes: { title: somebody } }, { 'if-match': somebody }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([409, 422, 412, 400]);
  });

  it('when a source sends anything but what it should', async () => {
    const words = JSON.stringify({ error: somebody, workers: somebody, workerId: somebody });
    const headers = { 'x-about': somebody, 'retry-after': somebody };
    const page = (workers: string, next = 'null'): HostileAnswer => ({
      status: 200,
      body: `{"workers":[${workers}],"paging":{"next":${next},"total":${JSON.stringify(somebody)}}}`,
    });
    const answers: HostileAnswer[] = [
      ...[400, 401, 403, 404, 409, 429, 500].map((status) => ({ status, headers, body: words })),
      { status: 302, headers: { location: `/people/${encodeURIComponent(somebody)}` }, body: words },
      { status: 200, headers },
      { status: 200, body: words },
      { status: 200, body: words.slice(0, -1) },
      { status: 200, body: `{"workers":[{"workerId":"${somebody}", ${somebody}}],"paging":{}}` },
      page(`{"workerId":"${somebody}",${somebody}}`),
      page(JSON.stringify({ workerId: somebody }), JSON.stringify(somebody)),
    ];
    const refusals: HostileAnswer[] = [400, 401, 403, 500].map((status) => ({ status, headers, body: words }));
    await Promise.all([
      ...answers.map((answer) => readHostile(answer)),
      ...refusals.map((token) => readHostile(page(''), token)),
    ]);
  });

  it('when a token expires, a body is cut, a row is junk, and a person is not known', async () => {
    const misbehaviours: (Misbehaviour & { person?: string })[] = [
      ...(['expireToken', 'truncate', 'junkRecord', 'empty200', 'loopCursor'] as const).map((kind) => ({ kind })),
      ...(['expireToken', 'truncate', 'empty200', 'error500'] as const).map((kind) => ({
        ...{ kind, on: 'person' as const, person: 'W0000007' },
      })),
      { kind: 'slow', delayMs: 0, person: 'W9999999' },
    ];
    const read = async ({ person: one, ...misbehaviour }: Misbehaviour & { person?: string }): Promise<void> => {
      const { tenant, integration, source } = await startCompany(muster, { people: 40, seed: 3, oddShare: 0.2 });
      source.misbehave(misbehaviour);
      const sync = await runDry(tenant, integration, one);
      if (misbehaviour.kind === 'slow') expect(sync).toMatchObject({ state: 'completed', manifest: { records: 0 } });
      await source.stop();
    };
    await Promise.all(misbehaviours.map(read));
  });

  it.for(Object.keys(thrown))('when a connector throws %s', async (what) => {
    const { id: tenant } = await muster.api.must<{ id: string }>('POST', '/v1/tenants', { name: 'Talkative' });
    const integrations = `/v1/tenants/${tenant}/integrations`;
    const { id } = await muster.api.must<{ id: string }>('POST', integrations, {
      name: 'Talkative',
      connectorId: talkativeConnector.id,
      config: { what },
      secrets: {},
    });
    const sync = await runDry(tenant, id);
    expect(sync).toMatchObject({ state: 'failed', failure: { code: 'unclassified' } });
    await expectPlainCheck(tenant, id);
  });

  it('when a message is poison', async () => {
    const ids = { tenantId: 'ten_x', integrationId: 'int_x', syncId: 'syn_x' };
    const page = { ...ids, page: 0, firstSeq: 0, records: 1, claim: 1 };
    const bodies = {
      'raw-records': { ...page, body: Buffer.from(`no page of ${somebody}`) },
      'mapped-users': { ...page, mapped: [{ values: somebody }], seen: {} },
      outcomes: { ...page, kind: 'planned', rows: [somebody] },
      'apply-slices': { ...ids, round: somebody, slice: 0 },
    };
    const before = (await muster.metrics()).sum('muster_dead_letters_total');
    const bus = muster.part(MessageBus);
    for (const [topic, body] of Object.entries(bodies) as [TopicName, never][]) {
      const message = encodeMessage(topic, body);
      const value = Buffer.from(`{"name": ${somebody}}`);
      await bus.publish(topicAddress(topic, 'bulk'), [message, { ...message, value, body: undefined }]);
    }
    await expect
      .poll(async () => (await muster.metrics()).sum('muster_dead_letters_total'))
      .toBeGreaterThanOrEqual(before + Object.keys(bodies).length);
  });

  it('when a store says of whom it fails', async () => {
    const company = await sources.anotherCompany(muster.api);
    await run(company, persons(2));
    const [one] = await muster.users(company.tenant);
    const path = `/v1/tenants/${company.tenant}/users/${one!.id}`;
    const failures = [
      [talkative(), 500],
      [new RetriableError('storeUnavailable', 'The store is away.', {}, { cause: talkative() }), 503],
    ] as const;
    for (const [failure, status] of failures) {
      vi.spyOn(muster.part(DirectoryStore), 'user').mockRejectedValueOnce(failure);
      expect((await muster.api.call('GET', path)).status).toBe(status);
    }

    const before = (await muster.metrics()).sum('muster_dead_letters_total', { reason: 'unclassified' });
    const insert = vi.spyOn(muster.part(OutcomeStore), 'insertPlanned').mockImplementation(() => {
      throw talkative();
    });
    const { id } = await muster.api.must<{ id: string }>('POST', syncsOf(company), { mode: 'dry' });
    await expect
      .poll(async () => (await muster.metrics()).sum('muster_dead_letters_total', { reason: 'unclassified' }))
      .toBeGreaterThan(before);
    insert.mockRestore();
    await muster.api.must('POST', `/v1/tenants/${company.tenant}/syncs/${id}/cancel`);
  });

  it('in the answers to requests that hold something of a person and are refused', async () => {
    const { tenant, integration, source } = await sources.anotherCompany(muster.api);
    sources.set(source, persons(3));
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    const [outcome = { id: 'none' }] = await muster.api.outcomes(tenant, sync.id);
    const [user = { id: 'none' }] = await muster.users(tenant);
    const ids = await realIds({ tenant, integration, sync: sync.id, outcome: outcome.id, user: user.id });
    /** Of the integrations only one of the right kind has tokens and key pairs. */
    const integrationOf = ({ path }: EndpointSpec): string =>
      path.includes('/scim-') ? ids.pushed : path.includes('/key-pairs') ? ids.keyed : integration;
    const fill = (spec: EndpointSpec, changed: Partial<Record<PathParameter, string>> = {}): string =>
      parameterNames(spec.path).reduce((path: string, name) => {
        const value = { ...ids, integration: integrationOf(spec), ...changed }[name];
        if (typeof value !== 'string' || value === '') throw new Error(`${name} of ${spec.path} has no value`);
        return path.replace(`{${name}}`, encodeURIComponent(value));
      }, spec.path);
    const values = [somebody, [somebody], { of: somebody }, [{ of: somebody }]];
    const errorsBefore = muster.watch.seen.errors;
    for (const spec of muster.part(EndpointRegistry).list()) {
      const { method, path } = spec;
      const headers = spec.ifMatch === undefined ? {} : { 'if-match': '"4711"' };
      for (const name of parameterNames(path)) {
        await muster.api.call(method, fill(spec, { [name]: somebody }), undefined, headers);
      }
      for (const name of fieldsOf(spec.query)) {
        const query = `?${name}=${encodeURIComponent(somebody)}`;
        await muster.api.call(method, fill(spec) + query + query.replace('?', '&'), undefined, headers);
        if (method === 'GET') await muster.api.call(method, fill(spec) + query);
      }
      for (const name of fieldsOf(spec.body)) {
        for (const value of values) await muster.api.call(method, fill(spec), { [name]: value }, headers);
      }
      if (spec.lastEventId !== undefined) {
        await muster.api.call(method, fill(spec), undefined, { 'last-event-id': somebody });
      }
      if (method === 'GET') {
        const isStream = spec.lastEventId !== undefined || spec.mediaType === 'text/event-stream';
        if (!isStream) expect((await muster.api.call(method, fill(spec))).status, path).not.toBe(404);
        continue;
      }
      await raw(method, fill(spec), `{"name": ${somebody}}`, 'application/json');
      await raw(method, fill(spec), `name=${somebody}`, 'application/x-www-form-urlencoded');
    }
    const queue = syncsOf({ tenant, integration });
    expect(await muster.api.call('POST', queue, {}, { 'idempotency-key': somebody })).toMatchObject({ status: 400 });
    expect(muster.watch.seen.errors - errorsBefore).toBeGreaterThan(250);
    // Last: what each address names is there until then.
    for (const spec of muster.part(EndpointRegistry).list()) {
      if (spec.method !== 'DELETE') continue;
      expect((await muster.api.call(spec.method, fill(spec))).status, spec.path).toBe(204);
    }
  });

  it('in what is said of filters, expressions and mappings', async () => {
    const { tenant, integration, source } = await sources.anotherCompany(muster.api);
    sources.set(source, persons(1));
    for (const filter of [
      `"${somebody}"`,
      `fullName eq '${somebody}'`,
      `fullName eq "${somebody}`,
      `fullName eq "${somebody}" "${somebody}"`,
      `fullName is "${somebody}"`,
      `status eq "${somebody}"`,
      `createdAt gt "${somebody}"`,
      `hireDate gt "${somebody}"`,
      `(fullName eq "${somebody}"`,
      `fullName[value eq "${somebody}"]`,
    ]) {
      const path = `/v1/tenants/${tenant}/users?filter=${encodeURIComponent(filter)}`;
      expect(await muster.api.call('GET', path), filter).toMatchObject({ status: 422 });
    }
    for (const expression of [
      `name '${somebody}'`,
      `name \`"${somebody}"\``,
      `name == '${somebody}`,
      `name == \`${somebody}\``,
      `{'${somebody}': name}`,
      `name['${somebody}']`,
      `name.'${somebody}'`,
      `length('${somebody}', '${somebody}')`,
    ]) {
      const mapping = { attributes: { fullName: expression, email: 'mail' } };
      const path = `/v1/tenants/${tenant}/integrations/${integration}/mappings`;
      expect(await muster.api.call('POST', path, mapping), expression).toMatchObject({ status: 422 });
    }
    expect(await muster.api.as(somebody.replace(' ', '')).call('GET', '/v1/me')).toMatchObject({ status: 401 });
  });

  it('in the answer to what is no HTTP', async () => {
    const { hostname, port } = new URL(muster.api.url);
    for (const text of [`GET /${somebody} HTTP/1.1\r\n\r\n`, `GET / HTTP/1.1\r\n${somebody}\r\n\r\n`]) {
      const answer = await new Promise<string>((resolve, reject) => {
        let said = '';
        const socket = connect(Number(port), hostname, () => socket.end(text));
        socket.on('data', (data) => (said += data.toString()));
        socket.once('end', () => resolve(said));
        socket.once('error', reject);
      });
      expect(answer).toMatch(/^HTTP\/1.1 400 /);
      muster.watch.look('the answer to what is no HTTP', answer);
    }
  });

  it('in the last words of a process that ends by a fault', async () => {
    const watch = new CanaryWatch();
    const engine = newTestEngine();
    const fault = "process.on('SIGUSR2', () => { throw new Error(process.env.WORDS); })";
    const program = await BuiltProgram.start('apps/standalone/src/main.js', {
      env: {
        ...engine.env,
        WORDS: somebody,
        MUSTER_PORT: '0',
        MUSTER_ADMIN_KEY: 'mus_canaries-operator-key-0123456789',
        MUSTER_MASTER_KEY: Buffer.alloc(32, 9).toString('base64'),
      },
      nodeArgs: [`--import=data:text/javascript,${encodeURIComponent(fault)}`],
      listening: /(http:\/\/[0-9.:]+)/,
      onLine: (line) => watch.line(line),
    });
    try {
      program.signal('SIGUSR2');
      await expect.poll(() => program.ended).toBe(1);
      const said = () => program.said.join('\n');
      await expect.poll(said).toContain('Something failed that nobody was prepared for');
      watch.verify();
    } finally {
      await program.kill();
    }
    await engine.remove();
  });

  it('as is seen in many lines, errors and messages', async () => {
    const { seen } = muster.watch;
    expect(seen.lines).toBeGreaterThan(100);
    expect(seen.errors).toBeGreaterThan(300);
    expect(seen.answers).toBeGreaterThan(seen.errors + 100);
    expect(seen.messages).toBeGreaterThan(100);
    await muster.metrics();
    expect(seen.expositions).toBeGreaterThan(3);
    expect(muster.watch.found).toEqual([]);
  });

  describe('to a watch that sees', () => {
    const hit = async (look: (watch: CanaryWatch) => unknown): Promise<string> => {
      const watch = new CanaryWatch();
      await look(watch);
      expect(() => watch.verify()).toThrow(watch.found[0] ?? 'nothing was found');
      return watch.found.join('\n');
    };
    const headers = (value: string): Headers => new Headers({ 'x-about': value });

    it('a line of the log, whatever it is in', async () => {
      expect(await hit(({ logger }) => logger.debug(`Seen: ${somebody}`))).toContain('Seen');
      expect(await hit(({ logger }) => logger.error('Seen.', { of: somebody.toUpperCase() }))).toContain('Seen.');
      expect(await hit((watch) => watch.line('worker W0000001 is gone'))).toContain('W0000001');
    });

    it('a metric, an error, and the header of any answer', async () => {
      expect(await hit((watch) => watch.exposition(`a 1\nseen{of="${somebody}"} 1`))).toMatch(/^a metric: seen/);
      expect(await hit((watch) => watch.answer('GET /x', 404, headers('x'), somebody))).toMatch(/^the 404 of GET \/x/);
      expect(await hit((watch) => watch.answer('GET /x', 200, headers(somebody), ''))).toMatch(/^the header x-about/);
      for (const before of ['', 'x', 'xx']) {
        const hidden = Buffer.from(`${before}${somebody}`).toString('base64url');
        expect(await hit((watch) => watch.answer('GET /x', 200, headers(hidden), ''))).toContain('x-about');
      }
    });

    it('a key and a header of a message of any Muster', async () => {
      const another = await RunningMuster.start({ connectors: [sources.connector] });
      const message = { key: somebody, headers: { schema: 'x', of: somebody }, value: Buffer.from('{}') };
      await another.part(MessageBus).publish(topicAddress('apply-slices', 'bulk'), [message]);
      await expect(another.stop()).rejects.toThrow(/2 times[^]*a key on muster.apply-slices[^]*the header of on/);
    });
  });

  /** A value for each path parameter: of something that is there. */
  async function realIds(of: Record<'tenant' | 'integration' | 'sync' | 'outcome' | 'user', string>) {
    const base = `/v1/tenants/${of.tenant}`;
    const made = async (path: string, body?: object): Promise<string> =>
      (await muster.api.must<{ id: string }>('POST', `${base}/${path}`, body)).id;
    const connection = (connectorId: string, config: object) => ({
      name: connectorId,
      connectorId,
      config,
      secrets: {},
    });
    const pushed = await made('integrations', connection('scim', {}));
    const files = { host: 'files.acme.example', user: 'muster', content: 'full' };
    const keyed = await made('integrations', connection('csv-sftp', files));
    const { items } = await muster.api.must<{ items: { secret: string }[] }>(
      'POST',
      `${base}/integrations/${keyed}/key-pairs`,
      { kind: 'ssh' },
    );
    await muster.api.must('PUT', `${base}/attributes/custom.unused`, { type: 'string' });
    const ids: Record<PathParameter, string> = {
      ...of,
      connector: sources.connector.id,
      key: await made('api-keys', { label: 'x', role: 'viewer' }),
      check: await made(`integrations/${of.integration}/check`),
      request: await made('integration-requests', wanted),
      webhook: await made('webhooks', { url: 'https://hooks.acme.example' }),
      token: await made(`integrations/${pushed}/scim-tokens`, { label: 'x' }),
      scimRequest: await scimRequestOf(of.tenant, pushed),
      secret: items[0]?.secret ?? '',
      name: 'custom.unused',
      file: 'explorer.js',
      otherSync: of.sync,
      version: '1',
      other: '1',
      seq: '0',
    };
    return { ...ids, pushed, keyed };
  }

  /** Of a provider that asks once. */
  async function scimRequestOf(tenant: string, integration: string): Promise<string> {
    const provider = await ScimClient.ofIntegration(muster.api, tenant, integration);
    await provider.send('GET', '/Users');
    const path = `/v1/tenants/${tenant}/integrations/${integration}/scim-requests`;
    const listed = async () => (await muster.api.must<{ items: { id: string }[] }>('GET', path)).items;
    await expect.poll(listed).toHaveLength(1);
    return (await listed())[0]?.id ?? '';
  }

  const syncsOf = ({ tenant, integration }: Pick<ScriptedCompany, 'tenant' | 'integration'>): string =>
    `/v1/tenants/${tenant}/integrations/${integration}/syncs`;

  /** A live sync of a source that has these people. */
  async function run(company: ScriptedCompany, people: readonly RosterPerson[]): Promise<SyncAnswer> {
    sources.set(company.source, people);
    const sync = await muster.api.runSync(company.tenant, company.integration, { mode: 'live' });
    expectPlain(sync);
    return sync;
  }

  async function runDry(tenant: string, integration: string, one?: string): Promise<SyncAnswer> {
    const body = { mode: 'dry' as const, ...(one === undefined ? {} : { person: one }) };
    const sync = await muster.api.runSync(tenant, integration, body);
    expectPlain(sync);
    return sync;
  }

  /** Everyone, somebody, and a check of the source: all in vain. */
  async function readHostile(workers: HostileAnswer, token?: HostileAnswer): Promise<void> {
    const hr = await HostileHr.start(workers, token);
    const { tenant, integration } = await createAcmeTenant(muster.api, {
      config: hr.config,
      secrets: { clientSecret: 'x', signingKey: 'x' },
    });
    await Promise.all([
      runDry(tenant, integration),
      runDry(tenant, integration, somebody),
      expectPlainCheck(tenant, integration),
    ]);
    await hr.stop();
  }

  async function expectPlainCheck(tenant: string, integration: string): Promise<void> {
    const path = `/v1/tenants/${tenant}/integrations/${integration}`;
    const { id } = await muster.api.must<{ id: string }>('POST', `${path}/check`);
    const read = () => muster.api.must<{ finishedAt: string | null; steps: object[] }>('GET', `${path}/checks/${id}`);
    await expect.poll(read, { timeout: 90_000 }).toMatchObject({ finishedAt: expect.any(String) as string });
    muster.watch.look('a check', JSON.stringify((await read()).steps));
  }

  /** All that a sync says in words. */
  function expectPlain({ failure, summary, manifest, safeguards }: SyncAnswer): void {
    muster.watch.look('the words of a sync', JSON.stringify({ failure, summary, manifest, safeguards }));
  }

  async function expectPlainProblems(tenant: string, { id }: SyncAnswer): Promise<void> {
    const rows = await muster.api.outcomes(tenant, id);
    for (const row of rows) {
      const { problems } = row as unknown as { problems: object[] };
      muster.watch.look(`the problems of a ${row.reason}`, JSON.stringify(problems));
    }
  }

  /** A body that is not made by us. */
  async function raw(method: string, path: string, body: string, type: string): Promise<void> {
    const headers = { authorization: `Bearer ${muster.api.key ?? ''}`, 'content-type': type };
    const response = await fetch(`${muster.api.url}${path}`, { method, body, headers });
    muster.watch.answer(`${method} ${path}`, response.status, response.headers, await response.text());
  }
});

function fieldsOf(schema: z.ZodType | undefined): string[] {
  return schema === undefined ? [] : Object.keys((schema as z.ZodObject).shape);
}
