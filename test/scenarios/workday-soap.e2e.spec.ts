import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startWorkdaySoapSimulator,
  type WorkdaySoapSimulator,
} from '../../connectors/workday-soap/simulator/src/index.js';
import { activateMapping } from '../support/acme-tenant.js';
import { marked } from '../support/canary.js';
import { RunningMuster } from '../support/running-muster.js';

const people = 350;

describe('a company in Workday, read by SOAP', () => {
  let muster: RunningMuster;
  let source: WorkdaySoapSimulator;
  let tenant: string;
  let integration: string;
  beforeAll(async () => {
    muster = await RunningMuster.start();
    source = await startWorkdaySoapSimulator({ people, seed: 3, mark: marked('') });
    ({ id: tenant } = await muster.api.must<{ id: string }>('POST', '/v1/tenants', { name: 'Workday' }));
    ({ id: integration } = await muster.api.must<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
      name: 'Workday',
      connectorId: 'workday-soap',
      config: source.config,
      secrets: source.secrets,
    }));
    await activateMapping(muster.api, tenant, integration, { default: true });
  });
  afterAll(async () => {
    await muster.stop();
    await source.stop();
  });

  const live = async (person?: string) =>
    muster.api.runSync(tenant, integration, { mode: 'live', ...(person === undefined ? {} : { person }) });
  const active = async (): Promise<number> =>
    (await muster.users(tenant)).filter(({ status }) => status === 'active').length;

  it('arrives by a dry sync that is approved, with managers', async () => {
    const dry = await muster.api.runSync(tenant, integration, {});
    expect(dry, dry.summary).toMatchObject({
      state: 'completed',
      counts: { created: people, failed: 0 },
      manifest: { wholeness: 'complete', extent: 'full', records: people },
    });
    const applied = await muster.api.approved(tenant, dry);
    expect(applied, applied.summary).toMatchObject({ state: 'completed', counts: { created: people } });
    const { fullName, email, title, organization, managerId, employeeId } = source.worker(42);
    const user = (await muster.users(tenant)).find(({ attributes }) => attributes['employeeId'] === employeeId);
    expect(user?.attributes).toMatchObject({
      fullName,
      email,
      title,
      department: organization,
      managerEmployeeId: managerId,
    });
  });

  it('loses nobody to pages that are cut, short, or of another total', async () => {
    for (const [kind, records] of [
      ['cutCleanly', 300],
      ['shortPage', 349],
      ['growingTotal', 350],
    ] as const) {
      source.behave({ kind, fromPage: 4 });
      const sync = await live();
      expect(sync, sync.summary).toMatchObject({
        state: 'incomplete',
        counts: { deprovisioned: 0 },
        manifest: { wholeness: 'truncated', records },
      });
    }
    source.behave('nobody');
    const nobody = await live();
    expect(nobody, nobody.summary).toMatchObject({ state: 'incomplete', manifest: { records: 0 } });
    source.behave('notAuthorized');
    const refused = await live();
    expect(refused, refused.summary).toMatchObject({ state: 'failed', failure: { code: 'forbidden' } });
    source.behave(null);
    expect(await active()).toBe(people);
  });

  it('loses those who are gone or inactive, and is read for one person alone', async () => {
    source.remove(349);
    source.change(348, { isActive: false });
    const whole = await live();
    expect(whole, whole.summary).toMatchObject({ state: 'completed', held: 0, counts: { deprovisioned: 2 } });
    expect(await active()).toBe(people - 2);
    source.change(7, { title: 'Astronaut' });
    source.change(8, { title: 'Astronaut' });
    const one = await live(source.worker(7).wid);
    expect(one, one.summary).toMatchObject({
      state: 'completed',
      counts: { updated: 1 },
      manifest: { extent: 'person' },
    });
  });
});
