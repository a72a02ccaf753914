import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { marked } from '../support/canary.js';
import { RunningMuster } from '../support/running-muster.js';
import { person, persons, ScriptedSources } from '../support/scripted-source.js';

interface HistoryAnswer {
  syncId: string;
  outcome: string;
  reason: string;
  state: string | null;
  mode: string;
  trigger: string;
}

interface PersonAnswer {
  where: string;
  name: string | null;
  sourceId: string | null;
  user: { id: string } | null;
  lastRecord: { syncId: string } | null;
  outcome: { id: string } | null;
}

describe('people', () => {
  const sources = new ScriptedSources();
  let muster: RunningMuster;
  let tenant: string;
  let integration: string;
  const syncs: string[] = [];

  beforeAll(async () => {
    muster = await RunningMuster.start({ connectors: [sources.connector] });
    ({ tenant, integration } = await sources.company(muster.api, 'company'));
    const run = async (people: typeof everyone, mode: 'live' | 'dry' = 'live') => {
      sources.set('company', people);
      syncs.push((await muster.api.runSync(tenant, integration, { mode })).id);
    };
    const everyone = persons(6);
    await run(everyone);
    await run([person(0, { title: marked('Chef') }), ...everyone.slice(1)]);
    const { id } = await user(0);
    await muster.api.must('PATCH', `/v1/tenants/${tenant}/users/${id}`, { attributes: { location: marked('Oslo') } });
    await run(
      [person(0, { title: marked('Boss') }), ...everyone.slice(1, 5), person(7, { mail: marked('no address') })],
      'live',
    );
    await run(
      [person(0, { title: marked('Cook') }), ...everyone.slice(1, 5), person(7, { mail: marked('no address') })],
      'dry',
    );
  });
  afterAll(() => muster.stop());

  it('are listed by what their values are', async () => {
    const filter = encodeURIComponent(`employeeId eq "${marked('n3')}" or title co "BOS"`);
    const { items } = await muster.api.must<{ items: { attributes: { fullName: string } }[] }>(
      'GET',
      `/v1/tenants/${tenant}/users?filter=${filter}&sort=-fullName`,
    );
    expect(items.map(({ attributes }) => attributes.fullName)).toEqual([marked('Person 3'), marked('Person 0')]);
  });

  it('have a history that goes back to how they came about', async () => {
    const { id } = await user(0);
    const told: unknown[] = [];
    for await (const entry of muster.api.list<HistoryAnswer>(`/v1/tenants/${tenant}/users/${id}/history`, 2)) {
      told.push([entry.mode, entry.trigger, entry.outcome, entry.reason, entry.state]);
    }
    expect(told).toEqual([
      ['dry', 'manual', 'updated', 'changed', 'planned'],
      ['live', 'manual', 'updated', 'changed', 'applied'],
      ['live', 'edit', 'updated', 'manual', 'applied'],
      ['live', 'manual', 'updated', 'changed', 'applied'],
      ['live', 'manual', 'created', 'new', 'applied'],
    ]);
  });

  it('show what set each of their values', async () => {
    const { id } = await user(0);
    const { provenance } = await muster.api.must<{ provenance: Record<string, object> }>(
      'GET',
      `/v1/tenants/${tenant}/users/${id}`,
    );
    expect(provenance).toMatchObject({
      fullName: { syncId: syncs[0], byHand: false, mappingVersion: 1, expression: 'name' },
      title: { syncId: syncs[2], byHand: false },
      location: { byHand: true, mappingVersion: null, expression: null },
    });
  });

  it('are found wherever they stopped', async () => {
    const [gone] = await find(marked('n5'));
    expect(gone?.where).toContain(
      `by sync ${syncs[2]!}: The source was read completely and this person was not in it.`,
    );
    expect(gone?.lastRecord?.syncId).toBe(syncs[1]);
    const explained = await muster.api.must(
      'GET',
      `/v1/tenants/${tenant}/outcomes/${gone?.outcome?.id ?? ''}/explanation`,
    );
    expect(explained).toMatchObject({ record: { available: false }, lastRecord: gone?.lastRecord });
    const [failed] = await find('person 7');
    expect(failed).toMatchObject({ sourceId: marked('s7'), user: null });
    expect(failed?.where).toContain('Their record failed.');
    expect(await find('nobody at all')).toEqual([]);
  });

  it('are found and named when they are unchanged, too', async () => {
    const path = `/v1/tenants/${tenant}/syncs/${syncs[1]!}/outcomes`;
    const { items } = await muster.api.must<{ items: { id: string }[] }>('GET', `${path}?q=${marked('S3')}`);
    const named = { reason: 'unchanged', sourceId: marked('s3'), label: marked('Person 3') };
    expect(items).toMatchObject([named]);
    const listed: unknown[] = [];
    for await (const one of muster.api.list<{ sourceId: string }>(`${path}?reason=unchanged`, 2)) {
      listed.push(one.sourceId);
    }
    expect(listed).toEqual(['s1', 's2', 's3', 's4', 's5'].map(marked));
    const all = await muster.api.must<{ items: object[] }>('GET', `${path}?outcome=skipped&reason=unchanged`);
    expect(all.items).toHaveLength(5);
    expect(all.items[2]).toEqual(items[0]);
    expect(await muster.api.must('GET', `${path}?outcome=failed&reason=unchanged`)).toMatchObject({ items: [] });
    const { body: csv } = await muster.api.call<string>('GET', `${path}.csv?reason=unchanged`);
    expect(csv.trimEnd().split('\r\n')).toHaveLength(6);
    const outcome = `/v1/tenants/${tenant}/outcomes/${items[0]!.id}`;
    expect(await muster.api.must('GET', outcome)).toEqual(items[0]);
    expect(await muster.api.must('GET', `${outcome}/explanation`)).toMatchObject({ outcome: named });
  });

  it('come as CSV, and so does what a sync did to them', async () => {
    const { body: users } = await muster.api.call<string>('GET', `/v1/tenants/${tenant}/users.csv`);
    expect(users.trimEnd().split('\r\n')).toHaveLength(7);
    const path = `/v1/tenants/${tenant}/syncs/${syncs[2]!}/outcomes.csv`;
    const { body: outcomes } = await muster.api.call<string>('GET', path);
    const kinds = outcomes
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(',')[2]);
    expect(kinds.toSorted()).toEqual(['deprovisioned', 'failed', 'updated']);
  });

  it('are counted by their values', async () => {
    expect(await muster.api.must('GET', `/v1/tenants/${tenant}/reports/users?groupBy=status`)).toMatchObject({
      groups: [
        { value: 'active', users: 5 },
        { value: 'deactivated', users: 1 },
      ],
    });
  });

  async function user(number: number): Promise<{ id: string }> {
    const filter = encodeURIComponent(`employeeId eq "${marked(`N${String(number)}`)}"`);
    const { items } = await muster.api.must<{ items: { id: string }[] }>(
      'GET',
      `/v1/tenants/${tenant}/users?filter=${filter}`,
    );
    return items[0]!;
  }

  async function find(q: string): Promise<PersonAnswer[]> {
    const path = `/v1/tenants/${tenant}/people?q=${encodeURIComponent(q)}`;
    return (await muster.api.must<{ items: PersonAnswer[] }>('GET', path)).items;
  }
});
