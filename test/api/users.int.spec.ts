import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DirectoryStore, OutcomeStore, SettingsStore, type User, type UserId } from '#core';
import { buildUser, buildWrite } from '#testing';
import { ApiUnderTest } from './api-under-test.js';
import { type SeededTenant, seedTenant } from './seed-tenant.js';

interface UserList {
  items: { id: string }[];
  nextCursor: string | null;
}

let api: ApiUnderTest;
let acme: SeededTenant;
let base: string;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});

beforeEach(async () => {
  acme = await seedTenant(api);
  base = `/v1/tenants/${acme.tenant}`;
  await api.json('PUT', `${base}/attributes/custom.level`, { body: { type: 'number' } });
});

afterAll(async () => {
  await api.stop();
});

async function put(...users: (Partial<Omit<User, 'id'>> & { id: string })[]): Promise<void> {
  const writes = users.map(({ id, ...parts }, seq) =>
    buildWrite(
      { integrationId: acme.integration, syncId: acme.sync },
      seq,
      buildUser(acme.tenant, id as UserId, parts),
    ),
  );
  expect(await api.port(DirectoryStore).write(acme.tenant, writes)).toEqual([]);
}

async function list(query: Record<string, string>): Promise<UserList> {
  return api.json('GET', `${base}/users?${new URLSearchParams(query).toString()}`);
}

async function idsOf(query: Record<string, string>): Promise<string[]> {
  return (await list(query)).items.map(({ id }) => id).filter((id) => id !== acme.user);
}

/** Ids over all pages. */
async function walk(query: Record<string, string>): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = [];
  let pages = 0;
  for (let cursor: string | null = ''; cursor !== null; pages += 1) {
    const page: UserList = await list({ ...query, ...(cursor === '' ? {} : { cursor }) });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  return { ids, pages };
}

async function refusal(query: Record<string, string>) {
  const url = `${base}/users?${new URLSearchParams(query).toString()}`;
  const response = await api.send({ method: 'GET', url });
  return response.json<{ status: number; errors: { parameter: string; position?: number; message: string }[] }>();
}

describe('a list of users', () => {
  beforeEach(async () => {
    await put(
      { id: 'usr_a', attributes: { fullName: 'Ana', email: 'ana@x.y', department: 'Sales', 'custom.level': 3 } },
      { id: 'usr_b', attributes: { fullName: 'Béa', email: 'bea@x.y', department: 'sales', 'custom.level': 1 } },
      { id: 'usr_c', attributes: { fullName: 'Cy', email: 'cy@x.y', 'custom.level': 2 }, owner: acme.integration },
    );
  });

  it('is filtered in SCIM’s grammar, beside the other parameters', async () => {
    expect(await idsOf({ filter: 'department eq "SALES"' })).toEqual(['usr_a', 'usr_b']);
    expect(await idsOf({ filter: 'department eq "SALES" and custom.level gt 1' })).toEqual(['usr_a']);
    expect(await idsOf({ filter: 'department eq "SALES"', q: 'béa' })).toEqual(['usr_b']);
    expect(await idsOf({ filter: `owner eq "${acme.integration}" and custom.level pr` })).toEqual(['usr_c']);
    expect(await idsOf({ filter: 'email eq "BEA@X.Y"' })).toEqual(['usr_b']);
    expect(await idsOf({ filter: 'status eq "active"', status: 'deactivated' })).toEqual([]);
  });

  it('goes on page by page, filtered or not', async () => {
    const filter = 'custom.level pr';
    expect(await walk({ filter, limit: '2' })).toEqual({ ids: ['usr_a', 'usr_b', 'usr_c'], pages: 2 });
    expect(await walk({ filter, limit: '3' })).toEqual({ ids: ['usr_a', 'usr_b', 'usr_c'], pages: 1 });
    expect((await walk({ limit: '1' })).ids).toHaveLength(4);
  });

  it('is sorted by any attribute, page by page', async () => {
    const filter = 'custom.level pr';
    expect(await walk({ filter, sort: 'custom.level', limit: '2' })).toEqual({
      ids: ['usr_b', 'usr_c', 'usr_a'],
      pages: 2,
    });
    expect((await walk({ filter, sort: '-fullName', limit: '1' })).ids).toEqual(['usr_c', 'usr_b', 'usr_a']);
    expect((await walk({ filter, sort: 'department', limit: '1' })).ids).toEqual(['usr_a', 'usr_b', 'usr_c']);
  });

  it('says where a filter is wrong and what was expected, without quoting it', async () => {
    const wrong = await refusal({ filter: 'department eq Sales' });
    expect(wrong).toMatchObject({ status: 422, errors: [{ parameter: 'filter', position: 14 }] });
    expect(JSON.stringify(wrong)).toContain('text in double quotes');
    expect(JSON.stringify(wrong)).not.toContain('Sales');
    expect(await refusal({ sort: 'nosuch' })).toMatchObject({ status: 422, errors: [{ parameter: 'sort' }] });
    const { nextCursor } = await list({ sort: 'fullName', limit: '1' });
    expect(await refusal({ sort: '-fullName', cursor: nextCursor! })).toMatchObject({
      status: 422,
      errors: [{ parameter: 'cursor' }],
    });
  });
});

