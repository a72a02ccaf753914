import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IntegrationId, SecretBox, SettingsStore, type TenantId } from '#core';
import { RunningMuster } from '../support/running-muster.js';
import { startWorkdayTenant } from '../support/workday-tenant.js';

const people = 500;

describe('a company in Workday', () => {
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start();
  });
  afterAll(() => muster.stop());

  const active = async (tenant: string): Promise<number> =>
    (await muster.users(tenant)).filter(({ status }) => status === 'active').length;

  it('arrives by a dry sync that is approved, loses nobody to a report that is empty or cut, and loses who left', async () => {
    const { tenant, integration, source } = await startWorkdayTenant(
      muster.api,
      { people, seed: 3 },
      { standing: 'observe' },
    );
    const dry = await muster.api.runSync(tenant, integration, {});
    expect(dry, dry.summary).toMatchObject({
      state: 'completed',
      counts: { created: people, failed: 0 },
      manifest: { wholeness: 'complete', extent: 'full', records: people },
    });
    expect(await active(tenant)).toBe(0);
    const live = await muster.api.approved(tenant, dry);
    expect(live, live.summary).toMatchObject({ state: 'completed', counts: { created: people } });
    expect(await active(tenant)).toBe(people);
    const user = (await muster.users(tenant)).find(({ attributes }) => attributes['employeeId'] === source.id(42));
    const entry = source.entry(42);
    expect(user?.attributes).toMatchObject({
      fullName: entry['Preferred_Name'],
      email: entry['Email_-_Work'],
      title: entry['Business_Title'],
      department: entry['Supervisory_Organization'],
      managerEmployeeId: source.id(4),
      hireDate: String(entry['Hire_Date']).slice(0, 10),
    });

    for (const kind of ['emptyObject', 'emptyList'] as const) {
      source.behave(kind);
      const empty = await muster.api.runSync(tenant, integration, { mode: 'live' });
      expect(empty, empty.summary).toMatchObject({
        state: 'incomplete',
        counts: { deprovisioned: 0 },
        held: 0,
        notSeen: people,
        manifest: { wholeness: 'truncated', records: 0 },
      });
      expect(empty.manifest?.evidence.reason).toMatch(/no rows.+does not mean that everyone left/);
      expect(empty.summary).toMatch(/no rows/);
      expect(await active(tenant)).toBe(people);
    }

    source.patch(source.id(1), { Business_Title: 'Astronaut' });
    source.behave({ kind: 'cut', afterEntries: 300 });
    const cut = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(cut, cut.summary).toMatchObject({
      state: 'incomplete',
      counts: { updated: 1, deprovisioned: 0, skipped: 299 },
      notSeen: 200,
      manifest: { wholeness: 'truncated', records: 300 },
    });
    expect(await active(tenant)).toBe(people);

    source.behave('webPage');
    const failed = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(failed, failed.summary).toMatchObject({ state: 'failed', failure: { code: 'webPage' } });

    source.behave(null);
    source.remove(source.id(499));
    source.patch(source.id(498), { Active_Status: '0' });
    const whole = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(whole, whole.summary).toMatchObject({
      state: 'completed',
      counts: { deprovisioned: 2, created: 0 },
      manifest: { wholeness: 'complete' },
    });
    expect(await active(tenant)).toBe(people - 2);
    await source.stop();
  });

  it('is read for one person alone', async () => {
    const { tenant, integration, source } = await startWorkdayTenant(muster.api, { people: 20 });
    await muster.api.runSync(tenant, integration, { mode: 'live' });
    source.patch(source.id(7), { Business_Title: 'Astronaut' });
    source.patch(source.id(8), { Business_Title: 'Astronaut' });
    const one = await muster.api.runSync(tenant, integration, { mode: 'live', person: source.id(7) });
    expect(one, one.summary).toMatchObject({
      state: 'completed',
      counts: { updated: 1 },
      manifest: { extent: 'person' },
    });
    const titled = (await muster.users(tenant)).filter(({ attributes }) => attributes['title'] === 'Astronaut');
    expect(titled.map(({ attributes }) => attributes['employeeId'])).toEqual([source.id(7)]);
    await source.stop();
  });

  it('is told apart by whichever column the settings name', async () => {
    const config = { idKey: 'workdayID' };
    const { tenant, integration, source } = await startWorkdayTenant(muster.api, { people: 5 }, { config });
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(sync, sync.summary).toMatchObject({ state: 'completed', counts: { created: 5, failed: 0 } });
    const again = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(again, again.summary).toMatchObject({ counts: { created: 0, skipped: 5 } });
    await source.stop();
  });

  it('gives a new refresh token at each use, which dry syncs and checks keep, too, and changes of settings don’t lose', async () => {
    const { tenant, integration, source } = await startWorkdayTenant(
      muster.api,
      { people: 5, isRotating: true },
      { by: 'withRefreshToken' },
    );
    const path = `/v1/tenants/${tenant}/integrations/${integration}`;
    const before = await muster.api.call<{ revision: number }>('GET', path);
    const dry = await muster.api.runSync(tenant, integration, {});
    expect(dry, dry.summary).toMatchObject({ state: 'completed', counts: { created: 5 } });
    const check = await muster.api.must<{ id: string }>('POST', `${path}/check`);
    expect(check).toMatchObject({ ok: true });
    const etag = before.headers.get('etag') ?? '';
    const change = { name: 'Workday 2', secrets: { clientSecret: 'workday-client-secret' } };
    const patched = await muster.api.call('PATCH', path, change, { 'if-match': etag });
    expect(patched.status).toBe(200);
    await muster.restart();
    const both = await Promise.all([
      muster.api.runSync(tenant, integration, {}),
      muster.api.runSync(tenant, integration, { mode: 'live' }),
    ]);
    for (const sync of both) expect(sync, sync.summary).toMatchObject({ state: 'completed' });
    expect(source.counters().tokens).toBe(4 + source.refusedTokens);
    const { items } = await muster.api.must<{ items: { action: string; actor: string }[] }>(
      'GET',
      `/v1/tenants/${tenant}/audit?action=integration.renewSecret`,
    );
    expect(items.map(({ actor }) => actor)).toEqual(Array.from({ length: 4 }, () => 'source'));
    await source.stop();
  });

  it('loses no token that is renewed in the very middle of a change of its settings', async () => {
    const { tenant, integration, source } = await startWorkdayTenant(
      muster.api,
      { people: 5, isRotating: true },
      { by: 'withRefreshToken' },
    );
    const path = `/v1/tenants/${tenant}/integrations/${integration}`;
    const etag = (await muster.api.call('GET', path)).headers.get('etag') ?? '';
    const settings = muster.part(SettingsStore);
    const [tenantId, id] = [tenant as TenantId, integration as IntegrationId];
    const read = settings.sealedSecrets.bind(settings);
    // Between the moment in which the change reads what is stored and the one in which it writes.
    settings.sealedSecrets = async (...of) => {
      settings.sealedSecrets = read;
      const sealed = await read(...of);
      const check = await muster.api.must('POST', `${path}/check`);
      expect(check).toMatchObject({ ok: true });
      return sealed;
    };
    const change = { secrets: { password: 'not used' } };
    const patched = await muster.api.call('PATCH', path, change, { 'if-match': etag });
    expect(patched.status, JSON.stringify(patched.body)).toBe(200);
    expect(muster.part(SecretBox).open(tenantId, (await read(tenantId, id)) ?? '')).toEqual({
      clientSecret: 'workday-client-secret',
      refreshToken: source.refreshToken,
      password: 'not used',
    });
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(sync, sync.summary).toMatchObject({ state: 'completed', counts: { created: 5 } });
    expect(source.refusedTokens).toBe(0);
    await source.stop();
  });
});
