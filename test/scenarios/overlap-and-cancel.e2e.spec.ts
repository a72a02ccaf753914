import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MessageBus } from '#core';
import { marked } from '../support/canary.js';
import { interceptBus } from '../support/intercept-bus.js';
import type { SyncAnswer } from '../support/muster-api.js';
import { thirdOfAPage } from '../support/roster-source.js';
import { RunningMuster } from '../support/running-muster.js';
import { person, persons, type ScriptedCompany as Company, ScriptedSources } from '../support/scripted-source.js';

/** Three people a page. */
const fill = (count: number) => Array.from({ length: count }, (_, number) => person(number, { pad: thirdOfAPage }));

describe('several syncs of one integration, and cancelling one', () => {
  const sources = new ScriptedSources();
  let muster: RunningMuster;
  const open: (() => void)[] = [];
  beforeAll(async () => {
    muster = await RunningMuster.start({ connectors: [sources.connector] });
  });
  afterEach(() => {
    for (const release of open.splice(0)) release();
  });
  afterAll(() => muster.stop());

  it('queue behind one another when live; a dry one passes them', async () => {
    const company = await found();
    sources.set(company.source, persons(6));
    const release = holdOnce('apply-slices');
    const first = await queue(company, { mode: 'live' });
    await state(company, first, 'applying');
    sources.set(company.source, persons(8));
    const second = await queue(company, { mode: 'live' });
    const third = await queue(company, { mode: 'live', person: marked('s3') });
    const dry = await muster.api.ended(company.tenant, await queue(company, { mode: 'dry' }));
    expect(dry).toMatchObject({ state: 'completed', manifest: { records: 8 } });
    await sleep(300);
    for (const id of [second, third]) {
      const waiting = await muster.api.sync(company.tenant, id);
      expect(waiting.progress.recordsPlanned, 'nothing is planned before its turn').toBe(0);
      expect(['queued', 'fetching', 'planning']).toContain(waiting.state);
    }
    release();
    expect(await ended(company, first)).toMatchObject({ state: 'completed', counts: { created: 6 } });
    const [full, one] = [await ended(company, second), await ended(company, third)];
    expect(full).toMatchObject({ state: 'completed', counts: { created: 2 } });
    expect(one).toMatchObject({ state: 'completed', counts: { skipped: 1 } });
    const [earlier, later] = [full, one].sort((a, b) => ((a.endedAt ?? '') < (b.endedAt ?? '') ? -1 : 1));
    expect((await progressOf(company, later!)).settledAt > (earlier?.endedAt ?? '')).toBe(true);
  });

  it('let a held plan wait for the live sync that is in work before it is approved', async () => {
    const company = await found();
    sources.set(company.source, persons(10));
    await ended(company, await queue(company, { mode: 'live' }));
    sources.set(company.source, persons(5));
    const held = await ended(company, await queue(company, { mode: 'live' }));
    expect(held).toMatchObject({ state: 'awaitingApproval', held: 5 });
    const release = holdOnce('apply-slices');
    sources.set(company.source, [person(0, { title: marked('Cook') })]);
    const one = await queue(company, { mode: 'live', person: marked('s0') });
    await state(company, one, 'applying');
    await muster.api.must('POST', `/v1/tenants/${company.tenant}/syncs/${held.id}/approve`, {
      all: true,
      includeHeld: true,
      planHash: held.planHash,
    });
    await sleep(300);
    expect(await muster.api.sync(company.tenant, held.id)).toMatchObject({ state: 'awaitingApproval' });
    release();
    await ended(company, one);
    await expect.poll(() => statuses(company)).toEqual({ active: 5, deactivated: 5 });
    await state(company, held.id, 'completed');
  });

  it('end as cancelled while queued behind another, and that one goes on', async () => {
    const company = await found();
    sources.set(company.source, persons(3));
    const release = holdOnce('apply-slices');
    const first = await queue(company, { mode: 'live' });
    await state(company, first, 'applying');
    const second = await queue(company, { mode: 'live' });
    await cancel(company, second);
    expect(await ended(company, second)).toMatchObject({ state: 'cancelled' });
    release();
    expect(await ended(company, first)).toMatchObject({ state: 'completed', counts: { created: 3 } });
    expect(await ended(company, await queue(company, { mode: 'live' }))).toMatchObject({ state: 'completed' });
  });

  it('end as cancelled while fetching, without a trace', async () => {
    const company = await found();
    open.push(sources.setGated(company.source, persons(3)));
    const id = await queue(company, { mode: 'live' });
    await state(company, id, 'fetching');
    await cancel(company, id);
    expect(await ended(company, id)).toMatchObject({ state: 'cancelled' });
    await expectGoodNext(company);
  });

  it.for(['mapped-users', 'outcomes'] as const)('end as cancelled while %s are on their way', async (topic) => {
    const company = await found();
    sources.set(company.source, fill(6));
    const release = holdOnce(topic);
    const id = await queue(company, { mode: 'live' });
    await state(company, id, 'planning');
    await cancel(company, id);
    expect(await ended(company, id)).toMatchObject({ state: 'cancelled' });
    release();
    await sleep(200);
    const after = await muster.api.sync(company.tenant, id);
    expect(after.totals.filter(({ state: of }) => of !== 'cancelled' && of !== null)).toEqual([]);
    expect(await statuses(company)).toEqual({});
    await expectGoodNext(company);
  });

  it('carry out the slices that are out when they are cancelled, and no more', async () => {
    const company = await found();
    sources.set(company.source, fill(210));
    let asked: Promise<unknown> | null = null;
    const stop = interceptBus(muster.part(MessageBus), 'apply-slices', async ({ syncId }) => {
      asked ??= muster.api.must('POST', `/v1/tenants/${company.tenant}/syncs/${syncId}/cancel`);
      await asked;
      return true;
    });
    const sync = await ended(company, await queue(company, { mode: 'live' }));
    stop();
    expect(sync, sync.summary).toMatchObject({ state: 'cancelled', counts: { created: 210 } });
    const byState = Object.fromEntries(sync.totals.map((total) => [total.state, total.count]));
    const { active = 0 } = await statuses(company);
    expect(active % 3).toBe(0);
    expect(active).toBeGreaterThan(0);
    expect(active).toBeLessThan(210);
    expect(byState).toEqual({ applied: active, cancelled: 210 - active });
    const next = await ended(company, await queue(company, { mode: 'live' }));
    expect(next, next.summary).toMatchObject({
      state: 'completed',
      counts: { created: 210 - active, skipped: active, failed: 0 },
    });
  });

  it('cannot be cancelled when they have ended', async () => {
    const company = await found();
    sources.set(company.source, persons(2));
    const sync = await ended(company, await queue(company, { mode: 'live' }));
    const answer = await muster.api.call('POST', `/v1/tenants/${company.tenant}/syncs/${sync.id}/cancel`);
    expect(answer.status).toBe(409);
    expect(await muster.api.sync(company.tenant, sync.id)).toMatchObject({ state: 'completed' });
  });

  async function found(): Promise<Company> {
    return sources.anotherCompany(muster.api);
  }

  async function queue({ tenant, integration }: Company, body: object): Promise<string> {
    const path = `/v1/tenants/${tenant}/integrations/${integration}/syncs`;
    return (await muster.api.must<{ id: string }>('POST', path, body)).id;
  }

  const ended = ({ tenant }: Company, id: string): Promise<SyncAnswer> => muster.api.ended(tenant, id, 30_000);

  const cancel = ({ tenant }: Company, id: string) =>
    muster.api.must('POST', `/v1/tenants/${tenant}/syncs/${id}/cancel`);

  const state = ({ tenant }: Company, id: string, wanted: string) =>
    expect.poll(async () => (await muster.api.sync(tenant, id)).state, { timeout: 10_000 }).toBe(wanted);

  const progressOf = ({ tenant }: Company, { id }: SyncAnswer): Promise<{ settledAt: string }> =>
    muster.api.must('GET', `/v1/tenants/${tenant}/syncs/${id}`);

  async function statuses({ tenant }: Company): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { status } of await muster.users(tenant)) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }

  async function expectGoodNext(company: Company): Promise<void> {
    sources.set(company.source, persons(3));
    const next = await ended(company, await queue(company, { mode: 'live' }));
    expect(next, next.summary).toMatchObject({ state: 'completed', counts: { created: 3, failed: 0 } });
  }

  /** Keeps the next messages of a topic back until the answer is called. */
  function holdOnce(topic: 'mapped-users' | 'outcomes' | 'apply-slices'): () => void {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const stop = interceptBus(muster.part(MessageBus), topic, async () => {
      await promise;
      return true;
    });
    const release = () => {
      resolve(undefined);
      stop();
    };
    open.push(release);
    return release;
  }
});
