import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DirectoryStore, type User, type UserId } from '#core';
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
    expect(wrong).toMatchObject({ status: 400, errors: [{ parameter: 'filter', position: 14 }] });
    expect(JSON.stringify(wrong)).toContain('text in double quotes');
    expect(JSON.stringify(wrong)).not.toContain('Sales');
    expect(await refusal({ sort: 'nosuch' })).toMatchObject({ status: 400, errors: [{ parameter: 'sort' }] });
    const { nextCursor } = await list({ sort: 'fullName', limit: '1' });
    expect(await refusal({ sort: '-fullName', cursor: nextCursor! })).toMatchObject({
      status: 400,
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
