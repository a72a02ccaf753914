import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId, type Sync, type SyncChangeLog, type SyncId, type SyncStore, type TenantId } from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';
import { buildSync } from './sync-builders.js';

/** What every log of sync changes tells. Syncs come from the sync store beside it. */
export function describeSyncChangeLogContract(
  name: string,
  factory: ContractFactory<{ changes: SyncChangeLog; syncs: SyncStore }>,
): void {
  describe(`${name}: sync change log contract`, () => {
    let subject: ContractSubject<{ changes: SyncChangeLog; syncs: SyncStore }>;
    let changes: SyncChangeLog;
    let syncs: SyncStore;
    const tenantId = newId('tenant');
    const integrationId = newId('integration');

    beforeEach(async () => {
      subject = await factory();
      ({ changes, syncs } = subject.port);
    });
    afterEach(() => subject.dispose());

    async function queue(parts: Partial<Sync> = {}, tenant: TenantId = tenantId): Promise<SyncId> {
      const sync = buildSync(tenant, integrationId, parts);
      await syncs.queue(sync);
      return sync.id;
    }

    it('holds every state that a sync came to, in order, without a gap', async () => {
      const id = await queue({ mode: 'dry' });
      await syncs.move(tenantId, id, 'queued', 'fetching', {});
      await syncs.move(tenantId, id, 'fetching', 'fetching', { republished: true });
      await syncs.move(tenantId, id, 'queued', 'failed', {});
      await syncs.move(tenantId, id, 'fetching', 'applying', { mode: 'live' });
      const log = await changes.changes(tenantId, 0, 10);
      expect(log.map(({ no, state, mode }) => [no, state, mode])).toEqual([
        [1, 'queued', 'dry'],
        [2, 'fetching', 'dry'],
        [3, 'applying', 'live'],
      ]);
      expect(log[0]).toMatchObject({ syncId: id, integrationId });
      for (const { at } of log) expect(new Date(at).toISOString()).toBe(at);
    });

    it('tells what came after a number, no more than asked for, and which is the last', async () => {
      expect(await changes.last(tenantId)).toBe(0);
      for (let count = 0; count < 5; count += 1) await queue();
      expect((await changes.changes(tenantId, 2, 2)).map(({ no }) => no)).toEqual([3, 4]);
      expect(await changes.changes(tenantId, 5, 10)).toEqual([]);
      expect(await changes.last(tenantId)).toBe(5);
    });

    it('tells of one sync alone', async () => {
      const first = await queue();
      const second = await queue();
      await syncs.move(tenantId, first, 'queued', 'fetching', {});
      await syncs.move(tenantId, second, 'queued', 'fetching', {});
      expect((await changes.changes(tenantId, 0, 10, first)).map(({ no }) => no)).toEqual([1, 3]);
      expect((await changes.changes(tenantId, 1, 10, first)).map(({ no }) => no)).toEqual([3]);
    });

    it('numbers each tenant’s changes by themselves', async () => {
      const other = newId('tenant');
      await queue();
      const theirs = await queue({}, other);
      expect((await changes.changes(other, 0, 10)).map(({ no, syncId }) => [no, syncId])).toEqual([[1, theirs]]);
      expect(await changes.changes(other, 0, 10, await queue())).toEqual([]);
    });

    it('holds the end of a plan whose sync was superseded while it waited', async () => {
      const waiting = await queue();
      await syncs.move(tenantId, waiting, 'queued', 'awaitingApproval', {});
      const done = await queue();
      await syncs.move(tenantId, done, 'queued', 'completed', {});
      const by = buildSync(tenantId, integrationId);
      const generation = await syncs.queue(by);
      await syncs.supersedeOlder({ ...by, generation });
      expect((await changes.changes(tenantId, 0, 10, waiting)).map(({ state }) => state)).toEqual([
        'queued',
        'awaitingApproval',
        'completed',
      ]);
      expect((await changes.changes(tenantId, 0, 10, done)).map(({ state }) => state)).toEqual(['queued', 'completed']);
    });

    it('gives each number once when many syncs move at once', async () => {
      const ids = await Promise.all(Array.from({ length: 6 }, () => queue()));
      await Promise.all(ids.map((id) => syncs.move(tenantId, id, 'queued', 'fetching', {})));
      const log = await changes.changes(tenantId, 0, 100);
      expect(log.map(({ no }) => no)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    });

    it('deletes what is from before an instant, yet never gives a number twice', async () => {
      await queue();
      await queue();
      await changes.deleteBefore('2100-01-01T00:00:00.000Z');
      expect((await changes.changes(tenantId, 0, 10)).map(({ no }) => no)).toEqual([2]);
      await queue();
      expect((await changes.changes(tenantId, 0, 10)).map(({ no }) => no)).toEqual([2, 3]);
      await changes.deleteBefore('2000-01-01T00:00:00.000Z');
      expect(await changes.changes(tenantId, 0, 10)).toHaveLength(2);
    });

    it('keeps changes over a restart', async () => {
      const id = await queue();
      const again = await subject.reopen();
      expect(await again.changes.changes(tenantId, 0, 10)).toMatchObject([{ no: 1, syncId: id, state: 'queued' }]);
    });
  });
}
