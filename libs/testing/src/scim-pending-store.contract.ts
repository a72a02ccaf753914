import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type JsonObject,
  newId,
  type ScimMemberChanges,
  type ScimPendingStore,
  type ScimResourceName,
  type ScimResourceStore,
  type ScimScope,
  type SyncId,
} from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';
import { buildMemberChanges, scimIdOf } from './scim-builders.js';

const at = '2026-01-02T12:00:00.000Z';
const first = 'syn_1' as SyncId;
const second = 'syn_2' as SyncId;

/** Both stores over the same data. */
export interface PushStores {
  pending: ScimPendingStore;
  resources: ScimResourceStore;
}

export function describeScimPendingStoreContract(name: string, factory: ContractFactory<PushStores>): void {
  describe(`${name}: SCIM pending store contract`, () => {
    let subject: ContractSubject<PushStores>;
    let stores: PushStores;
    let scope: ScimScope;

    beforeEach(async () => {
      scope = { tenantId: newId('tenant'), integrationId: newId('integration') };
      subject = await factory();
      stores = subject.port;
    });
    afterEach(() => subject.dispose());

    async function create(
      id: string,
      {
        type = 'User',
        members = null,
        of = scope,
      }: Partial<{
        type: ScimResourceName;
        members: ScimMemberChanges | null;
        of: ScimScope;
      }> = {},
    ): Promise<void> {
      const attributes: JsonObject = type === 'User' ? { userName: id } : { displayName: id };
      const written = await stores.resources.create(of, { id: scimIdOf(id), type, attributes, members, at });
      if (written.kind !== 'written') throw new Error(`${id} is ${written.kind}`);
    }

    async function change(id: string, attributes: JsonObject = { userName: id, title: 'Cook' }): Promise<void> {
      const change = { id: scimIdOf(id), type: 'User' as const, version: null, attributes, members: null, at };
      await stores.resources.change(scope, change);
    }

    async function changeGroup(id: string, displayName: string, members: ScimMemberChanges | null): Promise<void> {
      const change = {
        id: scimIdOf(id),
        type: 'Group' as const,
        version: null,
        attributes: { displayName },
        members,
        at,
      };
      await stores.resources.change(scope, change);
    }

    async function take(syncId: SyncId, of = scope, which: 'fresh' | 'pending' = 'pending'): Promise<string[]> {
      const taken = await stores.pending.take(of, syncId, { which, after: null, limit: 1_000 });
      return taken.map(({ id }) => id.slice(4));
    }

    /** What is pending, as a sync that is never applied finds it. */
    async function pendingIds(): Promise<string[]> {
      return take('syn_look' as SyncId);
    }

    async function apply(syncId: SyncId): Promise<string[]> {
      const taken = await take(syncId);
      await stores.pending.settle(scope, syncId);
      return taken;
    }

    async function fresh(): Promise<ScimScope[]> {
      return stores.pending.scopes('fresh', null, 10);
    }

    async function spreadAll(limit = 10): Promise<number> {
      let steps = 0;
      for (const group of await stores.pending.groups(scope, 10)) {
        for (let after: string | null = null; ;) {
          after = await stores.pending.spread(scope, group, { after, limit });
          steps += 1;
          if (after === null) break;
        }
      }
      return steps;
    }

    it('gives what was written until a sync that took it is applied, over a restart too', async () => {
      for (const id of ['b', 'a']) await create(id);
      expect(await take(first)).toEqual(['a', 'b']);
      const [taken] = await stores.pending.take(scope, first, { which: 'pending', after: scimIdOf('a'), limit: 1 });
      expect(taken).toMatchObject({ id: scimIdOf('b'), type: 'User', attributes: { userName: 'b' } });
      stores = await subject.reopen();
      expect(await take(first)).toEqual(['a', 'b']);
      await stores.pending.settle(scope, first);
      expect(await pendingIds()).toEqual([]);
      await change('a');
      await stores.resources.delete(scope, { id: scimIdOf('b'), type: 'User', version: null, at });
      expect(await apply(second)).toEqual(['a', 'b']);
      expect(await pendingIds()).toEqual([]);
    });

    it('keeps the mark of what has changed since it was taken', async () => {
      for (const id of ['a', 'b']) await create(id);
      await take(first);
      await change('a');
      await stores.pending.settle(scope, first);
      expect(await apply(second)).toEqual(['a']);
      expect(await pendingIds()).toEqual([]);
    });

    it('gives what is fresh alone, once to each sync and again to the same', async () => {
      for (const id of ['b', 'd']) await create(id);
      expect(await take(first, scope, 'fresh')).toEqual(['b', 'd']);
      for (const id of ['a', 'c']) await create(id);
      await change('d');
      expect(await take(second, scope, 'fresh')).toEqual(['a', 'c', 'd']);
      expect(await take(second, scope, 'fresh')).toEqual(['a', 'c', 'd']);
      const rest = { which: 'fresh', after: scimIdOf('a'), limit: 1 } as const;
      expect((await stores.pending.take(scope, second, rest)).map(({ id }) => id)).toEqual([scimIdOf('c')]);
      expect(await take(first, scope, 'fresh')).toEqual(['b']);
      expect(await pendingIds()).toEqual(['a', 'b', 'c', 'd']);
    });

    it('leaves to a later sync what that has taken again', async () => {
      await create('a');
      await take(first);
      await take(second);
      await stores.pending.settle(scope, first);
      expect(await pendingIds()).toEqual(['a']);
      await take(second);
      await stores.pending.settle(scope, second);
      await stores.pending.settle(scope, second);
      expect(await pendingIds()).toEqual([]);
    });

    it('knows who has anything fresh or pending, each integration once', async () => {
      const others = [
        { ...scope, integrationId: newId('integration') },
        { ...scope, tenantId: newId('tenant') },
      ];
      for (const whose of [scope, ...others]) {
        await create('a', { of: whose });
        await create('b', { of: whose });
        await create('g', { of: whose, type: 'Group' });
      }
      const ordered = [scope, ...others].toSorted((one, two) =>
        `${one.tenantId}:${one.integrationId}` < `${two.tenantId}:${two.integrationId}` ? -1 : 1,
      );
      for (const which of ['fresh', 'pending'] as const) {
        expect(await stores.pending.scopes(which, null, 10)).toEqual(ordered);
        expect(await stores.pending.scopes(which, null, 2)).toEqual(ordered.slice(0, 2));
        expect(await stores.pending.scopes(which, ordered[0] ?? null, 2)).toEqual(ordered.slice(1));
      }
      await take(first);
      expect(await fresh()).toEqual(ordered.filter((one) => one !== scope));
      expect(await stores.pending.scopes('pending', null, 10)).toEqual(ordered);
      await stores.pending.settle(scope, first);
      expect(await stores.pending.scopes('pending', null, 10)).toEqual(ordered.filter((one) => one !== scope));
      await change('a');
      expect(await fresh()).toEqual(ordered);
    });

    it('marks who comes into a group or goes out of it, and nobody who stays', async () => {
      for (const id of ['a', 'b', 'c', 'd']) await create(id);
      await create('g', { type: 'Group', members: buildMemberChanges({ put: ['a', 'b'] }) });
      await apply(first);
      await changeGroup('g', 'g', buildMemberChanges({ clear: true, put: ['b', 'c', 'nobody'] }));
      expect(await stores.pending.groups(scope, 10)).toEqual([]);
      expect(await fresh()).toEqual([scope]);
      expect(await pendingIds()).toEqual(['a', 'c']);
    });

    it('spreads a new name to all members, some at a time', async () => {
      for (const id of ['a', 'b', 'c', 'd']) await create(id);
      await create('g', { type: 'Group', members: buildMemberChanges({ put: ['a', 'b', 'c'] }) });
      await apply(first);
      await changeGroup('g', 'Other', null);
      expect(await fresh()).toEqual([scope]);
      expect(await pendingIds()).toEqual([]);
      expect(await spreadAll(2)).toBe(2);
      expect(await pendingIds()).toEqual(['a', 'b', 'c']);
      expect(await stores.pending.groups(scope, 10)).toEqual([]);
      await apply(second);
      expect(await stores.pending.scopes('pending', null, 10)).toEqual([]);
    });

    it('spreads that a group is gone, and keeps a mark that was made anew meanwhile', async () => {
      await create('a');
      await create('g', { type: 'Group', members: buildMemberChanges({ put: ['a'] }) });
      await apply(first);
      await changeGroup('g', 'Other', null);
      const [seen] = await stores.pending.groups(scope, 10);
      await stores.resources.delete(scope, { id: scimIdOf('g'), type: 'Group', version: null, at });
      if (seen !== undefined) await stores.pending.spread(scope, seen, { after: null, limit: 10 });
      expect(await apply(first)).toEqual(['a']);
      await spreadAll();
      expect(await apply(first)).toEqual(['a']);
      expect(await stores.pending.groups(scope, 10)).toEqual([]);
    });

    it('touches nothing of another integration', async () => {
      const other = { ...scope, integrationId: newId('integration') };
      await create('a');
      await create('a', { of: other });
      await take(first);
      await stores.pending.settle(other, first);
      expect(await take(first, other)).toEqual(['a']);
      expect(await pendingIds()).toEqual(['a']);
    });
  });
}
