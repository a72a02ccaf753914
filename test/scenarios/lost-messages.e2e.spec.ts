import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MessageBus, type IntegrationId, type SyncId, type TenantId, type TopicName } from '#core';
import { TypedBus } from '#pipeline';
import { ManualClock } from '#testing';
import { marked } from '../support/canary.js';
import { interceptBus } from '../support/intercept-bus.js';
import type { SyncAnswer } from '../support/muster-api.js';
import { thirdOfAPage } from '../support/roster-source.js';
import { RunningMuster } from '../support/running-muster.js';
import { person, ScriptedSources } from '../support/scripted-source.js';

/** More than planning may stand still. */
const stallMs = 121_000;

interface Slices {
  progress: { slicesApplied: number };
}

/** Three people a page. */
const fill = (count: number) => Array.from({ length: count }, (_, number) => person(number, { pad: thirdOfAPage }));

describe('what is lost on the way', () => {
  const sources = new ScriptedSources();
  const clock = new ManualClock();
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start({ clock, connectors: [sources.connector] });
  });
  afterAll(() => muster.stop());

  it.for<TopicName>(['raw-records', 'mapped-users', 'outcomes'])(
    'pages of %s: published again, once planning has stood still',
    async (topic) => {
      const { tenant, integration, source } = await sources.company(muster.api, `once-${topic}`);
      sources.set(source, fill(12));
      const { lost, stop } = lose(topic, 2, 1);
      const id = await queue(tenant, integration);
      await expect.poll(() => planned(tenant, id)).toBe(9);
      await wake(tenant, integration, id);
      expect((await muster.api.sync(tenant, id)).state).toBe('planning');
      clock.advance(stallMs);
      await wake(tenant, integration, id);
      const sync = await muster.api.ended(tenant, id, 15_000);
      expect(sync, sync.summary).toMatchObject({ state: 'completed', counts: { created: 12, failed: 0 } });
      expect(lost()).toBe(1);
      stop();
    },
  );

  it('pages of an undo: published again, once planning has stood still', async () => {
    const { tenant, integration, source } = await sources.company(muster.api, 'undone');
    sources.set(source, fill(600));
    const sync = await muster.api.ended(tenant, await queue(tenant, integration));
    const { lost, stop } = lose('outcomes', 1, 1);
    const path = `/v1/tenants/${tenant}/syncs/${sync.id}/undo`;
    const { id } = await muster.api.must<{ id: string }>('POST', path, { mode: 'live' });
    await expect.poll(() => planned(tenant, id)).toBe(500);
    await expect.poll(lost).toBe(1);
    expect((await muster.api.sync(tenant, id)).state).toBe('planning');
    // The planner may not have looked at its progress since, and counts from then on.
    await expect
      .poll(
        () => {
          clock.advance(stallMs);
          return planned(tenant, id);
        },
        { interval: 2_000 },
      )
      .toBe(600);
    const undo = await muster.api.ended(tenant, id);
    stop();
    expect(undo.totals).toEqual([{ outcome: 'deprovisioned', reason: 'undone', state: 'applied', count: 600 }]);
  });

  it('pages lost again: failed as lost; nobody is judged missing, and the next sync clears it', async () => {
    const { tenant, integration, source } = await sources.company(muster.api, 'twice');
    sources.set(source, fill(30));
    await muster.api.ended(tenant, await queue(tenant, integration));
    sources.set(
      source,
      fill(29).map((one) => ({ ...one, title: marked('Cook') })),
    );
    const { lost, stop } = lose('mapped-users', 4, 2);
    const id = await queue(tenant, integration);
    await expect.poll(() => planned(tenant, id)).toBe(26);
    for (let stall = 0; stall < 2; stall += 1) {
      await wake(tenant, integration, id);
      clock.advance(stallMs);
      await wake(tenant, integration, id);
      await expect.poll(lost).toBe(2);
    }
    const sync = await muster.api.ended(tenant, id, 15_000);
    stop();
    expect(sync.totals).toContainEqual({ outcome: 'failed', reason: 'lost', state: null, count: 3 });
    expect(sync, sync.summary).toMatchObject({
      state: 'completed',
      counts: { updated: 26, failed: 3, deprovisioned: 0 },
    });
    expect((await muster.api.outcomes(tenant, id, '?reason=lost')).map(({ seq }) => seq)).toEqual([12, 13, 14]);
    const whole = sync.safeguards.find(({ rule }) => rule === 'whole');
    expect(whole?.message).toMatch(/3 records got lost/);

    const next = await muster.api.ended(tenant, await queue(tenant, integration));
    expect(next, next.summary).toMatchObject({
      state: 'completed',
      counts: { updated: 3, failed: 0, deprovisioned: 1 },
    });
  });

  it('pages that arrive after their sync was cancelled: nothing changes', async () => {
    const { tenant, integration, source } = await sources.company(muster.api, 'late');
    sources.set(source, fill(9));
    const bus = muster.part(TypedBus);
    let late: (() => Promise<void>) | null = null;
    const stop = interceptBus(muster.part(MessageBus), 'outcomes', (body) => {
      if (body.kind !== 'planned' || body.page !== 1 || late !== null) return true;
      late = () => bus.publish('outcomes', 'bulk', [body]);
      return false;
    });
    const id = await queue(tenant, integration);
    await expect.poll(() => planned(tenant, id)).toBe(6);
    await muster.api.must('POST', `/v1/tenants/${tenant}/syncs/${id}/cancel`);
    const cancelled = await muster.api.ended(tenant, id);
    expect(cancelled).toMatchObject({ state: 'cancelled', counts: { created: 6 } });
    stop();
    await (late as (() => Promise<void>) | null)?.();
    await sleep(200);
    const { state, totals, progress } = await muster.api.sync(tenant, id);
    expect({ state, totals, progress }).toEqual({
      state: 'cancelled',
      totals: cancelled.totals,
      progress: cancelled.progress,
    });
    expect(await muster.users(tenant)).toEqual([]);
  });

  it.for(['apply-slices', 'outcomes'] as const)('slices lost as %s: applied all the same, once', async (topic) => {
    const { tenant, integration, source } = await sources.company(muster.api, `slice-${topic}`);
    sources.set(source, fill(9));
    let lost = 0;
    const stop = interceptBus(muster.part(MessageBus), topic, (body) => {
      if (!('slice' in body) || body.slice !== 1 || lost > 0) return true;
      lost += 1;
      return false;
    });
    const id = await queue(tenant, integration);
    await expect
      .poll(
        async () => (await muster.api.must<Slices>('GET', `/v1/tenants/${tenant}/syncs/${id}`)).progress.slicesApplied,
      )
      .toBe(2);
    expect((await muster.api.sync(tenant, id)).state).toBe('applying');
    clock.advance(stallMs);
    const sync = await muster.api.ended(tenant, id, 15_000);
    stop();
    expect(lost).toBe(1);
    expect(sync, sync.summary).toMatchObject({ state: 'completed', counts: { created: 9, failed: 0 } });
    expect(sync.totals).toEqual([{ outcome: 'created', reason: 'new', state: 'applied', count: 9 }]);
    expect((await muster.users(tenant)).map(({ status }) => status)).toEqual(Array(9).fill('active'));
  });

  it('slices published before a restart in the middle of applying: applied all the same, once', async () => {
    const { tenant, integration, source } = await sources.company(muster.api, 'restarted');
    sources.set(source, fill(120));
    let out = 0;
    interceptBus(muster.part(MessageBus), 'apply-slices', () => (out += 1) % 4 === 1);
    const id = await queue(tenant, integration);
    await expect.poll(() => out, { timeout: 10_000 }).toBeGreaterThanOrEqual(32);
    await muster.restart();
    const sync = await muster.api.ended(tenant, id, 30_000);
    expect(sync, sync.summary).toMatchObject({ state: 'completed', counts: { created: 120, failed: 0 } });
    expect(sync.totals).toEqual([{ outcome: 'created', reason: 'new', state: 'applied', count: 120 }]);
    expect((await muster.users(tenant)).length).toBe(120);
  });

  /** Loses one page, some times; says how often it did. */
  function lose(topic: TopicName, page: number, times: number): { lost: () => number; stop: () => void } {
    let lost = 0;
    const stop = interceptBus(muster.part(MessageBus), topic, (body) => {
      if (lost === times || !('page' in body) || body.page !== page) return true;
      lost += 1;
      return false;
    });
    return { lost: () => lost, stop };
  }

  async function queue(tenant: string, integration: string): Promise<string> {
    const path = `/v1/tenants/${tenant}/integrations/${integration}/syncs`;
    return (await muster.api.must<{ id: string }>('POST', path, { mode: 'live' })).id;
  }

  const planned = async (tenant: string, id: string): Promise<number> =>
    ((await muster.api.sync(tenant, id)) satisfies SyncAnswer).progress.recordsPlanned;

  /** Lets the reporter look at the sync without waiting for its next round. */
  async function wake(tenant: string, integration: string, id: string): Promise<void> {
    const ids = { tenantId: tenant as TenantId, integrationId: integration as IntegrationId, syncId: id as SyncId };
    // Twice with a pause: what it read last may just be on its way.
    for (let time = 0; time < 2; time += 1) {
      await muster.part(TypedBus).publish('sync-commands', 'bulk', [{ role: 'reporter', ...ids }]);
      await sleep(100);
    }
  }
});
