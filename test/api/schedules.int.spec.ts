import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ScheduleStore, SettingsStore } from '#core';
import { ManualClock } from '#testing';
import { ApiUnderTest } from './api-under-test.js';
import { type SeededTenant, seedTenant } from './seed-tenant.js';

interface ScheduleAnswer {
  mode: string;
  every?: number;
  cron?: string;
  timeZone?: string;
  effectiveMode: string;
  runsDryBecause: string | null;
  nextRunAt: string | null;
  isRetry: boolean;
  consecutiveFailures: number;
  lastRun: object | null;
  lastRefused: object | null;
}
interface IntegrationAnswer {
  id: string;
  revision: number;
  schedule: ScheduleAnswer | null;
}
interface Refusal {
  status: number;
  code: string;
  errors: { pointer: string; code: string; message: string }[];
}

const clock = new ManualClock();
let api: ApiUnderTest;
let acme: SeededTenant;
let path: string;

beforeAll(async () => {
  api = await ApiUnderTest.start({ clock });
});
beforeEach(async () => {
  clock.set('2026-03-27T12:10:30.500Z');
  acme = await seedTenant(api);
  path = `/v1/tenants/${acme.tenant}/integrations/${acme.integration}`;
});
afterAll(() => api.stop());

const read = () => api.json<IntegrationAnswer>('GET', path);

async function patch(body: object): Promise<IntegrationAnswer> {
  const { revision } = await read();
  return api.json<IntegrationAnswer>('PATCH', path, { body, headers: { 'if-match': `"${String(revision)}"` } });
}

async function refused(schedule: unknown): Promise<Refusal> {
  const { revision } = await read();
  const headers = { 'if-match': `"${String(revision)}"` };
  const response = await api.send({ method: 'PATCH', url: path, headers, payload: { schedule } });
  return response.json<Refusal>();
}

