import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { InboxArrivals } from '#connector-sdk';
import type { Integration, Sync, SyncFailure } from '#core';
import { InboxDirectory } from '#sftp-inbox';
import { temporaryDirectory, unusedPort } from '#testing';
import { ArrivalWork } from './arrival-work.js';
import { scripted } from './running-fetcher.spec.js';
import { type Engine, SeveralFetchers } from './several-fetchers.spec.js';

/** The newest `….csv` that has its `….csv.done` beside it. */
const newestComplete: InboxArrivals['next'] = (entries) => {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  for (const { name } of entries.toSorted((a, b) => (a.name > b.name ? -1 : 1))) {
    const [report, done] = [byName.get(name), byName.get(`${name}.done`)];
    if (name.endsWith('.csv') && report !== undefined && done !== undefined) return [report, done];
  }
  return null;
};

const readsFiles = scripted(
  async function* () {
    yield* [];
    return { extent: 'delta', lastPageSeen: true };
  },
  {
    config: z.strictObject({ waits: z.boolean().default(false) }),
    inbox: ({ waits }) => ({
      folders: ['in'],
      archives: ['in/archive'],
      publicKeys: [],
      isExpected: () => true,
      ...(waits === true ? {} : { arrivals: { folder: 'in', pauseSeconds: 10, next: newestComplete } }),
    }),
  },
);

