import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FoundPeople } from '#api-client';
import { scim } from '../../connectors/scim/src/index.js';
import { marked } from '../support/canary.js';
import { RunningMuster } from '../support/running-muster.js';
import { ScimClient } from '../support/scim-client.js';
import { person, persons, type ScriptedCompany as Company, ScriptedSources } from '../support/scripted-source.js';

const failing = person(3, { mail: marked('no address') });

describe('somebody whom a sync stopped is found', () => {
  const sources = new ScriptedSources();
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start({ connectors: [sources.connector, scim] });
  });
  afterAll(() => muster.stop());

  it('after syncs of other people, and of the failed ones alone', async () => {
    const company = await withFailure();
    for (const one of ['s0', 's1', 's2']) await run(company, { mode: 'live', person: marked(one) });
    await run(company, { mode: 'dry', only: 'failed' });
    const found = await find(company.tenant, 'person 3');
    expect(found.items).toMatchObject([{ sourceId: marked('s3'), user: null, outcome: { outcome: 'failed' } }]);
    expect(found).toMatchObject({ isPartial: false, lookedBack: [{ syncs: 5, isPartial: false }] });
    expect(found.searched).toHaveLength(5);
  });

  it('after an undo, with the newest word on them', async () => {
    const company = await withFailure();
    const { id } = await run(company, { mode: 'live', person: marked('s0') });
    sources.set(company.source, [person(0, { title: marked('Chef') })], { extent: 'delta' });
    const changed = await run(company, { mode: 'live' });
    const path = `/v1/tenants/${company.tenant}/syncs/${changed.id}/undo`;
    const undo = await muster.api.must<{ id: string }>('POST', path, {});
    await muster.api.ended(company.tenant, undo.id);
    const found = await find(company.tenant, marked('s3'));
    expect(found.items).toMatchObject([{ outcome: { reason: 'typeMismatch' } }]);
    expect(found.searched.map(({ syncId }) => syncId)).toEqual([undo.id, changed.id, id, expect.any(String)]);

    sources.set(company.source, [person(3, { mail: '' })]);
    const { id: newer } = await run(company, { mode: 'live', person: marked('s3') });
    expect((await find(company.tenant, marked('s3'))).items).toMatchObject([
      { outcome: { syncId: newer, reason: 'requiredAttributeMissing' } },
    ]);
    sources.set(company.source, [person(3, { name: marked('Bo') })]);
    await run(company, { mode: 'live', person: marked('s3') });
    for (const q of ['person 3', marked('s3'), 'bo-']) {
      const { items } = await find(company.tenant, q);
      expect(items, q).toMatchObject([{ name: marked('Bo'), user: { status: 'active' } }]);
    }
  });

  it('when they have left the source, until it has been read twice without them', async () => {
    const company = await withFailure();
    sources.set(company.source, persons(3));
    await run(company, { mode: 'dry' });
    for (const one of ['s0', 's1', 's2']) await run(company, { mode: 'live', person: marked(one) });
    expect((await find(company.tenant, 'person 3')).items).toMatchObject([{ sourceId: marked('s3'), user: null }]);
    await run(company, { mode: 'live' });
    expect(await find(company.tenant, 'person 3')).toMatchObject({ items: [], isPartial: false });
  });

  it('after pushes of other people', async () => {
    const client = await ScimClient.ofNewIntegration(muster.api);
    const newest = async () => {
      const path = `/v1/tenants/${client.tenant}/syncs?trigger=push`;
      const { items } = await muster.api.must<{ items: { id: string; endedAt: string | null }[] }>('GET', path);
      const [push = null] = items;
      return push === null || push.endedAt === null ? null : push.id;
    };
    const push = async (body: object) => {
      const before = await newest();
      await client.must('POST', '/Users', 201, body);
      await expect
        .poll(newest, { timeout: 60_000, interval: 50 })
        .toSatisfy((id: string | null) => id !== null && id !== before);
    };
    await push({ userName: marked('eve'), displayName: marked('Eve Adams'), active: true });
    for (const name of ['ana', 'bo', 'cy']) {
      const mail = marked(`${name}@x.y`);
      await push({ userName: mail, displayName: marked(name), emails: [{ value: mail, primary: true }], active: true });
    }
    const found = await find(client.tenant, 'eve ad');
    expect(found.items).toMatchObject([{ user: null, outcome: { reason: 'requiredAttributeMissing' } }]);
    expect(found).toMatchObject({ isPartial: false, lookedBack: [{ syncs: 4 }] });
  });

  /** Of four people in a full live sync, the last failed. */
  async function withFailure(): Promise<Company> {
    const company = await sources.anotherCompany(muster.api);
    sources.set(company.source, [...persons(3), failing]);
    expect(await run(company, { mode: 'live' })).toMatchObject({ counts: { created: 3, failed: 1 } });
    return company;
  }

  const run = ({ tenant, integration }: Company, body: Parameters<typeof muster.api.runSync>[2]) =>
    muster.api.runSync(tenant, integration, body);

  const find = (tenant: string, q: string) =>
    muster.api.must<FoundPeople>('GET', `/v1/tenants/${tenant}/people?q=${encodeURIComponent(q)}`);
});
