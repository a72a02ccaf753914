import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningMuster } from '../support/running-muster.js';
import { newEmbeddedEngine } from '../support/test-engine.js';
import { ScimClient } from '../support/scim-client.js';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const secret = 'se-cr-et!';
const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let muster: RunningMuster;
let scim: ScimClient;

beforeAll(async () => {
  muster = await RunningMuster.start({}, newEmbeddedEngine());
});

afterAll(() => muster.stop());

async function newClient(): Promise<ScimClient> {
  return ScimClient.ofNewIntegration(muster.api);
}

function names(body: Record<string, unknown>): unknown[] {
  return (body['Resources'] as Record<string, unknown>[]).map(({ userName }) => userName);
}

describe('a SCIM client', () => {
  beforeAll(async () => {
    scim = await newClient();
  });

  it('without a token of the integration learns nothing', async () => {
    const other = await newClient();
    for (const authorization of [
      undefined,
      'Bearer',
      'Bearer nonsense',
      `Bearer ${other.token}`,
      `Basic ${scim.token}`,
    ]) {
      const answer = await scim.send('GET', '/Users', {
        headers: authorization === undefined ? {} : { authorization },
      });
      expect(answer.status, authorization).toBe(401);
      expect(answer.body).toMatchObject({ status: '401', schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'] });
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    }
    expect((await scim.send('GET', '/nowhere', { headers: {} })).status).toBe(401);
  });

  it('may send its token without the word Bearer', async () => {
    expect((await scim.send('GET', '/Users', { headers: { authorization: scim.token } })).status).toBe(200);
  });

  it('finds out what there is', async () => {
    const config = await scim.must('GET', '/ServiceProviderConfig', 200);
    expect(config.body).toMatchObject({ patch: { supported: true }, etag: { supported: true } });
    expect(config.headers.get('content-type')).toBe('application/scim+json; charset=utf-8');
    expect((await scim.must('GET', '/ResourceTypes', 200)).body).toMatchObject({ totalResults: 2 });
    expect((await scim.must('GET', '/ResourceTypes/user', 200)).body).toMatchObject({ endpoint: '/Users' });
    expect((await scim.must('GET', '/Schemas', 200)).body).toMatchObject({ totalResults: 3 });
    expect((await scim.must('GET', `/Schemas/${core}`, 200)).body).toMatchObject({ id: core, name: 'User' });
    expect((await scim.must('GET', '/Schemas/urn:x', 404)).body).toMatchObject({ status: '404' });
    expect((await scim.must('GET', '/nowhere', 404)).body).toMatchObject({ status: '404' });
  });

  it('is told which methods an address knows', async () => {
    const answer = await scim.send('DELETE', '/Schemas');
    expect(answer).toMatchObject({ status: 405, body: { status: '405' } });
    expect(answer.headers.get('allow')).toBe('GET');
    expect((await scim.send('PUT', '/Users', { raw: '{}' })).headers.get('allow')).toBe('GET, POST');
    for (const [method, path, allow] of [
      ['DELETE', '/Users', 'GET, POST'],
      ['OPTIONS', '/Users', 'GET, POST'],
      ['OPTIONS', '/Groups/scm_1', 'GET, PUT, PATCH, DELETE'],
      ['OPTIONS', '/Bulk', 'POST'],
      ['GET', '/Bulk', 'POST'],
    ] as const) {
      const { status, headers } = await scim.send(method, path);
      expect([status, headers.get('allow')], `${method} ${path}`).toEqual([405, allow]);
    }
    expect((await scim.send('OPTIONS', '/nowhere')).status).toBe(404);
  });

  it('searches users and groups as one list', async () => {
    const own = await newClient();
    for (const userName of ['a', 'b', 'c']) await own.must('POST', '/Users', 201, { userName, displayName: 'Same' });
    for (const displayName of ['Same', 'Same']) await own.must('POST', '/Groups', 201, { displayName });
    const search = async (body: object) => {
      const { body: found } = await own.must('POST', '/.search', 200, body);
      const resources = found['Resources'] as { meta: { resourceType: string } }[];
      return [found['totalResults'], ...resources.map(({ meta }) => meta.resourceType)];
    };
    expect(await search({ filter: 'displayName eq "same"' })).toEqual([5, 'User', 'User', 'User', 'Group', 'Group']);
    expect(await search({ startIndex: 3, count: 2 })).toEqual([5, 'User', 'Group']);
    expect(await search({ startIndex: 5, count: 9 })).toEqual([5, 'Group']);
    expect(await search({ count: 0 })).toEqual([5]);
  });

  it('gets a changed group back, but not with very many members', async () => {
    const own = await newClient();
    const members = Array.from({ length: 100 }, (_, index) => ({ value: `m${String(index)}` }));
    const { body } = await own.must('POST', '/Groups', 201, { displayName: 'Large', members });
    const add = (value: string, status: number) =>
      own.must('PATCH', `/Groups/${String(body['id'])}`, status, {
        Operations: [{ op: 'add', path: 'members', value: [{ value }] }],
      });
    expect((await add('m99', 200)).body).toMatchObject({ displayName: 'Large' });
    expect((await add('one more', 204)).body).toEqual({});
  });

  it('is told what is wrong with what it sends', async () => {
    const wrong = async (body: string, type = 'application/scim+json') =>
      scim.send('POST', '/Users', { raw: body, headers: { ...scim.headers, 'content-type': type } });
    expect(await wrong('{"userName":')).toMatchObject({ status: 400, body: { scimType: 'invalidSyntax' } });
    expect(await wrong('{}')).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    expect(await wrong('')).toMatchObject({ status: 400, body: { scimType: 'invalidSyntax' } });
    expect(await wrong('['.repeat(100_000))).toMatchObject({ status: 400, body: { scimType: 'invalidSyntax' } });
    expect(await wrong('a=b', 'application/x-www-form-urlencoded')).toMatchObject({
      status: 415,
      body: { status: '415' },
    });
    expect(await wrong(`{"userName":"${'x'.repeat(1024 * 1024)}"}`)).toMatchObject({
      status: 413,
      body: { status: '413' },
    });
    expect(await wrong('{"userName":"json"}', 'application/json')).toMatchObject({ status: 201 });
    const filter = encodeURIComponent('userName eq');
    expect((await scim.must('GET', `/Users?filter=${filter}`, 400)).body).toMatchObject({ scimType: 'invalidFilter' });
    expect((await scim.must('GET', '/Users?count=many', 400)).body).toMatchObject({ scimType: 'invalidValue' });
  });

  it('of a disabled integration is refused', async () => {
    const disabled = await newClient();
    await disabled.disable();
    expect((await disabled.must('GET', '/Users', 403)).body).toMatchObject({ status: '403' });
  });
});

describe('Okta', () => {
  beforeAll(async () => {
    scim = await newClient();
  });

  it('looks a user up, makes, changes and deactivates them', async () => {
    const byName = `/Users?filter=${encodeURIComponent('userName eq "ana@x.y"')}&startIndex=1&count=100`;
    expect((await scim.must('GET', byName, 200)).body).toMatchObject({ totalResults: 0, Resources: [] });
    const made = await scim.must('POST', '/Users', 201, {
      schemas: [core],
      userName: 'Ana@x.y',
      name: { givenName: 'Ana', familyName: 'Weiß' },
      emails: [{ primary: true, value: 'Ana@x.y', type: 'work' }],
      displayName: 'Ana Weiß',
      locale: 'en-US',
      externalId: '00uabc',
      groups: [],
      password: 'secret-of-ana',
      active: true,
    });
    const id = String(made.body['id']);
    expect(made.headers.get('location')).toBe(`${scim.base}/Users/${id}`);
    expect(made.headers.get('etag')).toBe('W/"1"');
    expect(made.body).toMatchObject({ userName: 'Ana@x.y', meta: { resourceType: 'User', version: 'W/"1"' } });
    expect(JSON.stringify(made.body)).not.toContain('secret-of-ana');
    expect((await scim.must('GET', byName, 200)).body).toMatchObject({ totalResults: 1, Resources: [{ id }] });

    const again = await scim.must('POST', '/Users', 409, { userName: 'ANA@x.y' });
    expect(again.body).toMatchObject({ scimType: 'uniqueness', status: '409' });

    const { meta: _meta, ...whole } = made.body;
    const put = await scim.must('PUT', `/Users/${id}`, 200, { ...whole, title: 'Cook' });
    expect(put.body).toMatchObject({ id, title: 'Cook', meta: { version: 'W/"2"' } });
    const off = { schemas: [patchOp], Operations: [{ op: 'replace', value: { active: false } }] };
    expect((await scim.must('PATCH', `/Users/${id}`, 200, off)).body).toMatchObject({ active: false });
    expect((await scim.must('GET', `/Users/${id}`, 200)).body).toMatchObject({ active: false, title: 'Cook' });
  });

  it('pushes groups, renames them with their id, and empties them', async () => {
    const { body: bo } = await scim.must('POST', '/Users', 201, { userName: 'bo' });
    const { body: cy } = await scim.must('POST', '/Users', 201, { userName: 'cy' });
    const group = await scim.must('POST', '/Groups', 201, {
      displayName: 'Cooks',
      members: [{ value: bo['id'], display: 'bo' }],
    });
    const id = String(group.body['id']);
    expect(group.body).toMatchObject({ members: [{ value: bo['id'], display: 'bo' }] });
    await scim.must('PATCH', `/Groups/${id}`, 200, {
      Operations: [{ op: 'replace', value: { id, displayName: 'Chefs' } }],
    });
    await scim.must('PATCH', `/Groups/${id}`, 200, {
      Operations: [
        { op: 'add', path: 'members', value: [{ value: cy['id'] }] },
        { op: 'remove', path: `members[value eq "${String(bo['id'])}"]` },
      ],
    });
    expect((await scim.must('GET', `/Groups/${id}`, 200)).body).toMatchObject({
      displayName: 'Chefs',
      members: [{ value: cy['id'] }],
      meta: { version: 'W/"3"' },
    });
    expect((await scim.must('GET', `/Users/${String(cy['id'])}`, 200)).body).toMatchObject({
      groups: [{ value: id, display: 'Chefs', type: 'direct', $ref: `${scim.base}/Groups/${id}` }],
    });
    const put = await scim.must('PUT', `/Groups/${id}`, 200, { displayName: 'Chefs', members: [] });
    expect(put.body).not.toHaveProperty('members');
    expect((await scim.must('GET', `/Users/${String(cy['id'])}`, 200)).body).not.toHaveProperty('groups');
    await scim.must('DELETE', `/Groups/${id}`, 204);
    await scim.must('DELETE', `/Groups/${id}`, 404);
  });
});

describe('Entra', () => {
  beforeAll(async () => {
    scim = await newClient();
  });

  it('asks for nobody, makes a user, changes them in its own words, and deletes them in two steps', async () => {
    const nobody = encodeURIComponent('externalId eq "non-existent"');
    expect((await scim.must('GET', `/Users?filter=${nobody}&aadOptscim062020`, 200)).body).toMatchObject({
      totalResults: 0,
      Resources: [],
    });
    const made = await scim.must('POST', '/Users', 201, {
      schemas: [core, enterprise],
      externalId: 'e-7',
      userName: 'Di@x.y',
      active: 'True',
      emails: [{ primary: true, type: 'work', value: 'di@x.y' }],
      [enterprise]: { department: 'Sales', manager: 'nobody-yet' },
    });
    expect(made.body).toMatchObject({ active: true, [enterprise]: { manager: { value: 'nobody-yet' } } });
    const id = String(made.body['id']);
    const patched = await scim.must('PATCH', `/Users/${id}`, 200, {
      schemas: [patchOp],
      Operations: [
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'new@x.y' },
        { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '1' },
        { op: 'Replace', value: { displayName: 'Di', 'name.familyName': 'Ng', [`${enterprise}:department`]: 'R&D' } },
        { op: 'Replace', path: 'active', value: 'False' },
      ],
    });
    expect(patched.body).toMatchObject({
      active: false,
      displayName: 'Di',
      name: { familyName: 'Ng' },
      emails: [{ value: 'new@x.y', type: 'work', primary: true }],
      phoneNumbers: [{ value: '1', type: 'mobile' }],
      [enterprise]: { department: 'R&D' },
    });
    const inactive = encodeURIComponent('externalId eq "e-7"');
    expect((await scim.must('GET', `/Users?filter=${inactive}`, 200)).body).toMatchObject({
      Resources: [{ id, active: false }],
    });
    await scim.must('DELETE', `/Users/${id}`, 204);
    await scim.must('GET', `/Users/${id}`, 404);
    await scim.must('PATCH', `/Users/${id}`, 404, { Operations: [] });
    expect((await scim.must('GET', `/Users?filter=${inactive}`, 200)).body).toMatchObject({ totalResults: 0 });
    await scim.must('POST', '/Users', 201, { userName: 'di@x.y', externalId: 'e-7' });
  });

  it('asks for groups without their members, and whether somebody is in one', async () => {
    const { body: user } = await scim.must('POST', '/Users', 201, { userName: 'ed' });
    const { body: group } = await scim.must('POST', '/Groups', 201, {
      displayName: 'All',
      members: [{ value: user['id'] }],
    });
    const [id, userId] = [String(group['id']), String(user['id'])];
    const found = async (filter: string) =>
      (await scim.must('GET', `/Groups?excludedAttributes=members&filter=${encodeURIComponent(filter)}`, 200)).body;
    expect(await found('displayName eq "ALL"')).toMatchObject({ totalResults: 1, Resources: [{ id }] });
    expect(JSON.stringify(await found('displayName eq "ALL"'))).not.toContain(userId);
    expect(await found(`id eq "${id}" and members eq "${userId}"`)).toMatchObject({ totalResults: 1 });
    expect(await found(`id eq "${id}" and members eq "${id}"`)).toMatchObject({ totalResults: 0 });
    expect(await found(`members[value eq "${userId}"]`)).toMatchObject({ totalResults: 1 });
    const odd = await scim.must('GET', `/Groups?filter=${encodeURIComponent('members pr')}`, 400);
    expect(odd.body).toMatchObject({ scimType: 'invalidFilter' });
    await scim.must('PATCH', `/Groups/${id}`, 200, {
      Operations: [{ op: 'Remove', path: 'members', value: [{ value: userId }] }],
    });
    expect(await found(`members eq "${userId}"`)).toMatchObject({ totalResults: 0 });
  });

  it('asks for people by their groups', async () => {
    const people: string[] = [];
    for (const userName of ['fay', 'gus', 'hal']) {
      people.push(String((await scim.must('POST', '/Users', 201, { userName })).body['id']));
    }
    const members = people.slice(0, 2).map((value) => ({ value }));
    const { body: group } = await scim.must('POST', '/Groups', 201, { displayName: 'Night', members });
    const found = async (filter: string) =>
      names((await scim.must('GET', `/Users?filter=${encodeURIComponent(filter)}`, 200)).body).toSorted();
    expect(await found('groups.display eq "night"')).toEqual(['fay', 'gus']);
    expect(await found(`userName eq "gus" and groups[value eq "${String(group['id'])}"]`)).toEqual(['gus']);
    expect(await found('userName eq "hal" and groups pr')).toEqual([]);
    expect(await found('userName eq "hal" and not (groups pr)')).toEqual(['hal']);
  });
});

describe('an integration that is new', () => {
  const fresh = async (provider: 'okta' | 'entra' | 'onelogin') =>
    ScimClient.ofNewIntegration(muster.api, { standing: 'observe', provider, mapped: false });
  const settings = ({ tenant, integration }: ScimClient) => `/v1/tenants/${tenant}/integrations/${integration}`;

  it.each<['okta' | 'entra' | 'onelogin', string[]]>([
    ['okta', ['/ServiceProviderConfig', '/Users?startIndex=1&count=2', '/Groups?startIndex=1&count=100']],
    [
      'entra',
      [
        `/Users?filter=${encodeURIComponent('userName eq "9b1e0c7c-non-existent"')}&aadOptscim062020`,
        `/Groups?excludedAttributes=members&filter=${encodeURIComponent('displayName eq "9b1e0c7c"')}`,
      ],
    ],
    ['onelogin', ['/Users?count=1', '/Groups', '/Schemas', '/ResourceTypes']],
  ])(
    'passes the connection test of %s before it has a mapping, and takes whoever is pushed',
    async (provider, tests) => {
      const client = await fresh(provider);
      for (const path of tests) {
        const { headers, body } = await client.must('GET', path, 200);
        expect(headers.get('content-type')).toMatch(/^application\/scim\+json/);
        if (/^.(?:Users|Groups)/.test(path)) expect(body).toMatchObject({ totalResults: 0, Resources: [] });
      }
      await client.must('POST', '/Users', 201, { userName: 'ana@x.y', active: true });
      expect(await muster.api.must('GET', settings(client))).toMatchObject({
        standing: 'observe',
        activeMappingVersion: null,
      });
      interface Syncs {
        items: { id: string; trigger: string; mode: string; state: string }[];
      }
      const ended = async () =>
        (await muster.api.must<Syncs>('GET', `/v1/tenants/${client.tenant}/syncs`)).items.find(
          ({ state }) => state === 'completed',
        );
      await expect.poll(ended, { timeout: 15_000 }).toMatchObject({ trigger: 'push', mode: 'dry' });
      const outcomes = `/v1/tenants/${client.tenant}/syncs/${(await ended())!.id}/outcomes`;
      expect(await muster.api.must('GET', outcomes)).toMatchObject({
        items: [{ outcome: 'skipped', reason: 'noMapping' }],
      });
    },
  );

  it('takes what OneLogin makes of the template that set-up gives', async () => {
    const client = await fresh('onelogin');
    interface Setup {
      steps: { values: { label: string; value: string }[] }[];
    }
    const { steps } = await muster.api.must<Setup>('GET', `${settings(client)}/setup`);
    const values = steps.flatMap((step) => step.values);
    const template = values.find(({ label }) => label === 'SCIM JSON Template')!.value;
    const raw = template.replace(/\{\$([\w.]+)\}/g, (_whole, name: string) => `${name}@x.y`);
    const { status, body } = await client.send('POST', '/Users', { raw });
    expect(status).toBe(201);
    expect(body).toMatchObject(JSON.parse(raw) as object);
  });
});

describe('any client', () => {
  beforeAll(async () => {
    scim = await newClient();
    for (const [index, userName] of ['bo', 'Ana', 'cy', 'di'].entries()) {
      await scim.must('POST', '/Users', 201, { userName, title: index % 2 === 0 ? 'Cook' : 'Boss', shoeSize: index });
    }
  });

  it('reads lists in parts, filtered and sorted', async () => {
    const first = (await scim.must('GET', '/Users?count=3', 200)).body;
    expect(first).toMatchObject({ totalResults: 4, itemsPerPage: 3, startIndex: 1 });
    const rest = (await scim.must('GET', '/Users?startIndex=4&count=3', 200)).body;
    expect([...names(first), ...names(rest)].toSorted()).toEqual(['Ana', 'bo', 'cy', 'di']);
    expect((await scim.must('GET', '/Users?count=0', 200)).body).toMatchObject({ totalResults: 4, Resources: [] });
    expect(names((await scim.must('GET', '/Users?sortBy=userName&sortOrder=descending', 200)).body)).toEqual([
      'di',
      'cy',
      'bo',
      'Ana',
    ]);
    const cooks = encodeURIComponent('title eq "cook" and not (shoeSize gt 1)');
    expect(names((await scim.must('GET', `/Users?filter=${cooks}`, 200)).body)).toEqual(['bo']);
    const search = {
      filter: 'userName sw "a" or userName eq "cy"',
      sortBy: 'userName',
      attributes: ['userName'],
      count: 1,
    };
    const { body } = await scim.must('POST', '/Users/.search', 200, search);
    expect(body).toMatchObject({ totalResults: 2, Resources: [{ userName: 'Ana' }] });
    expect(body['Resources']).not.toHaveProperty('0.title');
  });

  it('changes only what it has read', async () => {
    const { body } = await scim.must('POST', '/Users', 201, { userName: 'ed' });
    const at = `/Users/${String(body['id'])}`;
    const conditional = (header: string, tag: string) => ({ headers: { ...scim.headers, [header]: tag } });
    expect((await scim.send('GET', at, conditional('if-none-match', 'W/"1"'))).status).toBe(304);
    const change = { body: { userName: 'ed', title: 'x' } };
    expect((await scim.send('PUT', at, { ...change, ...conditional('if-match', 'W/"7"') })).status).toBe(412);
    expect((await scim.send('PUT', at, { ...change, ...conditional('if-match', 'W/"1"') })).headers.get('etag')).toBe(
      'W/"2"',
    );
    // Nothing new: nothing is written.
    expect((await scim.must('PUT', at, 200, change.body)).headers.get('etag')).toBe('W/"2"');
    expect((await scim.send('DELETE', at, conditional('if-match', 'W/"1"'))).status).toBe(412);
    expect((await scim.send('DELETE', at, conditional('if-match', '*'))).status).toBe(204);
  });

  it('loses no change that others make at the same time', async () => {
    const { body } = await scim.must('POST', '/Users', 201, { userName: 'fi' });
    const at = `/Users/${String(body['id'])}`;
    await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        scim.must('PATCH', at, 200, { Operations: [{ op: 'add', path: `part${String(index)}`, value: index }] }),
      ),
    );
    expect((await scim.must('GET', at, 200)).body).toMatchObject({ part0: 0, part1: 1, part2: 2, part3: 3, part4: 4 });
  });

  it('sends many requests in one', async () => {
    const { body } = await scim.must('POST', '/Bulk', 200, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [
        { method: 'POST', path: '/Users', bulkId: 'u', data: { userName: 'gus' } },
        { method: 'POST', path: '/Users', bulkId: 'v', data: { userName: 'GUS' } },
        { method: 'POST', path: '/Groups', bulkId: 'g', data: { displayName: 'G', members: [{ value: 'bulkId:u' }] } },
        { method: 'PATCH', path: '/Users/bulkId:u', data: { Operations: [{ op: 'add', path: 'title', value: 'x' }] } },
        { method: 'DELETE', path: '/Users/nobody' },
        { method: 'POST', path: '/Elsewhere', bulkId: 'x', data: {} },
      ],
    });
    const operations = body['Operations'] as Record<string, unknown>[];
    expect(operations.map(({ status }) => status)).toEqual(['201', '409', '201', '200', '404', '404']);
    const group = String(operations[2]!['location']).slice(scim.base.length);
    const user = String(operations[0]!['location']).slice(`${scim.base}/Users/`.length);
    expect((await scim.must('GET', group, 200)).body).toMatchObject({ members: [{ value: user }] });
    expect((await scim.must('GET', `/Users/${user}`, 200)).body).toMatchObject({ title: 'x' });
  });
});