describe('the schedule of an integration', () => {
  it('is none until one is set, and none again when it is taken away', async () => {
    expect((await read()).schedule).toBeNull();
    await patch({ schedule: { mode: 'dry', every: 6 } });
    expect((await patch({ schedule: null })).schedule).toBeNull();
    expect(await api.port(ScheduleStore).due('2100-01-01T00:00:00.000Z', 10)).toEqual([]);
  });

  it.each([
    [24, '2026-03-28T00:00:00.000Z'],
    [12, '2026-03-28T00:00:00.000Z'],
    [6, '2026-03-27T18:00:00.000Z'],
    [3, '2026-03-27T15:00:00.000Z'],
  ])('runs every %d hours from 00:00 UTC', async (every, nextRunAt) => {
    const { schedule } = await patch({ schedule: { mode: 'live', every } });
    expect(schedule).toEqual({
      mode: 'live',
      every,
      effectiveMode: 'dry',
      runsDryBecause: 'observe',
      nextRunAt,
      isRetry: false,
      consecutiveFailures: 0,
      lastRun: null,
      lastRefused: null,
    });
  });

  it.each([
    ['30 2 * * *', 'Europe/Berlin', '2026-03-28T22:00:00.000Z', '2026-03-29T01:00:00.000Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-10-25T00:40:00.000Z', '2026-10-26T01:30:00.000Z'],
    ['30 1 * * *', 'America/New_York', '2026-11-01T00:00:00.000Z', '2026-11-01T05:30:00.000Z'],
    ['30 2 * * *', 'America/New_York', '2026-03-08T00:00:00.000Z', '2026-03-08T07:00:00.000Z'],
    ['15 9 * * MON', 'Asia/Kolkata', '2026-03-27T12:00:00.000Z', '2026-03-30T03:45:00.000Z'],
    ['0 0 1 * *', 'Pacific/Apia', '2026-03-30T00:00:00.000Z', '2026-03-31T11:00:00.000Z'],
  ])('runs next at the exact instant: %s in %s, asked at %s', async (cron, timeZone, now, nextRunAt) => {
    clock.set(now);
    const { schedule } = await patch({ schedule: { mode: 'dry', cron, timeZone } });
    expect(schedule).toMatchObject({ cron, timeZone, effectiveMode: 'dry', runsDryBecause: null, nextRunAt });
  });

  it('takes the tenant’s time zone when none is named', async () => {
    await api.json('PATCH', `/v1/tenants/${acme.tenant}`, {
      body: { timeZone: 'Asia/Kolkata' },
      headers: { 'if-match': '"1"' },
    });
    const { schedule } = await patch({ schedule: { mode: 'dry', cron: '0 6 * * *' } });
    expect(schedule).toMatchObject({ timeZone: 'Asia/Kolkata', nextRunAt: '2026-03-28T00:30:00.000Z' });
  });

  it('can be set when a source is connected', async () => {
    const created = await api.json<IntegrationAnswer>('POST', `/v1/tenants/${acme.tenant}/integrations`, {
      body: {
        name: 'Second',
        connectorId: 'acme-hr',
        config: { baseUrl: 'https://hr.acme.example', clientId: 'muster' },
        secrets: { clientSecret: 'client-s3cret', signingKey: 'signing-k3y' },
        standing: 'live',
        schedule: { mode: 'live', every: 12 },
      },
    });
    const expected = { effectiveMode: 'live', runsDryBecause: null, nextRunAt: '2026-03-28T00:00:00.000Z' };
    expect(created.schedule).toMatchObject(expected);
    const { items } = await api.json<{ items: IntegrationAnswer[] }>('GET', `/v1/tenants/${acme.tenant}/integrations`);
    expect(items.find(({ id }) => id === created.id)?.schedule).toMatchObject(expected);
  });

  it('is live once the integration is', async () => {
    await patch({ schedule: { mode: 'live', every: 12 } });
    await api.port(SettingsStore).makeLive(acme.tenant, acme.integration);
    expect((await read()).schedule).toMatchObject({ effectiveMode: 'live', runsDryBecause: null });
  });

  it('begins anew when it changes or the integration is enabled, and at no other change', async () => {
    await patch({ schedule: { mode: 'live', every: 3 } });
    const schedules = api.port(ScheduleStore);
    const [due] = await schedules.due('2100-01-01T00:00:00.000Z', 10);
    const { version, ...state } = due!.state;
    const lastRefused = { at: '2026-03-27T12:00:00.000Z', reason: 'predecessorOpen', syncId: acme.sync } as const;
    const moved = {
      ...state,
      nextRunAt: '2026-03-27T12:15:00.000Z',
      isRetry: true,
      consecutiveFailures: 1,
      lastRefused,
    };
    await schedules.move(acme.tenant, acme.integration, version, moved, null);
    const standing = { nextRunAt: '2026-03-27T12:15:00.000Z', isRetry: true, consecutiveFailures: 1 };
    expect((await read()).schedule?.lastRefused).toEqual({
      ...lastRefused,
      message: expect.stringContaining('had not ended') as string,
    });
    expect((await patch({ name: 'New', schedule: { mode: 'live', every: 3 } })).schedule).toMatchObject(standing);
    expect((await patch({ enabled: true })).schedule).toMatchObject(standing);

    const anew = { isRetry: false, consecutiveFailures: 0, lastRefused: null };
    expect((await patch({ enabled: false })).schedule).toMatchObject({ every: 3, nextRunAt: null, ...anew });
    clock.set('2026-03-28T13:00:00.000Z');
    const enabled = (await patch({ enabled: true })).schedule;
    expect(enabled).toMatchObject({ nextRunAt: '2026-03-28T15:00:00.000Z', ...anew });
    const changed = (await patch({ schedule: { mode: 'dry', every: 24 } })).schedule;
    expect(changed).toMatchObject({ nextRunAt: '2026-03-29T00:00:00.000Z', ...anew });
  });

  it('is changed by whoever has seen it as it is', async () => {
    const headers = { 'if-match': '"7"' };
    const payload = { schedule: { mode: 'dry', every: 24 } };
    expect((await api.send({ method: 'PATCH', url: path, headers, payload })).statusCode).toBe(412);
    expect((await read()).schedule).toBeNull();
  });

  it.each([
    [{ mode: 'dry', cron: 'at noon' }, '/schedule/cron', 'cronUnreadable', 422],
    [{ mode: 'dry', cron: '0 25 * * *' }, '/schedule/cron', 'cronUnreadable', 422],
    [{ mode: 'dry', cron: '2027-01-01T00:00:00' }, '/schedule/cron', 'cronUnreadable', 422],
    [{ mode: 'dry', cron: '0 0 31 2 *' }, '/schedule/cron', 'cronNeverFires', 422],
    [{ mode: 'dry', cron: '0 0 6 1 1 * 2020' }, '/schedule/cron', 'cronNeverFires', 422],
    [{ mode: 'dry', cron: '*/4 * * * *' }, '/schedule/cron', 'cronTooOften', 422],
    [{ mode: 'dry', cron: '0 6 * * *', timeZone: 'Europe/Nowhere' }, '/schedule/timeZone', 'invalid', 422],
    [{ mode: 'dry', every: 24, timeZone: 'Europe/Berlin' }, '/schedule/timeZone', 'notAllowed', 422],
    [{ mode: 'dry', every: 5 }, '/schedule/every', 'notAllowed', 400],
    [{ mode: 'dry', every: 24, cron: '0 6 * * *' }, '/schedule', 'invalid', 422],
    [{ mode: 'dry' }, '/schedule', 'invalid', 422],
    [{ every: 24 }, '/schedule/mode', 'notAllowed', 400],
    [{ mode: 'sometimes', every: 24 }, '/schedule/mode', 'notAllowed', 400],
    [{ mode: 'dry', every: 24, nextRunAt: '2026-01-01T00:00:00Z' }, '/schedule/nextRunAt', 'unknownField', 400],
  ])('is refused with the field that is wrong: %j', async (schedule, pointer, code, status) => {
    const refusal = await refused(schedule);
    expect(refusal).toMatchObject({ status });
    expect(refusal.errors).toEqual([expect.objectContaining({ pointer, code })]);
    expect(JSON.stringify(refusal)).not.toContain('Nowhere');
    expect((await read()).schedule).toBeNull();
  });
});