/** What files that arrive begin, whichever engine keeps it: several fetchers look at the same files, by a clock moved by hand. */
export function describeArrivals(name: string, makeEngine: () => Promise<Engine>): void {
  describe(`${name}: files that arrive, with three fetchers alive`, () => {
    let several: SeveralFetchers;
    let root: string;
    let minute: number;

    beforeEach(async () => {
      root = temporaryDirectory();
      minute = 0;
      several = await SeveralFetchers.over(await makeEngine(), readsFiles, instant());
    });
    afterEach(async () => {
      await several.dispose();
      rmSync(root, { recursive: true });
    });

    function instant(): string {
      return new Date(Date.UTC(2026, 2, 27, 12, minute)).toISOString();
    }

    async function startThree(): Promise<void> {
      for (let count = 0; count < 3; count += 1) {
        const env = { MUSTER_SFTP_PORT: String(await unusedPort()), MUSTER_SFTP_DIR: root };
        await several.startFetcher({}, env);
      }
    }

    function filesOf({ tenantId, id }: Integration): string {
      return new InboxDirectory(root).filesOf({ tenantId, integrationId: id });
    }

    /** As if a sender had just closed it. */
    function send(integration: Integration, ...names: string[]): void {
      const folder = join(filesOf(integration), 'in');
      mkdirSync(folder, { recursive: true });
      for (const file of names) {
        writeFileSync(join(folder, file), file);
        utimesSync(join(folder, file), new Date(instant()), new Date(instant()));
      }
    }

    function archive(integration: Integration, ...names: string[]): void {
      const folder = join(filesOf(integration), 'in');
      mkdirSync(join(folder, 'archive'), { recursive: true });
      for (const file of names) renameSync(join(folder, file), join(folder, 'archive', file));
    }

    /** A minute later each fetcher has looked, all of them at once, and has begun what it found. */
    async function aMinuteLater(): Promise<void> {
      minute += 1;
      several.clock.set(instant());
      const looks = several.all(ArrivalWork).map(async (looker) => {
        const lease = { key: 'test', holder: 'test', claim: 1 };
        for (const { run } of await looker.find()) await run(lease, new AbortController().signal);
      });
      // Without the lease that it should have, a fetcher may come second: then the store refuses its sync.
      await Promise.allSettled(looks);
    }

    async function begun({ id, tenantId }: Integration): Promise<Sync[]> {
      const found = await several.stores.syncs.syncs(tenantId, { integrationId: id, trigger: 'arrival' }, null, 100);
      return found.reverse();
    }

    /** The fetchers look by themselves, too, and may just be at it. */
    async function isBegun(integration: Integration, times: number): Promise<void> {
      await expect.poll(async () => (await begun(integration)).length).toBe(times);
    }

    async function failed(sync: Sync | undefined, failure: Omit<SyncFailure, 'message'>): Promise<void> {
      await several.end(sync!, 'failed', { message: 'It failed.', ...failure });
    }

    it('begin one sync, however many look at them and however often, restarts among it', async () => {
      const integration = await several.integrate({ standing: 'live' });
      await startThree();
      send(integration, '1.csv', '1.csv.done');
      await aMinuteLater();
      await isBegun(integration, 1);
      expect(await begun(integration)).toMatchObject([{ mode: 'live', trigger: 'arrival', requestedBy: 'muster' }]);
      await aMinuteLater();
      await several.endAll();
      await several.stopAll();
      await startThree();
      await aMinuteLater();
      await aMinuteLater();
      await isBegun(integration, 1);
      const audit = await several.stores.settings.audit(
        integration.tenantId,
        { action: 'inbox.sync' },
        { after: null, limit: 10 },
      );
      const [sync] = await begun(integration);
      expect(audit).toMatchObject([
        { by: 'muster', subject: integration.id, detail: `1.csv, 1.csv.done: live, ${String(sync?.id)}` },
      ]);
    });

    it('begin none before all that belongs together is there, still, and nothing more is being sent', async () => {
      const integration = await several.integrate({});
      await startThree();
      send(integration, '1.csv');
      await aMinuteLater();
      expect(await begun(integration)).toEqual([]);
      send(integration, '1.csv.done');
      const incoming = new InboxDirectory(root).incomingOf({
        tenantId: integration.tenantId,
        integrationId: integration.id,
      });
      mkdirSync(incoming, { recursive: true });
      const draft = join(incoming, 'draft');
      writeFileSync(draft, 'a part of it');
      const grownAt = new Date(Date.parse(instant()) + 55_000);
      utimesSync(draft, grownAt, grownAt);
      await aMinuteLater();
      expect(await begun(integration)).toEqual([]);
      // It has not grown for a minute by now.
      await aMinuteLater();
      await isBegun(integration, 1);
    });

    it('wait for a sync that is at work and are then read by one, not by one each', async () => {
      const integration = await several.integrate({ standing: 'live' });
      await startThree();
      const byHand = await several.queue(integration, { mode: 'live', trigger: 'manual' });
      send(integration, '1.csv', '1.csv.done');
      await aMinuteLater();
      send(integration, '2.csv', '2.csv.done');
      await aMinuteLater();
      expect(await begun(integration)).toEqual([]);
      await several.end(byHand, 'completed');
      await aMinuteLater();
      await isBegun(integration, 1);
      send(integration, '3.csv', '3.csv.done');
      await aMinuteLater();
      await isBegun(integration, 1);
      await several.endAll();
      archive(integration, '1.csv', '1.csv.done', '2.csv', '2.csv.done');
      await aMinuteLater();
      await isBegun(integration, 2);
    });

    it('are read live when the integration has become live, and again when they are sent again', async () => {
      const integration = await several.integrate({ standing: 'observe' });
      await startThree();
      send(integration, '1.csv', '1.csv.done');
      await aMinuteLater();
      await isBegun(integration, 1);
      await several.endAll();
      await several.stores.settings.makeLive(integration.tenantId, integration.id);
      await aMinuteLater();
      await isBegun(integration, 2);
      await several.endAll();
      send(integration, '1.csv');
      await aMinuteLater();
      await isBegun(integration, 3);
      expect((await begun(integration)).map(({ mode }) => mode)).toEqual(['dry', 'live', 'live']);
    });

    it('are read again at once when Muster was interrupted, after a pause when it was something else, and never when it was they', async () => {
      const integration = await several.integrate({ standing: 'live' });
      await startThree();
      send(integration, '1.csv', '1.csv.done');
      await aMinuteLater();
      await failed((await begun(integration)).at(-1), { code: 'sourceCannotResume' });
      await aMinuteLater();
      await isBegun(integration, 2);
      await failed((await begun(integration)).at(-1), { code: 'unreachable', recovery: 'retriable' });
      await aMinuteLater();
      await isBegun(integration, 2);
      minute += 10;
      await aMinuteLater();
      await isBegun(integration, 3);
      await failed((await begun(integration)).at(-1), { code: 'checksumDiffers', recovery: 'fatal' });
      minute += 1000;
      await aMinuteLater();
      await isBegun(integration, 3);
    });

    it('wait for somebody where the settings say so, and where the integration is disabled or paused', async () => {
      const waiting = [
        await several.integrate({ config: { waits: true } }),
        await several.integrate({ enabled: false }),
        await several.integrate({ paused: { syncId: 'syn_0' as never, at: instant() } }),
      ];
      const open = await several.integrate({});
      await startThree();
      for (const one of [...waiting, open]) send(one, '1.csv', '1.csv.done');
      await aMinuteLater();
      await isBegun(open, 1);
      for (const one of waiting) expect(await begun(one)).toEqual([]);
    });
  });
}