describe('a list of very many users', () => {
  it('looks at a bounded number for each page, and loses nobody', async () => {
    const many = Array.from({ length: 20_600 }, (_, index) => ({
      id: `usr_${String(index).padStart(6, '0')}`,
      attributes: { fullName: `n${String(index)}` },
    }));
    await put(...many);
    const filter = 'fullName eq "n20599"';
    const first = await list({ filter });
    expect(first).toMatchObject({ items: [], nextCursor: expect.any(String) as string });
    expect(await walk({ filter })).toEqual({ ids: ['usr_020599'], pages: 2 });
  });
});

describe('users as CSV', () => {
  const csv = async (query: Record<string, string> = {}, key = acme.adminKey) =>
    api.send({ method: 'GET', url: `${base}/users.csv?${new URLSearchParams(query).toString()}`, key });

  beforeEach(async () => {
    await api.json('PUT', `${base}/attributes/custom.secret`, {
      body: { type: 'string', label: 'Secret', excludeFromCsvExport: true },
    });
    await api.json('PUT', `${base}/attributes/custom.tags`, { body: { type: 'string[]' } });
    const secret = { 'custom.secret': 'nobody-may-export-this' };
    await put(
      { id: 'usr_a', attributes: { fullName: '=HYPERLINK("x")', email: 'a@x.y', ...secret, 'custom.level': -3 } },
      { id: 'usr_b', attributes: { fullName: 'Béa, "B"', title: 'two\nlines', 'custom.tags': ['x', 'y'] } },
    );
  });

  it('are quoted, harmless to spreadsheets, and without what is excluded', async () => {
    const { headers, body, statusCode } = await csv({ filter: 'id eq "usr_a" or id eq "usr_b"' });
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toContain('users.csv');
    const [head = ''] = body.split('\r\n');
    expect(head).toMatch(/^id,status,role,owner,.*fullName/);
    expect(head).toContain('custom.level');
    expect(body).not.toContain('custom.secret');
    expect(body).not.toContain('nobody-may-export-this');
    expect(body).toMatch(/\r\nusr_a,active,regular,,.*"'=HYPERLINK\(""x""\)"/);
    expect(body).toContain(',-3,');
    expect(body).toMatch(/"Béa, ""B"""/);
    expect(body).toContain('"two\nlines"');
    expect(body).toContain('x; y');
  });

  it('say in the column active who has access', async () => {
    await put({ id: 'usr_left', status: 'deactivated' });
    const { body } = await csv({ filter: 'id eq "usr_a" or id eq "usr_left"' });
    const [head = [], ...rows] = body.split('\r\n').map((row) => row.split(','));
    expect(rows.slice(0, 2).map((row) => [row[0], row[head.indexOf('active')]])).toEqual([
      ['usr_a', 'true'],
      ['usr_left', 'false'],
    ]);
  });

  it('have labels in their header when asked for', async () => {
    expect((await csv({ header: 'labels' })).body.split('\r\n')[0]).toContain('Full name');
  });

  it('go on after a row, without a header', async () => {
    const filter = 'id eq "usr_a" or id eq "usr_b"';
    const whole = (await csv({ filter })).body;
    const rest = (await csv({ filter, after: 'usr_a' })).body;
    expect(whole.endsWith(rest)).toBe(true);
    expect(rest.startsWith('usr_b,')).toBe(true);
    expect((await csv({ filter, after: 'usr_b' })).body).toBe('');
  });

  it('are for administrators, and every export is in the audit', async () => {
    expect((await csv({}, acme.viewerKey)).statusCode).toBe(403);
    await csv();
    const audit = await api.port(SettingsStore).audit(acme.tenant, {}, { after: null, limit: 5 });
    expect(audit.map(({ action }) => action)).toContain('users.export');
  });

  it.each(['gzip', 'br', 'zstd'] as const)('come in %s for who accepts it, from after a row on too', async (coding) => {
    const unpack = { gzip: gunzipSync, br: brotliDecompressSync, zstd: zstdDecompressSync }[coding];
    const filter = 'id eq "usr_a" or id eq "usr_b"';
    for (const query of [{ filter }, { filter, after: 'usr_a' }]) {
      const plain = await csv(query);
      expect(plain.headers).not.toHaveProperty('content-encoding');
      const url = `${base}/users.csv?${new URLSearchParams(query).toString()}`;
      const headers = { 'accept-encoding': coding };
      const packed = await api.send({ method: 'GET', url, key: acme.adminKey, headers });
      expect(packed.headers).toMatchObject({
        'content-encoding': coding,
        'content-type': 'text/csv; charset=utf-8',
        vary: 'Accept-Encoding',
      });
      expect(packed.headers).not.toHaveProperty('content-length');
      expect(unpack(packed.rawPayload).toString()).toBe(plain.body);
    }
  });

  it('say what is wrong before anything is sent', async () => {
    const refused = await csv({ filter: 'nosuch pr' });
    expect(refused.statusCode).toBe(422);
    expect(refused.headers['content-type']).toContain('application/problem+json');
  });
});

