import { afterAll, beforeAll, expect, it } from 'vitest';
import { acmeHrDefaultMapping } from '../../connectors/acme-hr/src/acme-hr.mapping.js';
import { activateMapping } from '../support/acme-tenant.js';
import { marked } from '../support/canary.js';
import type { SyncRequest } from '../support/muster-api.js';
import { RunningMuster, startCompany } from '../support/running-muster.js';

interface DifferenceAnswer {
  sourceId: string;
  first: { outcome: string; reason: string } | null;
  second: { outcome: string; reason: string } | null;
  attributes: string[];
}

const people = 120;

let muster: RunningMuster;
let company: Awaited<ReturnType<typeof startCompany>>;

beforeAll(async () => {
  muster = await RunningMuster.start();
  company = await startCompany(muster, { people, seed: 7 }, { config: { pageSize: 50 } });
});

afterAll(async () => {
  await muster.stop();
  await company.source.stop();
});

async function differences(first: string, second: string, limit = 500): Promise<DifferenceAnswer[]> {
  const found: DifferenceAnswer[] = [];
  const path = `/v1/tenants/${company.tenant}/syncs/${first}/compare/${second}`;
  for await (const difference of muster.api.list<DifferenceAnswer>(path, limit)) found.push(difference);
  return found;
}

const run = (body: SyncRequest) => muster.api.runSync(company.tenant, company.integration, body);

it('tells with whom two syncs of one snapshot deal otherwise, person by person', { timeout: 120_000 }, async () => {
  const { source, tenant, integration } = company;
  const initial = await run({ mode: 'live' });
  for (const id of ['W0000003', 'W0000060']) source.patch(id, { employment: { jobTitle: marked('Someone new') } });
  source.remove(['W0000005', 'W0000070']);
  const before = await run({ mode: 'dry' });
  const applied = await run({ mode: 'live', replayOfSyncId: before.id });
  const after = await run({ mode: 'dry', replayOfSyncId: before.id });

  expect(await differences(before.id, applied.id)).toEqual([]);
  const found = await differences(before.id, after.id);
  const planned = await muster.api.outcomes(tenant, before.id);
  const changing = planned.filter(({ outcome }) => outcome === 'updated' || outcome === 'deprovisioned');
  expect(changing.length).toBeGreaterThanOrEqual(2);
  expect(found.map(({ sourceId }) => sourceId).toSorted()).toEqual(
    changing.map(({ sourceId }) => sourceId ?? '').toSorted(),
  );
  const removed = found.filter(({ first }) => first?.outcome === 'deprovisioned');
  expect(removed.map(({ sourceId, second }) => [sourceId, second])).toEqual(
    changing.filter(({ outcome }) => outcome === 'deprovisioned').map(({ sourceId }) => [sourceId, null]),
  );
  expect(removed).not.toEqual([]);
  for (const { first, second, attributes } of found.filter((one) => one.first?.outcome === 'updated')) {
    expect(first).toMatchObject({ reason: 'changed' });
    expect(second).toMatchObject({ outcome: 'skipped', reason: 'unchanged' });
    expect(attributes).toEqual(['title']);
  }

  const attributes = { ...acmeHrDefaultMapping.attributes, title: "'Colleague'" };
  await activateMapping(muster.api, tenant, integration, { attributes });
  const { id: impact } = await muster.api.must<{ id: string }>(
    'POST',
    `/v1/tenants/${tenant}/integrations/${integration}/mappings/2/impact`,
  );
  const measured = await muster.api.ended(tenant, impact);
  const whole = await differences(after.id, impact);
  expect(whole.length).toBe(measured.counts['updated']);
  expect(whole.length).toBeGreaterThan(people / 2);
  for (const { attributes: otherwise } of whole) expect(otherwise).toContain('title');
  expect(await differences(after.id, impact, 7)).toEqual(whole);

  const answer = await muster.api.call('GET', `/v1/tenants/${tenant}/syncs/${initial.id}/compare/${after.id}`);
  expect(answer.body).toMatchObject({ status: 409, code: 'snapshotsDiffer' });
});
