import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MessageBus } from '#core';
import { activateMapping } from '../support/acme-tenant.js';
import { capturedTerminal, runAt } from '../cli/captured-terminal.js';
import { marked } from '../support/canary.js';
import { interceptBus } from '../support/intercept-bus.js';
import type { SyncAnswer } from '../support/muster-api.js';
import { RunningMuster, type UserAnswer } from '../support/running-muster.js';
import { person, persons, type ScriptedCompany as Company, ScriptedSources } from '../support/scripted-source.js';

interface EditAnswer {
  code?: string;
  syncId: string;
  ended: boolean;
  user: UserAnswer;
}

describe('a change by hand', () => {
  const sources = new ScriptedSources();
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start({ connectors: [sources.connector] });
  });
  afterAll(() => muster.stop());

  it('is a sync of its own, with one outcome that says what was there before', async () => {
    const company = await live(3);
    const { status, body } = await change(company, marked('Person 1'), { title: marked('Chef') });
    expect({ status, ended: body.ended }).toEqual({ status: 200, ended: true });
    expect(body.user.attributes).toMatchObject({ fullName: marked('Person 1'), title: marked('Chef') });
    const sync = await muster.api.sync(company.tenant, body.syncId);
    expect(sync).toMatchObject({ state: 'completed', trigger: 'edit', mode: 'live', manifest: null });
    expect(await muster.api.outcomes(company.tenant, body.syncId)).toMatchObject([
      {
        outcome: 'updated',
        reason: 'manual',
        state: 'applied',
        changes: { title: { before: null, after: marked('Chef') } },
      },
    ]);
  });

  it('that changes nothing writes nothing', async () => {
    const company = await live(2);
    const before = await muster.directoryHash(company.tenant);
    const { status, body } = await change(company, marked('Person 1'), { email: marked('p1@x.example') });
    expect(status).toBe(200);
    expect((await muster.api.sync(company.tenant, body.syncId)).totals).toEqual([
      { outcome: 'skipped', reason: 'unchanged', state: null, count: 1 },
    ]);
    expect(await muster.directoryHash(company.tenant)).toBe(before);
  });

  it('wins alone among many at once that name the same version', async () => {
    const company = await live(2);
    const { id } = await user(company, marked('Person 1'));
    const path = `/v1/tenants/${company.tenant}/users/${id}`;
    const seen = (await muster.api.call('GET', path)).headers.get('etag') ?? '';
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd', 'e']
        .map(marked)
        .map((title) => muster.api.call<EditAnswer>('PATCH', path, { attributes: { title } }, { 'if-match': seen })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412]);
    const winner = answers.find(({ status }) => status === 200);
    const after = await muster.api.call('GET', path);
    expect(after.body).toMatchObject({ attributes: winner?.body.user.attributes });
    expect(after.headers.get('etag')).not.toBe(seen);
  });

  it('takes no key from somebody else, and no required value away', async () => {
    const company = await live(3);
    const before = await muster.directoryHash(company.tenant);
    for (const [attributes, code] of [
      [{ email: marked('P2@X.example') }, 'editRefused'],
      [{ employeeId: marked('n2') }, 'editRefused'],
      [{ fullName: null }, 'unprocessable'],
    ] as const) {
      expect((await change(company, marked('Person 1'), attributes)).body.code).toBe(code);
    }
    expect(await muster.directoryHash(company.tenant)).toBe(before);
  });

  it('brings nobody back whose address somebody else has today', async () => {
    const company = await live(3);
    const { id } = await user(company, marked('Person 2'));
    await muster.api.must('POST', `/v1/tenants/${company.tenant}/users/${id}/deprovision`);
    await change(company, marked('Person 1'), { email: marked('p2@x.example') });
    const back = await muster.api.call('POST', `/v1/tenants/${company.tenant}/users/${id}/reactivate`);
    expect(back).toMatchObject({ status: 409, body: { code: 'editRefused' } });
    expect(await user(company, marked('Person 2'))).toMatchObject({ status: 'deactivated' });
  });

  it('waits for the sync in work, and is carried out as soon as that has ended', async () => {
    const company = await live(4);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const stop = interceptBus(muster.part(MessageBus), 'apply-slices', async ({ integrationId }) => {
      if (integrationId === (company.integration as typeof integrationId)) await promise;
      return true;
    });
    sources.set(company.source, [person(0, { title: marked('Cook') }), ...persons(4).slice(1)]);
    const path = `/v1/tenants/${company.tenant}/integrations/${company.integration}/syncs`;
    const { id } = await muster.api.must<{ id: string }>('POST', path, { mode: 'live' });
    await expect.poll(async () => (await muster.api.sync(company.tenant, id)).state).toBe('applying');
    const waiting = change(company, marked('Person 0'), { title: marked('Chef') });
    const edit = await poll(async () => {
      for await (const sync of muster.api.list<SyncAnswer>(`/v1/tenants/${company.tenant}/syncs`)) {
        if (sync.trigger === 'edit') return sync;
      }
      return null;
    });
    expect(edit.state).toBe('queued');
    resolve(undefined);
    const { body } = await waiting;
    stop();
    expect(body).toMatchObject({ ended: true, user: { attributes: { title: marked('Chef') } } });
    expect(await muster.api.ended(company.tenant, id)).toMatchObject({ state: 'completed', counts: { updated: 1 } });

    const next = await muster.api.runSync(company.tenant, company.integration, { mode: 'live' });
    expect(next, next.summary).toMatchObject({ state: 'completed', counts: { updated: 1 } });
    expect((await user(company, marked('Person 0'))).attributes['title']).toBe(marked('Cook'));
  });

  it('comes from no record and no mapping, wherever it is told of', async () => {
    const company = await live(2);
    const { body } = await change(company, marked('Person 1'), { title: marked('Chef') });
    const path = `/v1/tenants/${company.tenant}/users/${body.user.id}`;
    const { items } = await muster.api.must<{ items: { mappingVersion: number | null }[] }>('GET', `${path}/history`);
    expect(items.map(({ mappingVersion }) => mappingVersion)).toEqual([null, 1]);
    const { provenance } = await muster.api.must<{ provenance: Record<string, object> }>('GET', path);
    expect(provenance).toMatchObject({ title: { mappingVersion: null }, fullName: { mappingVersion: 1 } });
    const explained = async (sync: string): Promise<string> => {
      const [row] = await muster.api.outcomes(company.tenant, sync);
      const connection = ['--url', muster.api.url, '--api-key', muster.api.key ?? '', '--tenant', company.tenant];
      return (await runAt(capturedTerminal(), ['sync', 'explain', row?.id ?? '', ...connection])).out;
    };
    const byHand = await explained(body.syncId);
    expect(byHand).toContain(`Of sync ${body.syncId}.\nA change by hand comes from no record.`);
    expect(byHand).not.toMatch(/record 0|Mapping version/);
    sources.set(company.source, persons(1));
    const left = await muster.api.runSync(company.tenant, company.integration, { mode: 'live' });
    const [gone] = await muster.api.outcomes(company.tenant, left.id, '?outcome=deprovisioned');
    expect(gone).toMatchObject({ reason: 'missingFromSnapshot' });
    expect(await explained(left.id)).toContain(`Mapping version 1; sync ${left.id}.`);
  });

  it('says in words what was done, and what becomes of it', async () => {
    const company = await live(4);
    const mapping = {
      attributes: { fullName: 'name', email: 'mail', employeeId: 'num', active: 'active', title: 'title' },
      restricted: { expression: "access == 'R'", onMissing: 'regular' },
    };
    await activateMapping(muster.api, company.tenant, company.integration, mapping);
    const names = [0, 1, 2, 3].map((number) => marked(`Person ${String(number)}`));
    const [titled = '', restricted = '', promoted = '', back = ''] = await Promise.all(
      names.map(async (name) => (await user(company, name)).id),
    );
    const users = `/v1/tenants/${company.tenant}/users`;
    const words = async (method: string, path: string, body?: object): Promise<string> => {
      const { syncId } = await muster.api.must<EditAnswer>(method, `${users}/${path}`, body);
      const [row] = await muster.api.outcomes(company.tenant, syncId);
      const explained = `/v1/tenants/${company.tenant}/outcomes/${row?.id ?? ''}/explanation`;
      const { why, next } = await muster.api.must<{ why: string; next: string }>('GET', explained);
      expect(why).toBe(row?.why);
      const csv = await muster.api.must<string>('GET', `/v1/tenants/${company.tenant}/syncs/${syncId}/outcomes.csv`);
      expect(csv).toContain(why);
      return `${why} ${next}`;
    };
    const title = { attributes: { title: marked('Chef') } };
    expect(await words('PATCH', titled, title)).toMatch(/attributes by hand\. .*next sync that maps .* overwrites it/);
    expect(await words('PATCH', restricted, { role: 'restricted' })).toMatch(
      /their role by hand\..* sets any other role/,
    );
    expect(await words('PATCH', promoted, { role: 'admin', ...title })).toMatch(/attributes and role .*An admin stays/);
    expect(await words('POST', `${back}/deprovision`)).toMatch(
      /stands against the source\. .*reactivate the user by hand/,
    );
    expect(await words('POST', `${back}/reactivate`)).toMatch(/access back by hand\. .*ends their access again/);

    sources.set(company.source, [...persons(3), person(3, { active: false })]);
    const next = await muster.api.runSync(company.tenant, company.integration, { mode: 'live' });
    expect(next, next.summary).toMatchObject({ state: 'completed' });
    const after = await Promise.all(names.map((name) => user(company, name)));
    expect(after.map(({ status, role, attributes }) => [status, role, attributes['title'] ?? null])).toEqual([
      ['active', 'regular', null],
      ['active', 'regular', null],
      ['active', 'admin', null],
      ['deactivated', 'regular', null],
    ]);
  });

  async function live(people: number): Promise<Company> {
    const company = await sources.anotherCompany(muster.api);
    sources.set(company.source, persons(people));
    const first = await muster.api.runSync(company.tenant, company.integration, { mode: 'live' });
    expect(first, first.summary).toMatchObject({ state: 'completed', counts: { created: people } });
    return company;
  }

  async function user({ tenant }: Company, name: string): Promise<UserAnswer> {
    const found = (await muster.users(tenant)).find(({ attributes }) => attributes['fullName'] === name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  }

  async function change(company: Company, name: string, attributes: object) {
    const { id } = await user(company, name);
    return muster.api.call<EditAnswer>('PATCH', `/v1/tenants/${company.tenant}/users/${id}`, { attributes });
  }

  async function poll<Found>(look: () => Promise<Found | null>): Promise<Found> {
    let found: Found | null = null;
    await expect.poll(async () => (found = await look())).not.toBeNull();
    return found as Found;
  }
});