describe('outcomes as CSV', () => {
  const csv = async (query: Record<string, string> = {}, key = acme.adminKey) =>
    api.send({
      method: 'GET',
      url: `${base}/syncs/${acme.sync}/outcomes.csv?${new URLSearchParams(query).toString()}`,
      key,
    });

  it('tell of each person what happens and why', async () => {
    const { body } = await csv();
    const lines = body.split('\r\n');
    expect(lines[0]).toMatch(/^id,seq,outcome,reason,state/);
    expect(lines).toHaveLength(6);
    expect(lines[1]).toMatch(new RegExp(`^${acme.outcomes[0]!},0,created,new,planned,,W1,Ana Silva,`));
    expect(lines[2]).toContain('email: email takes: e-mail address.');
    expect((await csv({ outcome: 'failed' })).body.split('\r\n')).toHaveLength(3);
    expect((await csv({}, acme.viewerKey)).statusCode).toBe(403);
  });

  it('leave out what is excluded, names too', async () => {
    for (const name of ['fullName', 'email']) {
      await api.json('PUT', `${base}/attributes/${name}`, {
        body: { type: 'string', required: true, excludeFromCsvExport: true },
      });
    }
    const { body } = await csv();
    expect(body).toContain('W1');
    for (const personal of ['Ana Silva', 'ana@acme.example', 'di.ng@acme.example'])
      expect(body).not.toContain(personal);
  });

  it('go on after a row of this sync', async () => {
    const whole = (await csv()).body;
    const rest = (await csv({ after: acme.outcomes[1]! })).body;
    expect(whole.endsWith(rest)).toBe(true);
    expect(rest.split('\r\n')).toHaveLength(3);
    expect((await csv({ after: 'out_0000000000000000_0' })).statusCode).toBe(422);
  });
});

