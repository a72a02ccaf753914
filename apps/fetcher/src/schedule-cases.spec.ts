import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConnectorDefinition } from '#connector-sdk';
import type { Integration, SyncFailure, SyncId } from '#core';
import { range, scripted } from './running-fetcher.spec.js';
import { type Engine, SeveralFetchers } from './several-fetchers.spec.js';

const halfHourMs = 30 * 60 * 1000;
const emptySource = scripted(async function* () {
  yield* [];
  return { extent: 'full', lastPageSeen: true };
});
const away: SyncFailure = { code: 'sourceUnavailable', message: 'It is away.', recovery: 'retriable' };

/** What schedules do, whichever engine keeps them: three fetchers live, and the clock is moved by hand. */
export function describeSchedules(name: string, makeEngine: () => Promise<Engine>): void {
  describe(`${name}: schedules with three fetchers alive`, () => {
    let several: SeveralFetchers;

    beforeEach(async () => {
      await set('2026-03-27T12:10:00.000Z');
    });
    afterEach(() => several.dispose());

    async function set(start: string, connector: ConnectorDefinition = emptySource): Promise<void> {
      several = await SeveralFetchers.over(await makeEngine(), connector, start);
    }
    async function begin(start: string, connector?: ConnectorDefinition): Promise<void> {
      await several.dispose();
      await set(start, connector);
    }
    const daily = async (parts: Partial<Integration> = {}) =>
      several.integrate({ schedule: { mode: 'live', every: 24 }, ...parts });

    it('run every integration at each of its times once, over days with a change of clocks and restarts', async () => {
      const every = {
        24: await several.integrate({ schedule: { mode: 'live', every: 24 } }),
        6: await several.integrate({ schedule: { mode: 'dry', every: 6 } }),
        3: await several.integrate({ schedule: { mode: 'live', every: 3 } }),
      };
      const cron = async (expression: string, timeZone: string) =>
        several.integrate({ schedule: { mode: 'live', cron: expression, timeZone } });
      const berlin = await cron('0 7 * * *', 'Europe/Berlin');
      const inTheGap = await cron('30 2 * * *', 'Europe/Berlin');
      const halfHourly = await cron('*/30 1-3 * * SUN', 'Europe/Berlin');
      const kolkata = await cron('30 6,18 * * MON-FRI', 'Asia/Kolkata');
      const never = await several.integrate({});
      const disabled = await daily({ enabled: false });
      await several.startThree();

      const until = Date.parse('2026-03-30T13:30:00.000Z');
      for (let ms = Date.parse('2026-03-27T12:30:00.000Z'); ms <= until; ms += halfHourMs) {
        const instant = new Date(ms).toISOString();
        if (instant.includes('T00:00')) await several.restart();
        await several.at(instant);
        await several.endAll();
      }

      const grid = (hours: number): string[] => {
        const times: string[] = [];
        for (let ms = Date.parse('2026-03-27T12:30:00.000Z'); ms <= until; ms += halfHourMs) {
          if (ms % (hours * 2 * halfHourMs) === 0) times.push(new Date(ms).toISOString().slice(0, 16));
        }
        return times;
      };
      expect(await several.times(every[24])).toEqual(grid(24));
      expect(await several.times(every[6])).toEqual(grid(6));
      expect(await several.times(every[3])).toEqual(grid(3));
      expect(await several.times(berlin)).toEqual(['2026-03-28T06:00', '2026-03-29T05:00', '2026-03-30T05:00']);
      expect(await several.times(inTheGap)).toEqual(['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30']);
      expect(await several.times(halfHourly)).toEqual([
        '2026-03-29T00:00',
        '2026-03-29T00:30',
        '2026-03-29T01:00',
        '2026-03-29T01:30',
      ]);
      expect(await several.times(kolkata)).toEqual(['2026-03-27T13:00', '2026-03-30T01:00', '2026-03-30T13:00']);
      expect(await several.times(never)).toEqual([]);
      expect(await several.times(disabled)).toEqual([]);
      expect((await several.runs(every[24])).every(({ mode }) => mode === 'live')).toBe(true);
      expect((await several.runs(every[6])).every(({ mode }) => mode === 'dry')).toBe(true);
      expect(await several.state(berlin)).toMatchObject({ nextRunAt: '2026-03-31T05:00:00.000Z', lastRefused: null });
    }, 120_000);

    it('freeze everything that decides a run when it is queued', async () => {
      const integration = await daily();
      await several.startThree();
      await several.at('2026-03-28T23:30:00.000Z');
      expect(await several.runs(integration)).toMatchObject([
        {
          trigger: 'schedule',
          requestedBy: 'muster',
          now: '2026-03-28T23:30:00.000Z',
          today: '2026-03-29',
          frozen: { mapping: { version: 1 }, timeZone: 'Europe/Berlin', sourceIdExpression: 'id', settingsRevision: 1 },
        },
      ]);
    });

    it('take a new schedule without a restart', async () => {
      const integration = await daily();
      await several.startThree();
      await several.change(integration, { schedule: { mode: 'live', every: 3 } });
      await several.at('2026-03-27T15:00:00.000Z');
      await several.endAll();
      await several.change(integration, { schedule: { mode: 'live', cron: '20 17 * * *', timeZone: 'Europe/Berlin' } });
      await several.at('2026-03-27T16:19:59.000Z');
      expect(await several.times(integration)).toEqual(['2026-03-27T15:00']);
      await several.at('2026-03-27T16:20:00.000Z');
      await several.endAll();
      await several.change(integration, { schedule: null });
      await several.at('2026-03-29T00:00:00.000Z');
      expect(await several.times(integration)).toEqual(['2026-03-27T15:00', '2026-03-27T16:20']);
    });

    it('find what is due by themselves within seconds', async () => {
      const integration = await daily();
      await several.startThree();
      several.clock.set('2026-03-28T00:00:00.000Z');
      await vi.waitFor(async () => expect(await several.runs(integration)).toHaveLength(1), { timeout: 15_000 });
    });

    it('leave a disabled integration alone, and begin anew when it is enabled', async () => {
      const integration = await daily();
      await several.startThree();
      await several.change(integration, { enabled: false });
      await several.at('2026-03-29T11:00:00.000Z');
      await several.change(integration, { enabled: true });
      await several.at('2026-03-29T23:59:59.000Z');
      expect(await several.times(integration)).toEqual([]);
      await several.at('2026-03-30T00:00:00.000Z');
      expect(await several.times(integration)).toEqual(['2026-03-30T00:00']);
    });

    it('catch up once, however many runs were missed while nobody was there', async () => {
      const integrations = [
        await daily(),
        await several.integrate({ schedule: { mode: 'live', every: 3 } }),
        await several.integrate({ schedule: { mode: 'live', cron: '0 6 * * *', timeZone: 'America/New_York' } }),
      ];
      await several.startThree();
      await several.stopAll();
      several.clock.set('2026-04-02T10:40:00.000Z');
      await several.startThree();
      await several.settle();
      for (const integration of integrations) {
        expect(await several.times(integration)).toEqual(['2026-04-02T10:40']);
      }
      const next = await Promise.all(integrations.map(async (one) => (await several.state(one)).nextRunAt));
      expect(next).toEqual(['2026-04-03T00:00:00.000Z', '2026-04-02T12:00:00.000Z', '2026-04-03T10:00:00.000Z']);
    });

    it('refuse a run whose predecessor has not ended, say so, and run again when it has', async () => {
      const integration = await daily();
      await several.startThree();
      await several.at('2026-03-28T00:00:00.000Z');
      const [first] = await several.runs(integration);
      await several.at('2026-03-29T00:00:00.000Z');
      await several.at('2026-03-30T00:00:00.000Z');
      expect(await several.runs(integration)).toHaveLength(1);
      expect(await several.state(integration)).toMatchObject({
        nextRunAt: '2026-03-31T00:00:00.000Z',
        lastRun: { at: '2026-03-28T00:00:00.000Z', syncId: first?.id },
        lastRefused: { at: '2026-03-30T00:00:00.000Z', reason: 'predecessorOpen', syncId: first?.id },
      });
      await several.endAll();
      await several.at('2026-03-31T00:00:00.000Z');
      expect(await several.times(integration)).toEqual(['2026-03-28T00:00', '2026-03-31T00:00']);
    });

    it('wait for a live sync that a person began, and for no dry one or change by hand', async () => {
      const blocked = await daily();
      const free = await daily();
      const live = await several.queue(blocked);
      await several.queue(free, { mode: 'dry' });
      await several.queue(free, { trigger: 'edit', edit: { kind: 'deprovision', userId: 'usr_1' as never } });
      await several.startThree();
      await several.at('2026-03-28T00:00:00.000Z');
      expect(await several.runs(blocked)).toEqual([]);
      expect((await several.state(blocked)).lastRefused).toMatchObject({ reason: 'predecessorOpen', syncId: live.id });
      expect(await several.times(free)).toEqual(['2026-03-28T00:00']);
    });

    it('run dry in observe, live once it is live, and not at all live without a mapping', async () => {
      const integration = await daily({ standing: 'observe' });
      const unmapped = await daily({ activeMappingVersion: null });
      await several.startThree();
      await several.at('2026-03-28T00:00:00.000Z');
      await several.endAll();
      await several.stores.settings.makeLive(several.tenantId, integration.id);
      await several.at('2026-03-29T00:00:00.000Z');
      expect((await several.runs(integration)).map(({ mode }) => mode)).toEqual(['dry', 'live']);
      expect(await several.runs(unmapped)).toEqual([]);
      expect((await several.state(unmapped)).lastRefused).toEqual({
        at: '2026-03-29T00:00:00.000Z',
        reason: 'noActiveMapping',
        syncId: null,
      });
    });

    it('try a failed run again after growing pauses, and go back to the regular times when it ends well', async () => {
      const integration = await daily();
      await several.startThree();
      const failAt = async (instant: string) => {
        await several.at(instant);
        const runs = await several.runs(integration);
        await several.end(runs.at(-1)!, 'failed', away);
        await several.settle();
        return several.state(integration);
      };
      expect(await failAt('2026-03-28T00:00:00.000Z')).toMatchObject({
        consecutiveFailures: 1,
        isRetry: true,
        nextRunAt: '2026-03-28T00:05:00.000Z',
      });
      expect(await failAt('2026-03-28T00:05:00.000Z')).toMatchObject({ nextRunAt: '2026-03-28T00:15:00.000Z' });
      expect(await failAt('2026-03-28T00:15:00.000Z')).toMatchObject({ nextRunAt: '2026-03-28T00:35:00.000Z' });
      await several.at('2026-03-28T00:34:00.000Z');
      await several.at('2026-03-28T00:35:00.000Z');
      await several.endAll();
      await several.settle();
      expect(await several.state(integration)).toMatchObject({
        consecutiveFailures: 0,
        isRetry: false,
        nextRunAt: '2026-03-29T00:00:00.000Z',
      });
      expect(await several.times(integration)).toEqual(
        ['00:00', '00:05', '00:15', '00:35'].map((time) => `2026-03-28T${time}`),
      );
    });

    it('wait for the regular time when a failure needs a person', async () => {
      const integration = await daily();
      await several.startThree();
      await several.at('2026-03-28T00:00:00.000Z');
      const [run] = await several.runs(integration);
      await several.end(run!, 'failed', { ...away, recovery: 'credentials' });
      await several.settle();
      expect(await several.state(integration)).toMatchObject({
        consecutiveFailures: 1,
        isRetry: false,
        nextRunAt: '2026-03-29T00:00:00.000Z',
      });
    });

    it('queue nothing twice when one that has lost its lease goes on', async () => {
      const integration = await daily();
      const reached = Promise.withResolvers<undefined>();
      const held = Promise.withResolvers<undefined>();
      await several.startFetcher({
        before: async () => {
          reached.resolve(undefined);
          await held.promise;
        },
      });
      several.clock.set('2026-03-28T00:00:00.000Z');
      await reached.promise;
      await several.stores.leases.dropAll();
      await several.startFetcher();
      await several.startFetcher();
      await several.settle();
      const [run, ...others] = await several.runs(integration);
      expect(others).toEqual([]);
      // It ends at once: what stands in the way of a second one is the schedule's state and not the sync.
      await several.end(run!, 'completed');
      await several.settle();
      held.resolve(undefined);
      await sleep(200);
      await several.settle();
      expect(await several.times(integration)).toEqual(['2026-03-28T00:00']);
      expect((await several.state(integration)).lastRun?.syncId).toBe(run?.id);
    });

    it.each(['before', 'after'] as const)('queue each run once when one dies %s it is queued', async (when) => {
      const integrations = [await daily(), await daily(), await daily()];
      const died: string[] = [];
      await several.startFetcher({
        [when]: (id: string) => {
          died.push(id);
          throw new Error('the process is gone');
        },
      });
      several.clock.set('2026-03-28T00:00:00.000Z');
      await vi.waitFor(() => expect(died.length).toBeGreaterThanOrEqual(3), { timeout: 15_000 });
      await several.stopAll();
      await several.startThree();
      await several.settle();
      for (const integration of integrations) {
        expect(await several.times(integration)).toEqual(['2026-03-28T00:00']);
        expect((await several.state(integration)).nextRunAt).toBe('2026-03-29T00:00:00.000Z');
      }
    });

    it('queue each run once even when all of them believe to be the only one', async () => {
      const integrations: Integration[] = [];
      for (let count = 0; count < 12; count += 1) integrations.push(await daily());
      await several.startThree();
      const schedulers = several.schedulers();
      for (const day of ['28', '29', '30']) {
        several.clock.set(`2026-03-${day}T00:00:00.000Z`);
        await Promise.all(schedulers.map(async (scheduler) => scheduler.run(new AbortController().signal)));
        await several.endAll();
      }
      for (const integration of integrations) {
        expect(await several.times(integration)).toEqual(['28', '29', '30'].map((day) => `2026-03-${day}T00:00`));
      }
    });

    it('keep one integration whose turn fails from holding up the others', async () => {
      const broken = await daily({ schedule: { mode: 'live', every: 3 } });
      const sound = await daily();
      let failing = true;
      await several.startFetcher({
        before: (id) => {
          if (failing && id === broken.id) throw new Error('for this one only');
        },
      });
      several.clock.set('2026-03-28T00:00:00.000Z');
      await vi.waitFor(async () => expect(await several.times(sound)).toHaveLength(1), { timeout: 15_000 });
      expect(await several.times(broken)).toEqual([]);
      failing = false;
      await vi.waitFor(async () => expect(await several.times(broken)).toHaveLength(1), { timeout: 20_000 });
    });

    it('carry on a scheduled fetch where another one left it', async () => {
      const asked: unknown[] = [];
      const gate = Promise.withResolvers<undefined>();
      const slow = scripted(async function* ({ cursor, signal }) {
        asked.push(cursor);
        if (asked.length === 1) yield { records: range(0, 800), next: 'second', declaredTotal: 1500 };
        await Promise.race([
          gate.promise,
          new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
        ]);
        if (cursor === null) yield { records: range(0, 800), next: 'second', declaredTotal: 1500 };
        yield { records: range(800, 1500), next: null, declaredTotal: 1500 };
        return { extent: 'full', lastPageSeen: true };
      });
      await begin('2026-03-27T12:10:00.000Z', slow);
      const integration = await daily();
      const first = await several.startFetcher();
      several.clock.set('2026-03-28T00:00:00.000Z');
      await several.settle();
      // The sync is there: whoever fetches is woken for it.
      await several.settle();
      const id = (await several.runs(integration))[0]?.id as SyncId;
      await vi.waitFor(
        async () => expect(await several.stores.snapshots.lastPage(several.tenantId, id)).toMatchObject({ page: 0 }),
        { timeout: 15_000 },
      );
      await several.startFetcher();
      await several.startFetcher();
      await several.stop(first);
      await several.settle();
      // The first batch was cut after its first page: it is asked for again, and that page is not stored twice.
      await vi.waitFor(() => expect(asked).toEqual([null, null]), { timeout: 15_000 });
      gate.resolve(undefined);
      await vi.waitFor(
        async () => {
          const manifest = await several.stores.snapshots.manifest(several.tenantId, id);
          expect(manifest).toMatchObject({ records: 1500, wholeness: 'complete', pages: 3 });
        },
        { timeout: 15_000 },
      );
    });
  });
}
