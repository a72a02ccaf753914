import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activateMapping } from '../support/acme-tenant.js';
import { marked } from '../support/canary.js';
import type { SyncAnswer } from '../support/muster-api.js';
import { RunningMuster } from '../support/running-muster.js';
import { person, persons, type ScriptedCompany as Company, ScriptedSources } from '../support/scripted-source.js';

const badDate = '31/12/2020';
const attributes = { fullName: 'name', email: 'mail', employeeId: 'num', title: 'title' };
const chef = { title: marked('Chef') };

describe('the failed records of a sync, run again when some of them have been read since', () => {
  const sources = new ScriptedSources();
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start({ connectors: [sources.connector] });
  });
  afterAll(() => muster.stop());

  it('somebody fetched alone since keeps what that has brought', async () => {
    const { company, first } = await withFailure();
    sources.set(company.source, [person(3, chef)]);
    await run(company, { mode: 'live', person: marked('s3') });
    await run(company, { mode: 'live', only: 'failed', replayOfSyncId: first.id });
    expect(await chefs(company)).toBe(1);
  });

  it('somebody shown by a live delta since keeps what that has brought', async () => {
    const { company, first } = await withFailure();
    sources.set(company.source, [person(3, chef)], { extent: 'delta' });
    expect(await run(company, { mode: 'live' })).toMatchObject({ counts: { created: 1 } });
    await run(company, { mode: 'live', only: 'failed', replayOfSyncId: first.id });
    expect(await chefs(company)).toBe(1);
  });

  it('somebody shown by a truncated live sync since keeps what that has brought', async () => {
    const { company, first } = await withFailure();
    sources.set(company.source, [person(3, chef)], { isWhole: false });
    expect(await run(company, { mode: 'live' })).toMatchObject({ state: 'incomplete', counts: { created: 1 } });
    await run(company, { mode: 'live', only: 'failed', replayOfSyncId: first.id });
    expect(await chefs(company)).toBe(1);
  });

  it('the failed of a replay are as old as the snapshot that it read', async () => {
    const { company, first } = await withFailure();
    sources.set(company.source, [person(3, chef)]);
    await run(company, { mode: 'live', person: marked('s3') });
    const replay = await run(company, { mode: 'dry', replayOfSyncId: first.id, mappingVersion: 1 });
    expect(replay).toMatchObject({ counts: { failed: 1 } });
    await run(company, { mode: 'live', only: 'failed', replayOfSyncId: replay.id });
    expect(await chefs(company)).toBe(1);
  });

  it.each([
    ['a dry run of them', { only: 'failed' }],
    ['a dry replay of everybody', {}],
  ])('%s cannot be approved behind a newer whole sync', async (_what, part) => {
    const { company, first } = await withFailure();
    sources.set(company.source, [...persons(3), person(3, chef)]);
    const whole = await run(company, { mode: 'live' });
    const dry = await run(company, { mode: 'dry', replayOfSyncId: first.id, ...part });
    await expect
      .poll(async () => (await muster.api.sync(company.tenant, dry.id)) as { supersededBy?: string | null })
      .toMatchObject({ supersededBy: whole.id });
    const path = `/v1/tenants/${company.tenant}/syncs/${dry.id}/approve`;
    const body = { all: true, planHash: dry.planHash, comment: 'Right.' };
    expect(await muster.api.call('POST', path, body)).toMatchObject({ status: 409, body: { code: 'superseded' } });
    expect(await chefs(company)).toBe(1);
  });

  it('runs somebody again whose own fetch was cancelled: it has brought nothing newer', async () => {
    const { company, first } = await withFailure();
    const release = sources.setGated(company.source, [person(3, chef)]);
    const queued = await muster.api.must<SyncAnswer>(
      'POST',
      `/v1/tenants/${company.tenant}/integrations/${company.integration}/syncs`,
      { mode: 'live', person: marked('s3') },
    );
    await muster.api.call('POST', `/v1/tenants/${company.tenant}/syncs/${queued.id}/cancel`);
    await expect.poll(async () => (await muster.api.sync(company.tenant, queued.id)).state).toBe('cancelled');
    release();
    const again = await run(company, { mode: 'live', only: 'failed', replayOfSyncId: first.id });
    expect(again).toMatchObject({ counts: { created: 1 } });
  });

  async function withFailure(): Promise<{ company: Company; first: SyncAnswer }> {
    const company = await sources.anotherCompany(muster.api, {
      mapping: { attributes: { ...attributes, hireDate: 'hired' } },
      safeguards: { failures: 1 },
    });
    sources.set(company.source, [...persons(3), { ...person(3), hired: badDate }]);
    const first = await run(company, { mode: 'live' });
    expect(first).toMatchObject({ counts: { created: 3, failed: 1 } });
    await activateMapping(muster.api, company.tenant, company.integration, { attributes });
    return { company, first };
  }

  async function run({ tenant, integration }: Company, body: object): Promise<SyncAnswer> {
    return muster.api.runSync(tenant, integration, body);
  }

  async function chefs({ tenant }: Company): Promise<number> {
    return (await muster.users(tenant)).filter(({ attributes: of }) => of['title'] === chef.title).length;
  }
});