describe('a user’s history', () => {
  it('tells each outcome with its sync, newest first, and where each value comes from', async () => {
    const page = await api.json<{ items: object[]; nextCursor: null }>('GET', `${base}/users/${acme.user}/history`);
    expect(page).toMatchObject({
      items: [
        {
          id: acme.outcomes[3],
          outcome: 'updated',
          state: 'planned',
          changes: { email: { before: 'di@acme.example', after: 'di.ng@acme.example' } },
          integrationId: acme.integration,
          mode: 'dry',
          trigger: 'manual',
          mappingVersion: 1,
        },
      ],
      nextCursor: null,
    });
    const url = `${base}/users/${acme.user}`;
    expect(await api.json('GET', url)).toMatchObject({ provenance: { email: null, fullName: null } });
    const report = {
      kind: 'slice' as const,
      tenantId: acme.tenant,
      integrationId: acme.integration,
      syncId: acme.sync,
    };
    await api
      .port(OutcomeStore)
      .recordSlice({ ...report, round: 0, slice: 0, wholePage: null, applied: [3], drifted: [] });
    expect(await api.json('GET', url)).toMatchObject({
      provenance: {
        email: { outcomeId: acme.outcomes[3], byHand: false, mappingVersion: 1, expression: 'contact.workEmail' },
        fullName: null,
      },
    });
  });
});

describe('why somebody isn’t here', () => {
  interface Found {
    items: {
      name: string | null;
      where: string;
      next: string | null;
      user: { id: string } | null;
      sourceId: string | null;
    }[];
    searched: { syncId: string }[];
  }
  const find = async (q: string) =>
    api.json<Found>('GET', `${base}/people?${new URLSearchParams({ q }).toString()}`, { key: acme.viewerKey });

  it('is told of people who are no users, by name, source id or e-mail', async () => {
    const failed = await find('W2');
    expect(failed.items).toMatchObject([
      { sourceId: 'W2', user: null, lastRecord: { syncId: acme.sync, seq: 1 }, outcome: { id: acme.outcomes[1] } },
    ]);
    expect(failed.items[0]?.where).toMatch(/^Is not in the directory\. Their record failed\. An expression gave/);
    expect(failed.items[0]?.next).toContain('Correct the value at the source');
    const [held] = (await find('cy young')).items;
    expect(held?.where).toContain('a safeguard holds it (emailChanges)');
    expect(held?.next).toContain(`sync ${acme.sync}`);
    const [planned] = (await find('ANA@acme')).items;
    expect(planned).toMatchObject({
      name: 'Ana Silva',
      where: expect.stringContaining('nothing has been written') as string,
    });
  });

  it('is told of users, by what is known of them', async () => {
    for (const q of ['di ng', 'di@acme.example', 'W4', acme.user]) {
      const { items } = await find(q);
      expect(items, q).toHaveLength(1);
      expect(items[0], q).toMatchObject({ name: 'Di Ng', user: { id: acme.user }, sourceId: 'W4' });
      expect(items[0]?.where, q).toMatch(/^Is in the directory, active\. Sync \w+ plans to change them/);
    }
  });

  it('is told of somebody whose access has ended, with the sync that ended it', async () => {
    const deactivation = {
      at: '2026-01-05T00:00:00.000Z',
      reason: 'missingFromSnapshot' as const,
      syncId: acme.sync,
      anonymizeAfter: '2026-01-12T00:00:00.000Z',
      byHand: false,
    };
    await put({
      id: 'usr_gone',
      status: 'deactivated',
      deactivation,
      attributes: { fullName: 'Gone', employeeId: 'E9' },
    });
    const [gone] = (await find('e9')).items;
    expect(gone?.where).toContain(`access ended on 2026-01-05, by sync ${acme.sync}: The source was read completely`);
    expect(gone?.next).toContain('An active record');
  });

  it('names the syncs that were searched when nobody is like that', async () => {
    expect(await find('nobody at all')).toMatchObject({
      items: [],
      more: false,
      isPartial: false,
      searched: [{ syncId: acme.sync }],
    });
  });
});

