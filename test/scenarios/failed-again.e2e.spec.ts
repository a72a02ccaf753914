import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activateMapping } from '../support/acme-tenant.js';
import { marked } from '../support/canary.js';
import { expectEveryRecordOnce } from '../support/every-record-once.js';
import type { OutcomeAnswer, SyncAnswer, SyncRequest } from '../support/muster-api.js';
import { RunningMuster } from '../support/running-muster.js';
import { person, persons, type ScriptedCompany as Company, ScriptedSources } from '../support/scripted-source.js';

const badDate = '31/12/2020';
const attributes = { fullName: 'name', email: 'mail', employeeId: 'num', title: 'title' };

describe('the failed records of a sync, run again', () => {
  const sources = new ScriptedSources();
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start({ connectors: [sources.connector] });
  });
  afterAll(() => muster.stop());

  it('brings in those whom the mapping had failed, from what was stored, and touches nobody else', async () => {
    const company = await withFailures([2, 5]);
    const first = await run(company, { mode: 'live' });
    expect(first).toMatchObject({ state: 'completed', counts: { created: 6, failed: 2 }, failedOfSyncId: null });
    const before = await muster.users(company.tenant);
    // Whatever the source has become meanwhile: it is not asked.
    sources.set(company.source, [], { isWhole: false });

    const asBefore = await run(company, { mode: 'dry', only: 'failed' });
    expect(asBefore).toMatchObject({ state: 'completed', counts: { failed: 2 }, failedOfSyncId: first.id });
    await mend(company);
    const dry = await run(company, { mode: 'dry', only: 'failed', replayOfSyncId: first.id });
    expect(dry).toMatchObject({
      state: 'completed',
      trigger: 'replay',
      replayOfSyncId: null,
      failedOfSyncId: first.id,
      counts: { created: 2 },
      manifest: { records: 2, extent: 'delta', wholeness: 'complete', fetch: { requests: 0 } },
    });
    expect(dry.summary).toContain(`the records that failed in sync ${first.id}`);
    expect(await sourceIds(company, dry)).toEqual([marked('s2'), marked('s5')]);
    const [created] = await expectEveryRecordOnce(muster.api, company.tenant, dry.id);
    const explained = await muster.api.must<{ record: { document: unknown } }>(
      'GET',
      `/v1/tenants/${company.tenant}/outcomes/${created?.id ?? ''}/explanation`,
    );
    expect(explained.record.document).toMatchObject({ id: created?.sourceId, hired: badDate });
    expect(await muster.users(company.tenant)).toEqual(before);

    const live = await run(company, { mode: 'live', only: 'failed', replayOfSyncId: first.id });
    expect(live).toMatchObject({ state: 'completed', counts: { created: 2 }, held: 0, notSeen: 0 });
    const after = await muster.users(company.tenant);
    expect(after).toHaveLength(8);
    expect(after.filter(({ id }) => before.some((one) => one.id === id))).toEqual(before);

    const none = await queue(company, { only: 'failed' });
    expect(none).toMatchObject({ status: 409, body: { code: 'nothingFailed' } });
    sources.set(company.source, eight([2, 5]));
    expect(await run(company, { mode: 'live' })).toMatchObject({ state: 'completed', counts: { skipped: 8 } });
  });

  it('approves a dry run of them as any other', async () => {
    const company = await withFailures([0]);
    const first = await run(company, { mode: 'live' });
    await mend(company);
    const dry = await run(company, { mode: 'dry', only: 'failed' });
    const path = `/v1/tenants/${company.tenant}/syncs/${dry.id}/approve`;
    const body = { all: true, planHash: dry.planHash, comment: 'Right.' };
    expect(await muster.api.call('POST', path, body)).toMatchObject({ status: 202 });
    await expect.poll(async () => (await muster.users(company.tenant)).length).toBe(8);
    expect(await muster.api.ended(company.tenant, dry.id)).toMatchObject({ failedOfSyncId: first.id, mode: 'live' });
  });

  it('leaves those alone whom a later sync has fetched alone, and refuses to go live behind a whole one', async () => {
    const company = await withFailures([1, 3, 4]);
    const first = await run(company, { mode: 'live' });
    await mend(company);
    sources.set(company.source, [...persons(3), person(3, { title: marked('Chef') }), ...persons(8).slice(4)]);
    expect(await run(company, { mode: 'live', person: marked('s3') })).toMatchObject({ counts: { created: 1 } });
    const again = await run(company, { mode: 'live', only: 'failed', replayOfSyncId: first.id });
    expect(again).toMatchObject({ state: 'completed', counts: { created: 2, updated: 1 }, manifest: { records: 3 } });
    const outcomes = await muster.api.outcomes(company.tenant, again.id);
    expect(outcomes.map(({ sourceId, state }) => [sourceId, state])).toEqual([
      [marked('s1'), 'applied'],
      [marked('s3'), 'superseded'],
      [marked('s4'), 'applied'],
    ]);
    const chefs = (await muster.users(company.tenant)).filter(({ attributes: of }) => of['title'] === marked('Chef'));
    expect(chefs).toHaveLength(1);

    await run(company, { mode: 'live' });
    const late = { mode: 'live', only: 'failed', replayOfSyncId: first.id } as const;
    expect(await queue(company, late)).toMatchObject({ status: 409, body: { code: 'notNewestSnapshot' } });
    const lateDry = await run(company, { ...late, mode: 'dry' });
    expect(lateDry).toMatchObject({ state: 'completed', counts: { skipped: 2, updated: 1 } });
  });

  it('says what stands in the way', async () => {
    const company = await withFailures([]);
    expect(await queue(company, { only: 'failed' })).toMatchObject({ status: 409, body: { code: 'nothingFailed' } });
    const first = await run(company, { mode: 'live' });
    const refused = await queue(company, { only: 'failed', replayOfSyncId: first.id });
    expect(refused).toMatchObject({ status: 409, body: { code: 'nothingFailed' } });
    const both = { only: 'failed', person: marked('s1') } as const;
    expect(await queue(company, both)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/person' }] } });
    const unknown = { only: 'failed', replayOfSyncId: 'syn_0000000000000000' } as const;
    const problem = { status: 422, body: { errors: [{ pointer: '/replayOfSyncId' }] } };
    expect(await queue(company, unknown)).toMatchObject(problem);
  });

  /** Eight people, some with a date that the mapping cannot take. */
  function eight(failing: readonly number[]) {
    return persons(8).map((one, number) => (failing.includes(number) ? { ...one, hired: badDate } : one));
  }

  async function withFailures(failing: readonly number[]): Promise<Company> {
    const company = await sources.anotherCompany(muster.api, {
      mapping: { attributes: { ...attributes, hireDate: 'hired' } },
      safeguards: { failures: 1 },
    });
    sources.set(company.source, eight(failing));
    return company;
  }

  async function mend({ tenant, integration }: Company): Promise<void> {
    await activateMapping(muster.api, tenant, integration, { attributes });
  }

  async function run({ tenant, integration }: Company, body: SyncRequest): Promise<SyncAnswer> {
    return muster.api.runSync(tenant, integration, body);
  }

  async function queue({ tenant, integration }: Company, body: SyncRequest) {
    return muster.api.call('POST', `/v1/tenants/${tenant}/integrations/${integration}/syncs`, body);
  }

  async function sourceIds({ tenant }: Company, { id }: SyncAnswer): Promise<(string | null)[]> {
    const outcomes: OutcomeAnswer[] = await muster.api.outcomes(tenant, id);
    return outcomes.map(({ sourceId }) => sourceId);
  }
});