describe('tokens', () => {
  it('are shown once, two at a time, and stop at once', async () => {
    const client = await newClient();
    const { body: second } = await client.tokens('POST', '', { label: 'second' });
    expect(second).toMatchObject({ label: 'second', lastUsedAt: null, token: expect.stringMatching(/^mus_scim_/) });
    expect(await client.tokens('POST', '', { label: 'third' })).toMatchObject({
      status: 409,
      body: { code: 'tooManyTokens' },
    });
    await client.must('GET', '/Users', 200);
    const { body: list } = await client.tokens('GET');
    expect(JSON.stringify(list)).not.toContain('mus_scim_');
    const [first] = list['items'] as { id: string; lastUsedAt: string | null }[];
    expect(first!.lastUsedAt).toMatch(/^\d{4}-/);
    expect((await client.tokens('DELETE', `/${first!.id}`)).status).toBe(204);
    expect((await client.tokens('DELETE', `/${first!.id}`)).status).toBe(404);
    expect((await client.send('GET', '/Users')).status).toBe(401);
    const withSecond = { authorization: `Bearer ${String(second['token'])}` };
    expect((await client.send('GET', '/Users', { headers: withSecond })).status).toBe(200);
  });
});

describe('the log of requests', () => {
  interface Entry {
    id: string;
    method: string;
    path: string;
    status: number;
    client: { label: string } | null;
    detail: string | null;
    resourceId: string | null;
    bulkRequestId: string | null;
    syncId: string | null;
  }
  type WithBody = Entry & { body: { text: string | null; bytes: number | null; note: string | null } | null };
  const requestsOf = (client: ScimClient) =>
    `/v1/tenants/${client.tenant}/integrations/${client.integration}/scim-requests`;
  const entries = async (query = ''): Promise<Entry[]> =>
    (await muster.api.must<{ items: Entry[] }>('GET', `${requestsOf(scim)}${query}`)).items;
  const whole = async ({ id }: Pick<Entry, 'id'>): Promise<WithBody> =>
    muster.api.must<WithBody>('GET', `${requestsOf(scim)}/${id}`);
  const newestWhole = async () => whole((await entries('?limit=1'))[0]!);

  it('has who asked for what, what came of it, and nobody’s data', async () => {
    scim = await newClient();
    const { body } = await scim.must('POST', '/Users', 201, { userName: 'ana@secret.example' });
    await scim.must('GET', `/Users?filter=${encodeURIComponent('userName eq "ana@secret.example"')}`, 200);
    await scim.must('POST', '/Users', 409, { userName: 'ana@secret.example' });
    await scim.must('GET', '/Users/ana@secret.example', 404);
    await scim.send('GET', '/Users', { headers: { authorization: 'Bearer stolen' } });
    await scim.must('PATCH', `/Users/${String(body['id'])}`, 200, {
      schemas: [patchOp],
      Operations: [{ op: 'replace', value: { active: false } }],
    });
    const all = await entries();
    expect(all.map(({ method, path, status }) => `${method} ${path} ${String(status)}`).toSorted()).toEqual(
      [
        'POST /Users 201',
        'GET /Users?filter=userName eq "…" 200',
        'POST /Users 409',
        'GET /Users/… 404',
        'GET /Users 401',
        `PATCH /Users/${String(body['id'])} 200`,
      ].toSorted(),
    );
    expect(JSON.stringify(all)).not.toContain('secret.example');
    const one = (status: number) => all.find((entry) => entry.status === status);
    expect(one(201)).toMatchObject({ client: { label: 'first' }, detail: null });
    expect(one(409)).toMatchObject({ detail: 'Another user of this integration has this userName.', syncId: null });
    expect(one(401)).toMatchObject({ client: null, path: '/Users' });
    expect((await entries('?refused=true')).map(({ status }) => status).toSorted()).toEqual([401, 404, 409]);
    expect(await entries('?limit=2')).toHaveLength(2);
  });

  it('names the sync that came of what was changed', async () => {
    const sync = async () => (await entries()).find(({ method }) => method === 'PATCH')?.syncId;
    await expect.poll(sync, { timeout: 15_000 }).toMatch(/^syn_/);
    const detail = await muster.api.ended(scim.tenant, String(await sync()));
    expect(detail).toMatchObject({ trigger: 'push', state: 'completed' });
    const read = (await entries()).filter(({ method }) => method === 'GET');
    expect(read.every(({ syncId }) => syncId === null)).toBe(true);
  });

  it('has what a request said, for those who may see records', async () => {
    scim = await newClient();
    const said = { userName: 'Ana@secret.example', active: 'True', odd: [1] };
    const { body } = await scim.must('POST', '/Users', 201, { ...said, password: secret });
    const made = await newestWhole();
    expect(made).toMatchObject({ method: 'POST', status: 201, resourceId: body['id'], body: { note: null } });
    expect(JSON.parse(made.body!.text!)).toEqual(said);
    expect(made.body!.bytes).toBe(Buffer.byteLength(made.body!.text!));
    await scim.must('GET', `/Users/${String(body['id'])}`, 200);
    expect(await newestWhole()).toMatchObject({ method: 'GET', resourceId: body['id'], body: null });
    await scim.must('POST', '/Users', 409, said);
    expect(await newestWhole()).toMatchObject({ status: 409, resourceId: null, body: { note: null } });
    expect((await entries(`?resource=${String(body['id'])}`)).map(({ method }) => method)).toEqual(['GET', 'POST']);
    expect(await entries('?resource=scm_nobody')).toEqual([]);

    const { apiKey } = await muster.api.must<{ apiKey: string }>('POST', `/v1/tenants/${scim.tenant}/api-keys`, {
      label: 'viewer',
      role: 'viewer',
    });
    const viewer = muster.api.as(apiKey);
    expect((await viewer.call('GET', requestsOf(scim))).status).toBe(200);
    expect((await viewer.call('GET', `${requestsOf(scim)}/${made.id}`)).status).toBe(403);
    const other = await newClient();
    expect((await muster.api.call('GET', `${requestsOf(other)}/${made.id}`)).status).toBe(404);
  });

  it('has no password, however it is written', async () => {
    scim = await newClient();
    const user = { userName: 'bo', password: secret, [`${core}:password`]: secret, [core]: { PASSWORD: secret } };
    const { body } = await scim.must('POST', '/Users', 201, user);
    const at = `/Users/${String(body['id'])}`;
    const put = await scim.must('PUT', at, 200, { [core.toUpperCase()]: { userName: 'bo', password: secret } });
    expect(put.body).toMatchObject({ schemas: [core], userName: 'bo' });
    const patch = {
      Operations: [
        { op: 'replace', path: `${core}:Password`, value: secret },
        { op: 'Add', value: { title: 'Cook', password: secret, [core]: { password: secret } } },
        { op: 'add', path: `emails[password eq "${secret}"].value`, value: 'bo@x.y' },
      ],
    };
    await scim.must('PATCH', at, 200, patch);
    await scim.must('POST', '/Bulk', 200, {
      Operations: [
        { method: 'POST', path: '/Users', bulkId: 'a', data: { ...user, userName: 'cy' } },
        { method: 'PATCH', path: at, data: patch },
        { method: 'PUT', path: at, data: user },
      ],
    });
    await scim.send('POST', '/Users', { raw: `{"userName":"di","password":"${secret}"` });
    const shown = await scim.must('GET', '/Users', 200);
    expect(JSON.stringify(shown.body)).not.toMatch(/password|se-cr-et/i);
    const kept = await Promise.all((await entries()).map(whole));
    expect(kept.map(({ method, status }) => `${method} ${String(status)}`).toSorted()).toEqual(
      [
        'POST 201',
        'PUT 200',
        'PATCH 200',
        'POST 200',
        'POST 201',
        'PATCH 200',
        'PUT 200',
        'POST 400',
        'GET 200',
      ].toSorted(),
    );
    expect(JSON.stringify(kept)).not.toContain(secret);
    expect(kept.find(({ status }) => status === 400)?.body).toEqual({ text: null, bytes: 39, note: 'unreadable' });
    const patched = kept.findLast(({ method }) => method === 'PATCH');
    expect(JSON.parse(patched!.body!.text!)).toMatchObject({
      Operations: [{ path: 'password' }, { value: { title: 'Cook' } }, {}],
    });
  });

  it('has the beginning of what was long, and nothing of what was too large or came from a stranger', async () => {
    scim = await newClient();
    await scim.must('POST', '/Users', 201, { userName: 'ed', note: 'x'.repeat(100_000) });
    const { body } = await newestWhole();
    expect(body).toMatchObject({ note: 'cut' });
    expect(body!.bytes).toBeGreaterThan(100_000);
    expect(body!.text).toHaveLength(32 * 1024);
    await scim.send('POST', '/Users', { body: { userName: 'x'.repeat(1024 * 1024) } });
    expect(await newestWhole()).toMatchObject({ status: 413, body: { text: null, note: 'tooLarge' } });
    await scim.send('POST', '/Users', { body: { userName: 'fi' }, headers: { authorization: 'Bearer stolen' } });
    expect(await newestWhole()).toMatchObject({ status: 401, client: null, body: null });
  });

  it('has each operation of a bulk request', async () => {
    scim = await newClient();
    const { body } = await scim.must('POST', '/Bulk', 200, {
      Operations: [
        { method: 'POST', path: '/Users', bulkId: 'u', data: { userName: 'gus@secret.example' } },
        { method: 'POST', path: '/Users', bulkId: 'v', data: { userName: 'GUS@secret.example' } },
        { method: 'PATCH', path: '/Users/bulkId:u', data: { Operations: [{ op: 'add', path: 'title', value: 'x' }] } },
        { method: 'DELETE', path: '/Users/hal@secret.example' },
      ],
    });
    const [made] = body['Operations'] as { location: string }[];
    const id = made!.location.split('/').at(-1)!;
    const all = await entries();
    expect(all.map(({ method, path, status }) => `${method} ${path} ${String(status)}`)).toEqual([
      'DELETE /Users/… 404',
      `PATCH /Users/${id} 200`,
      'POST /Users 409',
      'POST /Users 201',
      'POST /Bulk 200',
    ]);
    const bulkId = all.at(-1)!.id;
    expect(all.map(({ bulkRequestId }) => bulkRequestId)).toEqual([bulkId, bulkId, bulkId, bulkId, null]);
    expect(all.map(({ resourceId }) => resourceId)).toEqual([null, id, null, id, null]);
    expect((await entries('?refused=true')).map(({ detail }) => detail)).toEqual([
      'There is no such resource here. Check its id.',
      'Another user of this integration has this userName.',
    ]);
    expect(JSON.stringify(all)).not.toContain('secret.example');
    expect((await whole(all[2]!)).body?.text).toBe('{"userName":"GUS@secret.example"}');
    const synced = async () => (await entries()).map(({ syncId }) => syncId !== null);
    await expect.poll(synced, { timeout: 15_000 }).toEqual([false, true, false, true, true]);
  });

  it('has what comes once the last token is withdrawn, and not what nobody would push to', async () => {
    scim = await newClient();
    const { body } = await scim.tokens('GET');
    for (const { id } of body['items'] as { id: string }[]) await scim.tokens('DELETE', `/${id}`);
    await scim.must('GET', '/Users', 401);
    expect(await entries()).toMatchObject([{ status: 401, path: '/Users', client: null }]);
    await Promise.all(Array.from({ length: 150 }, async () => scim.must('GET', '/Users', 401)));
    const { length } = await entries('?limit=500');
    expect(length).toBeGreaterThanOrEqual(60);
    expect(length).toBeLessThan(100);
    const pulled = await muster.api.must<{ id: string }>('POST', `/v1/tenants/${scim.tenant}/integrations`, {
      name: 'Pulled',
      connectorId: 'ldap',
      config: { url: 'ldaps://ldap.acme.example', directory: 'ldap', bindDn: 'cn=a', baseDn: 'dc=a' },
      secrets: { password: 'x' },
    });
    for (const id of [pulled.id, 'int_nobody']) {
      expect((await fetch(`${muster.api.url}/scim/v2/${id}/Users`)).status).toBe(401);
    }
    const ofPulled = `/v1/tenants/${scim.tenant}/integrations/${pulled.id}/scim-requests`;
    expect(await muster.api.must('GET', ofPulled)).toMatchObject({ items: [] });
  });

  it('is shown in part beside the record that was made of it', async () => {
    scim = await newClient();
    const { body } = await scim.must('POST', '/Users', 201, { userName: 'ida@x.y', password: secret });
    const id = String(body['id']);
    await scim.must('PATCH', `/Users/${id}`, 200, { Operations: [{ op: 'add', path: 'title', value: 'Cook' }] });
    await scim.must('POST', '/Groups', 201, { displayName: 'Cooks', members: [{ value: id }] });
    await scim.must('GET', `/Users/${id}`, 200);
    const syncsOf = async () =>
      new Set((await entries()).filter(({ method }) => method !== 'GET').map(({ syncId }) => syncId));
    await expect.poll(async () => (await syncsOf()).has(null), { timeout: 15_000 }).toBe(false);
    const pushed = (await entries(`?resource=${id}`)).find(({ method }) => method === 'PATCH')!;
    await muster.api.ended(scim.tenant, String(pushed.syncId));
    interface Shown {
      requests: WithBody[] | null;
    }
    const shown = async (sync: string) =>
      muster.api.must<Shown>('GET', `/v1/tenants/${scim.tenant}/syncs/${sync}/records/0`);
    const { requests } = await shown(String(pushed.syncId));
    const said = requests!.map(({ method, path, body: of }) => `${method} ${path} ${String(of?.text)}`);
    expect(said).toContain(`PATCH /Users/${id} {"Operations":[{"op":"add","path":"title","value":"Cook"}]}`);
    expect(JSON.stringify(requests)).not.toContain(secret);
    expect(requests!.map((one) => one.id)).toEqual(
      requests!
        .map((one) => one.id)
        .toSorted()
        .toReversed(),
    );
    const { id: asked } = await muster.api.must<{ id: string }>(
      'POST',
      `/v1/tenants/${scim.tenant}/integrations/${scim.integration}/syncs`,
      {},
    );
    await muster.api.ended(scim.tenant, asked);
    expect((await shown(asked)).requests!.map(({ method }) => method)).toEqual(['PATCH', 'POST']);
  });
});