describe('a report on users', () => {
  const report = async (query: Record<string, string>) =>
    api.json('GET', `${base}/reports/users?${new URLSearchParams(query).toString()}`);

  it('counts the values of an attribute, the most frequent first, the rest and the blank ones', async () => {
    await api.json('PUT', `${base}/attributes/custom.tags`, { body: { type: 'string[]' } });
    await put(
      { id: 'usr_a', attributes: { department: 'Sales', 'custom.tags': ['x', 'y', 'x'] } },
      { id: 'usr_b', attributes: { department: 'Sales', 'custom.tags': ['y'], 'custom.level': 2 } },
      { id: 'usr_c', attributes: { department: 'IT', 'custom.level': 2 } },
      { id: 'usr_d', attributes: { department: 'Legal' } },
    );
    expect(await report({ groupBy: 'department', top: '1' })).toEqual({
      groupBy: 'department',
      groups: [{ value: 'Sales', users: 2 }],
      rest: { values: 2, users: 2 },
      blank: 1,
      total: 5,
    });
    expect(await report({ groupBy: 'CUSTOM.tags' })).toMatchObject({
      groups: [
        { value: 'y', users: 2 },
        { value: 'x', users: 1 },
      ],
      blank: 3,
    });
    expect(await report({ groupBy: 'custom.level', filter: 'custom.level pr' })).toMatchObject({
      groups: [{ value: 2, users: 2 }],
      total: 2,
    });
    expect(await report({ groupBy: 'createdAt' })).toMatchObject({
      groups: [{ value: '2026-01-01' }, { value: '2026-01-05' }],
    });
  });

  it('says which attributes there are', async () => {
    const response = await api.send({ method: 'GET', url: `${base}/reports/users?groupBy=nosuch` });
    expect(response.json()).toMatchObject({ status: 422, errors: [{ parameter: 'groupBy' }] });
  });
});

describe('a sync of one user', () => {
  const start = async (user: string, payload: object = {}) => {
    const response = await api.send({ method: 'POST', url: `${base}/users/${user}/sync`, payload });
    const body = response.json<{ code?: string; detail?: string; person?: string; mode?: string }>();
    return { status: response.statusCode, ...body };
  };
  const link = { sourceId: 'W9', presence: 'absent', seen: null } as const;
  const mapping = { attributes: { fullName: 'legalName.display', email: 'contact.workEmail', employeeId: 'workerId' } };

  it('is one of their integration, by the id of their link, whatever has become of it', async () => {
    expect(await start(acme.user)).toMatchObject({ status: 202, mode: 'dry', person: 'W4', trigger: 'manual' });
    const gone = buildUser(acme.tenant, 'usr_gone' as UserId, { owner: acme.integration });
    const write = buildWrite({ integrationId: acme.integration, syncId: acme.sync }, 0, gone);
    await api.port(DirectoryStore).write(acme.tenant, [{ ...write, link: { ...link, userId: gone.id } }]);
    expect(await start(gone.id, { mode: 'dry' })).toMatchObject({ status: 202, person: 'W9' });
  });

  it('goes by the rules of any sync', async () => {
    const integration = `${base}/integrations/${acme.integration}`;
    expect(await start(acme.user, { mode: 'live' })).toMatchObject({ status: 202, mode: 'live' });
    expect(await start(acme.user, { mode: 'wet' })).toMatchObject({ status: 400, code: 'invalidRequest' });
    expect(await start('usr_nobody')).toMatchObject({ status: 404, code: 'notFound' });
    const { headers } = await api.send({ method: 'GET', url: integration });
    const ifMatch = { 'if-match': String(headers['etag']) };
    await api.json('PATCH', integration, { body: { enabled: false }, headers: ifMatch });
    expect(await start(acme.user)).toMatchObject({ status: 409, code: 'integrationDisabled' });
  });

  it('takes an owner, and an id that the source knows', async () => {
    await put({ id: 'usr_unowned', owner: null, attributes: { email: 'u@x.y' } });
    expect(await start('usr_unowned')).toMatchObject({ status: 409, code: 'noOwner' });
    const unlinked = buildUser(acme.tenant, 'usr_unlinked' as UserId, { owner: acme.integration });
    const write = buildWrite({ integrationId: acme.integration, syncId: acme.sync }, 0, unlinked);
    await api.port(DirectoryStore).write(acme.tenant, [{ ...write, link: null }]);
    expect(await start(unlinked.id)).toMatchObject({ status: 409, code: 'noSourceId' });
    const mappings = `${base}/integrations/${acme.integration}/mappings`;
    await api.json('POST', mappings, { body: { ...mapping, identity: 'employeeId' } });
    await api.json('POST', `${mappings}/2/activate`);
    const refused = await start(acme.user);
    expect(refused).toMatchObject({ status: 409, code: 'noSourceId' });
    expect(refused.detail).toContain('tells people apart by employeeId');
  });
});
