import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  freshScheduleState,
  newId,
  type Integration,
  type IntegrationId,
  type ScheduleState,
  type ScheduleStore,
  type SettingsStore,
  type Sync,
  type SyncId,
  type SyncState,
  type SyncStore,
} from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';
import { buildIntegration } from './schedule-builders.js';
import { buildSync } from './sync-builders.js';

interface Stores {
  schedules: ScheduleStore;
  settings: SettingsStore;
  syncs: SyncStore;
}

const one = '2026-03-01T00:00:00.000Z';
const two = '2026-03-02T00:00:00.000Z';
const three = '2026-03-03T00:00:00.000Z';
const tenantId = newId('tenant');

/** What every schedule store keeps. Schedules are set in the settings store beside it, syncs end in the sync store. */
export function describeScheduleStoreContract(name: string, factory: ContractFactory<Stores>): void {
  describe(`${name}: schedule store contract`, () => {
    let subject: ContractSubject<Stores>;
    let schedules: ScheduleStore;
    let settings: SettingsStore;
    let syncs: SyncStore;

    beforeEach(async () => {
      subject = await factory();
      ({ schedules, settings, syncs } = subject.port);
    });
    afterEach(() => subject.dispose());

    async function create(nextRunAt: string | null, parts: Partial<Integration> = {}): Promise<Integration> {
      const integration = buildIntegration({ tenantId, schedule: { mode: 'live', every: 24 }, ...parts });
      await settings.createIntegration(integration, 'sealed', nextRunAt);
      return integration;
    }
    const stateOf = async ({ tenantId: tenant, id }: Integration): Promise<ScheduleState> =>
      (await schedules.states(tenant, [id])).get(id)!;
    async function move(
      { tenantId: tenant, id }: Integration,
      version: number,
      changes: Partial<ScheduleState>,
      sync: Omit<Sync, 'generation'> | null = null,
    ): Promise<boolean> {
      const { version: _version, ...to } = { ...freshScheduleState(0, two), ...changes };
      return schedules.move(tenant, id, version, to, sync);
    }
    const dueIds = async (at: string, limit = 10) =>
      (await schedules.due(at, limit)).map(({ integration }) => integration.id);
    async function queue(integration: Integration, parts: Partial<Sync> = {}): Promise<SyncId> {
      const sync = buildSync(integration.tenantId, integration.id, parts);
      await syncs.queue(sync);
      return sync.id;
    }
    async function end(id: SyncId, state: SyncState, failure: Sync['failure'] = null): Promise<void> {
      const { state: from } = (await syncs.sync(tenantId, id))!;
      await syncs.move(tenantId, id, from, state, { endedAt: two, failure });
    }

    it('starts a state with the integration, and knows none of another tenant', async () => {
      const daily = await create(two);
      const never = await create(null, { schedule: null });
      const ids = [daily.id, never.id, newId('integration')];
      expect(await schedules.states(tenantId, ids)).toEqual(
        new Map([
          [daily.id, freshScheduleState(0, two)],
          [never.id, freshScheduleState(0, null)],
        ]),
      );
      expect(await schedules.states(newId('tenant'), ids)).toEqual(new Map());
      expect(await schedules.states(tenantId, [])).toEqual(new Map());
    });

    it('gives the schedule back with the settings, and null where none was set', async () => {
      const cron = await create(two, { schedule: { mode: 'dry', cron: '30 6 * * 1', timeZone: 'Asia/Kolkata' } });
      const never = await create(null, { schedule: null });
      expect(await settings.integration(tenantId, cron.id)).toEqual(cron);
      expect((await settings.integration(tenantId, never.id))?.schedule).toBeNull();
      expect(await settings.integrations(tenantId, { after: null, limit: 10 })).toEqual(
        [cron, never].sort((a, b) => (a.id < b.id ? -1 : 1)),
      );
    });

    it('gives what is due at an instant, of all tenants, longest due first, as many as are wanted', async () => {
      const later = await create(two);
      const sooner = await create(one, { tenantId: newId('tenant') });
      await create(three);
      await create(null);
      expect(await dueIds('2026-02-28T23:59:59.999Z')).toEqual([]);
      expect(await dueIds(one)).toEqual([sooner.id]);
      expect(await dueIds(two)).toEqual([sooner.id, later.id]);
      expect(await dueIds(two, 1)).toEqual([sooner.id]);
      expect(await schedules.due(one, 10)).toEqual([
        { integration: sooner, state: freshScheduleState(0, one), predecessor: null },
      ]);
    });

    it('moves a state on and queues the sync in the same step', async () => {
      const integration = await create(one);
      await queue(integration);
      const sync = buildSync(tenantId, integration.id, { trigger: 'schedule' });
      const to = { nextRunAt: two, lastRun: { at: one, syncId: sync.id }, awaiting: sync.id, consecutiveFailures: 2 };
      expect(await move(integration, 0, to, sync)).toBe(true);
      expect(await stateOf(integration)).toEqual({ ...freshScheduleState(1, two), ...to });
      expect(await syncs.sync(tenantId, sync.id)).toEqual({ ...sync, generation: 2 });
      expect(await dueIds(one)).toEqual([]);
      const again = await subject.reopen();
      expect(await again.schedules.states(tenantId, [integration.id])).toEqual(
        new Map([[integration.id, { ...freshScheduleState(1, two), ...to }]]),
      );
      expect((await again.syncs.sync(tenantId, sync.id))?.generation).toBe(2);
    });

    it('queues nothing for whoever has seen another state', async () => {
      const integration = await create(one);
      expect(await move(integration, 0, { nextRunAt: two })).toBe(true);
      const sync = buildSync(tenantId, integration.id);
      for (const version of [0, 2]) expect(await move(integration, version, { nextRunAt: three }, sync)).toBe(false);
      expect(await move({ ...integration, tenantId: newId('tenant') }, 1, {}, sync)).toBe(false);
      expect(await syncs.sync(tenantId, sync.id)).toBeNull();
      expect(await stateOf(integration)).toEqual(freshScheduleState(1, two));
      expect(await syncs.queue(buildSync(tenantId, integration.id)), 'no generation was used up').toBe(1);
    });

    it('moves nothing when the sync cannot be queued', async () => {
      const integration = await create(one);
      const sync = buildSync(tenantId, integration.id);
      await syncs.queue(sync);
      await expect(move(integration, 0, { nextRunAt: two }, sync)).rejects.toThrow();
      expect(await stateOf(integration)).toEqual(freshScheduleState(0, one));
      expect(await syncs.queue(buildSync(tenantId, integration.id)), 'no generation was used up').toBe(2);
    });

    it('lets one of many who move it at once do so', async () => {
      const integration = await create(one);
      const moves = Array.from({ length: 6 }, async () =>
        move(integration, 0, { nextRunAt: two }, buildSync(tenantId, integration.id)),
      );
      expect((await Promise.all(moves)).filter((done) => done)).toHaveLength(1);
      expect(await syncs.syncs(tenantId, {}, null, 10)).toHaveLength(1);
    });

    it('leaves a state as it stands when other settings change', async () => {
      const integration = await create(one);
      await move(integration, 0, { nextRunAt: two, consecutiveFailures: 3, isRetry: true });
      const before = await stateOf(integration);
      expect(await settings.updateIntegration({ ...integration, name: 'New' }, null)).toBe('updated');
      await settings.makeLive(tenantId, integration.id);
      expect(await stateOf(integration)).toEqual(before);
    });

    it('starts a state anew with a schedule, so that a scheduler who has seen the old one moves nothing', async () => {
      const integration = await create(one);
      const sync = await queue(integration, { trigger: 'schedule' });
      const refused = { at: one, reason: 'predecessorOpen', syncId: sync } as const;
      await move(integration, 0, { awaiting: sync, consecutiveFailures: 3, lastRefused: refused });
      expect(await settings.updateIntegration(integration, { from: 'sealed', to: 'new' }, three)).toBe('updated');
      expect(await stateOf(integration)).toEqual(freshScheduleState(2, three));
      expect(await move(integration, 1, { nextRunAt: two })).toBe(false);
      await end(sync, 'completed');
      expect(await schedules.ended(10)).toEqual([]);
      await settings.updateIntegration({ ...integration, revision: 2 }, null, null);
      expect(await stateOf(integration)).toEqual(freshScheduleState(3, null));
      expect(await dueIds(three)).toEqual([]);
    });

    it('leaves a state alone when the settings were changed by somebody else meanwhile', async () => {
      const integration = await create(one);
      expect(await settings.updateIntegration({ ...integration, revision: 7 }, null, three)).toBe('stale');
      expect(await stateOf(integration)).toEqual(freshScheduleState(0, one));
    });

    it('names the oldest open sync that is live or scheduled as being in the way', async () => {
      const integration = await create(one);
      const inTheWay = async () => (await schedules.due(one, 10))[0]?.predecessor;
      const elsewhere: IntegrationId = newId('integration');
      await queue({ ...integration, id: elsewhere });
      await queue({ ...integration, tenantId: newId('tenant') });
      await queue(integration, { mode: 'dry' });
      await queue(integration, { trigger: 'edit', edit: { kind: 'deprovision', userId: newId('user') } });
      await queue(integration, { trigger: 'push' });
      expect(await inTheWay()).toBeNull();
      const scheduled = await queue(integration, { mode: 'dry', trigger: 'schedule' });
      const live = await queue(integration);
      expect(await inTheWay()).toBe(scheduled);
      await end(scheduled, 'failed');
      expect(await inTheWay()).toBe(live);
      await end(live, 'awaitingApproval');
      expect(await inTheWay()).toBeNull();
    });

    it('has a plan in the way that a person has approved and that is not carried out yet', async () => {
      const integration = await create(one);
      const plan = await queue(integration, { mode: 'dry' });
      await end(plan, 'completed');
      const selection = { all: true, seqs: [], filter: null, includeHeld: false };
      const word = { verdict: 'approve', selection, planHash: 'p', by: 'key_1', comment: '', at: two } as const;
      await syncs.addApproval(tenantId, plan, word);
      expect((await schedules.due(one, 10))[0]?.predecessor).toBe(plan);
    });

    it('gives runs whose sync has ended until they are awaited no more', async () => {
      const integration = await create(one);
      const running = await create(one, { tenantId: newId('tenant') });
      const failed = await queue(integration, { trigger: 'schedule' });
      await move(integration, 0, { awaiting: failed });
      await move(running, 0, { awaiting: await queue(running, { trigger: 'schedule' }) });
      expect(await schedules.ended(10)).toEqual([]);
      const failure = { code: 'sourceUnavailable', message: 'It does not answer.', recovery: 'retriable' } as const;
      await end(failed, 'failed', failure);
      const [ended, ...others] = await schedules.ended(10);
      expect(others).toEqual([]);
      expect(ended).toEqual({
        integration,
        state: { ...freshScheduleState(1, two), awaiting: failed },
        sync: await syncs.sync(tenantId, failed),
      });
      expect(ended?.sync).toMatchObject({ state: 'failed', failure, endedAt: two });
      await move(integration, 1, { consecutiveFailures: 1 });
      expect(await schedules.ended(10)).toEqual([]);
    });
  });
}
