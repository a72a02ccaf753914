import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type IntegrationId,
  type JsonObject,
  newId,
  scimKey,
  type ScimMember,
  type ScimMemberChanges,
  type ScimResource,
  type ScimResourceName,
  type ScimResourceStore,
  type ScimScope,
  type TenantId,
} from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';
import { buildMemberChanges, scimIdOf } from './scim-builders.js';

const at = '2026-01-02T12:00:00.000Z';
const later = '2026-01-02T13:00:00.000Z';

function user(userName: string, rest: JsonObject = {}): JsonObject {
  return { userName, ...rest };
}

export function describeScimResourceStoreContract(name: string, factory: ContractFactory<ScimResourceStore>): void {
  describe(`${name}: SCIM resource store contract`, () => {
    let subject: ContractSubject<ScimResourceStore>;
    let store: ScimResourceStore;
    const scope: ScimScope = { tenantId: newId('tenant'), integrationId: newId('integration') };
    const elsewhere: ScimScope[] = [
      { ...scope, integrationId: newId('integration') },
      { ...scope, tenantId: newId('tenant') },
    ];

    beforeEach(async () => {
      subject = await factory();
      store = subject.port;
    });
    afterEach(() => subject.dispose());

    async function create(
      id: string,
      attributes: JsonObject,
      {
        type = 'User',
        members = null,
        of = scope,
      }: { type?: ScimResourceName; members?: ScimMemberChanges | null; of?: ScimScope } = {},
    ): Promise<ScimResource> {
      const written = await store.create(of, { id: scimIdOf(id), type, attributes, members, at });
      if (written.kind !== 'written') throw new Error(`${id} is ${written.kind}`);
      return written.resource;
    }

    async function group(id: string, displayName: string, ...members: (string | ScimMember)[]): Promise<ScimResource> {
      return create(id, { displayName }, { type: 'Group', members: buildMemberChanges({ put: members }) });
    }

    async function change(id: string, rest: Partial<Parameters<ScimResourceStore['change']>[1]>) {
      return store.change(scope, {
        id: scimIdOf(id),
        type: 'User',
        version: null,
        attributes: user(id),
        members: null,
        at: later,
        ...rest,
      });
    }

    async function memberIds(id: string): Promise<string[]> {
      return (await store.members(scope, scimIdOf(id), { after: null, limit: 100 })).map(({ value }) => value.slice(4));
    }

    it('keeps a resource as it was written, over a restart too', async () => {
      const attributes = user('ana@x.y', { odd: [1, { deep: null }], 'urn:x:1.0:User': { name: 'Ünïcode' } });
      const made = await create('ana', attributes);
      expect(made).toEqual({
        id: scimIdOf('ana'),
        type: 'User',
        version: 1,
        attributes,
        createdAt: at,
        updatedAt: at,
        deletedAt: null,
        pending: 1,
      });
      const again = await subject.reopen();
      expect(await again.find(scope, 'User', scimIdOf('ana'))).toEqual(made);
    });

    it('finds nothing of another kind, integration or tenant', async () => {
      await create('ana', user('ana', { externalId: 'e' }));
      await group('g', 'Group', 'ana');
      expect(await store.find(scope, 'Group', scimIdOf('ana'))).toBeNull();
      for (const of of elsewhere) {
        expect(await store.find(of, 'User', scimIdOf('ana'))).toBeNull();
        expect(await store.findByKey(of, 'User', scimKey('externalId', 'e'), 10)).toEqual([]);
        expect(await store.list(of, 'User', { after: null, limit: 10 })).toEqual([]);
        expect(await store.count(of, 'User')).toBe(0);
        expect(await store.members(of, scimIdOf('g'), { after: null, limit: 10 })).toEqual([]);
        expect(await store.groupsOf(of, [scimIdOf('ana')])).toEqual(new Map());
        const gone = { id: scimIdOf('ana'), type: 'User' as const, version: null, at };
        expect(await store.delete(of, gone)).toBe('unknown');
        expect(await store.change(of, { ...gone, attributes: user('x'), members: null })).toEqual({ kind: 'unknown' });
        // The same ids and names are free there.
        await create('ana', user('ana'), { of });
      }
      expect(await store.find(scope, 'User', scimIdOf('ana'))).toMatchObject({ version: 1 });
    });

    it('changes a resource of the version that was read, and no other', async () => {
      await create('ana', user('ana'));
      const first = await change('ana', { version: 1, attributes: user('ana', { title: 'Cook' }) });
      expect(first).toMatchObject({
        kind: 'written',
        resource: { version: 2, attributes: { title: 'Cook' }, createdAt: at, updatedAt: later, pending: 2 },
      });
      expect(await change('ana', { version: 1 })).toEqual({ kind: 'stale' });
      expect(await change('bo', { version: 1 })).toEqual({ kind: 'unknown' });
      expect(await store.find(scope, 'User', scimIdOf('ana'))).toMatchObject({
        version: 2,
        attributes: { title: 'Cook' },
      });
    });

    it('lets one of many in that write the same version at once', async () => {
      await create('ana', user('ana'));
      const written = await Promise.all(
        Array.from({ length: 6 }, (_, index) => change('ana', { version: 1, attributes: user('ana', { index }) })),
      );
      expect(written.map(({ kind }) => kind).toSorted()).toEqual([...Array<string>(5).fill('stale'), 'written']);
    });

    it('gives a userName to one user alone, whatever its case, and to anybody once it is free', async () => {
      await create('ana', user('Ana@x.y'));
      await create('bo', user('bo'));
      const again = { id: scimIdOf('cy'), type: 'User' as const, attributes: user('ANA@X.Y'), members: null, at };
      expect(await store.create(scope, again)).toEqual({ kind: 'taken' });
      expect(await change('bo', { attributes: user('ana@X.y') })).toEqual({ kind: 'taken' });
      expect(await change('ana', { attributes: user('ana@x.y') })).toMatchObject({ kind: 'written' });
      await change('ana', { attributes: user('else') });
      expect(await store.create(scope, again)).toMatchObject({ kind: 'written' });
      await store.delete(scope, { id: scimIdOf('cy'), type: 'User', version: null, at });
      expect(await change('bo', { attributes: user('Ana@x.y') })).toMatchObject({ kind: 'written' });
      await group('g', 'ana@x.y');
      await group('h', 'ana@x.y');
    });

    it('gives a userName to one of many that want it at once', async () => {
      const written = await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          store.create(scope, {
            id: scimIdOf(String(index)),
            type: 'User',
            attributes: user('Ana'),
            members: null,
            at,
          }),
        ),
      );
      expect(written.map(({ kind }) => kind).toSorted()).toEqual([...Array<string>(5).fill('taken'), 'written']);
    });

    it('finds resources by what they have now', async () => {
      const found = async (type: ScimResourceName, key: string, limit = 10) =>
        (await store.findByKey(scope, type, key, limit)).map(({ id }) => id.slice(4));
      await create(
        'ana',
        user('Ana', {
          externalId: 'E:1',
          displayName: 'Same',
          emails: [{ value: 'A@x.y' }, { value: 'a@X.y' }, 'odd'],
        }),
      );
      await create('bo', user('bo', { displayName: 'same' }));
      await group('g', 'Same');
      expect(await found('User', scimKey('userName', 'aNA'))).toEqual(['ana']);
      expect(await found('User', scimKey('externalId', 'E:1'))).toEqual(['ana']);
      expect(await found('User', scimKey('externalId', 'e:1'))).toEqual([]);
      expect(await found('User', scimKey('email', 'a@x.Y'))).toEqual(['ana']);
      expect(await found('User', scimKey('displayName', 'SAME'))).toEqual(['ana', 'bo']);
      expect(await found('User', scimKey('displayName', 'SAME'), 1)).toEqual(['ana']);
      expect(await found('Group', scimKey('displayName', 'SAME'))).toEqual(['g']);
      await change('ana', { attributes: user('Ana', { emails: [{ value: 'new@x.y' }] }) });
      expect(await found('User', scimKey('email', 'a@x.y'))).toEqual([]);
      expect(await found('User', scimKey('email', 'new@x.y'))).toEqual(['ana']);
      await store.delete(scope, { id: scimIdOf('ana'), type: 'User', version: null, at });
      expect(await found('User', scimKey('email', 'new@x.y'))).toEqual([]);
      expect(await found('User', scimKey('userName', 'ana'))).toEqual([]);
    });

    it('lists and counts a kind in order of id, page by page', async () => {
      for (const id of ['c', 'a', 'e', 'b', 'd']) await create(id, user(id));
      await group('g', 'Group');
      const list = async (page: { after?: string; offset?: number; limit: number }, deleted = false) =>
        (
          await store.list(
            scope,
            'User',
            { ...page, after: page.after === undefined ? null : scimIdOf(page.after) },
            { deleted },
          )
        ).map(({ id }) => id.slice(4));
      expect(await list({ limit: 2 })).toEqual(['a', 'b']);
      expect(await list({ after: 'b', limit: 2 })).toEqual(['c', 'd']);
      expect(await list({ offset: 3, limit: 9 })).toEqual(['d', 'e']);
      expect(await list({ after: 'a', offset: 1, limit: 1 })).toEqual(['c']);
      await store.delete(scope, { id: scimIdOf('b'), type: 'User', version: null, at });
      expect(await list({ limit: 9 })).toEqual(['a', 'c', 'd', 'e']);
      expect(await list({ limit: 9 }, true)).toEqual(['a', 'b', 'c', 'd', 'e']);
      expect(await store.count(scope, 'User')).toBe(4);
      expect(await store.count(scope, 'Group')).toBe(1);
    });

    it('deletes what has the version that was read, once', async () => {
      await create('ana', user('ana'));
      const gone = { id: scimIdOf('ana'), type: 'User' as const, at: later };
      expect(await store.delete(scope, { ...gone, version: 7 })).toBe('stale');
      expect(await store.delete(scope, { ...gone, version: 1 })).toBe('deleted');
      expect(await store.delete(scope, { ...gone, version: null })).toBe('unknown');
      expect(await store.find(scope, 'User', scimIdOf('ana'))).toBeNull();
      expect(await change('ana', {})).toEqual({ kind: 'unknown' });
      const [kept] = await store.list(scope, 'User', { after: null, limit: 9 }, { deleted: true });
      expect(await store.find(scope, 'User', scimIdOf('ana'), { deleted: true })).toEqual(kept);
      expect(await store.find(scope, 'User', scimIdOf('bo'), { deleted: true })).toBeNull();
      expect(kept).toMatchObject({ version: 2, deletedAt: later, updatedAt: later, attributes: user('ana') });
    });

    it('keeps who is in a group, from both sides', async () => {
      await group('g', 'Zoo', 'ana', { value: scimIdOf('bo'), display: 'Bo' });
      await group('h', 'Ark', 'ana');
      expect(await store.members(scope, scimIdOf('g'), { after: null, limit: 1 })).toEqual([
        { value: scimIdOf('ana') },
      ]);
      expect(await store.members(scope, scimIdOf('g'), { after: scimIdOf('ana'), limit: 9 })).toEqual([
        { value: scimIdOf('bo'), display: 'Bo' },
      ]);
      const groups = await store.groupsOf(scope, [scimIdOf('ana'), scimIdOf('bo'), scimIdOf('cy'), scimIdOf('ana')]);
      expect(groups).toEqual(
        new Map([
          [
            scimIdOf('ana'),
            [
              { id: scimIdOf('g'), displayName: 'Zoo' },
              { id: scimIdOf('h'), displayName: 'Ark' },
            ],
          ],
          [scimIdOf('bo'), [{ id: scimIdOf('g'), displayName: 'Zoo' }]],
        ]),
      );
      expect(await store.groupsOf(scope, [])).toEqual(new Map());
    });

    it('changes members with the group, or without a change of anything else', async () => {
      const renamed = { type: 'Group' as const, attributes: { displayName: 'New' } };
      await group('g', 'Old', 'a', 'b', 'c');
      const written = await change('g', {
        ...renamed,
        members: buildMemberChanges({ put: ['d', { value: scimIdOf('a'), display: 'A' }], remove: ['b', 'z'] }),
      });
      expect(written).toMatchObject({ kind: 'written', resource: { version: 2 } });
      expect(await memberIds('g')).toEqual(['a', 'c', 'd']);
      expect(await store.groupsOf(scope, [scimIdOf('a')])).toEqual(
        new Map([[scimIdOf('a'), [{ id: scimIdOf('g'), displayName: 'New' }]]]),
      );
      await change('g', { ...renamed, members: buildMemberChanges({ clear: true, put: ['c', 'e'] }) });
      expect(await memberIds('g')).toEqual(['c', 'e']);
      await change('g', { ...renamed, version: 1, members: buildMemberChanges({ clear: true }) });
      expect(await memberIds('g')).toEqual(['c', 'e']);
      await change('g', renamed);
      expect(await memberIds('g')).toEqual(['c', 'e']);
      await change('g', { ...renamed, members: buildMemberChanges({ clear: true }) });
      expect(await memberIds('g')).toEqual([]);
    });

    it('takes a deleted member out of its groups, and a deleted group from its members', async () => {
      await create('ana', user('ana'));
      await group('g', 'G', 'ana', 'bo');
      await group('h', 'H', 'bo');
      await store.delete(scope, { id: scimIdOf('ana'), type: 'User', version: null, at: later });
      expect(await memberIds('g')).toEqual(['bo']);
      expect(await store.find(scope, 'Group', scimIdOf('g'))).toMatchObject({ version: 2, updatedAt: later });
      expect(await store.find(scope, 'Group', scimIdOf('h'))).toMatchObject({ version: 1 });
      await store.delete(scope, { id: scimIdOf('g'), type: 'Group', version: null, at: later });
      expect(await store.groupsOf(scope, [scimIdOf('bo')])).toEqual(
        new Map([[scimIdOf('bo'), [{ id: scimIdOf('h'), displayName: 'H' }]]]),
      );
    });

    it('forgets what was deleted long ago, some at a time, and nothing else', async () => {
      for (const id of ['a', 'b', 'c', 'd']) await create(id, user(id));
      await group('g', 'G', 'd');
      for (const id of ['a', 'b']) await store.delete(scope, { id: scimIdOf(id), type: 'User', version: null, at });
      await store.delete(scope, { id: scimIdOf('g'), type: 'Group', version: null, at });
      await store.delete(scope, { id: scimIdOf('c'), type: 'User', version: null, at: later });
      expect(await store.forgetDeletedBefore(later, 2)).toBe(2);
      expect(await store.forgetDeletedBefore(later, 2)).toBe(1);
      expect(await store.forgetDeletedBefore(later, 2)).toBe(0);
      const left = await store.list(scope, 'User', { after: null, limit: 9 }, { deleted: true });
      expect(left.map(({ id }) => id.slice(4))).toEqual(['c', 'd']);
      expect(await memberIds('g')).toEqual([]);
    });

    it('takes a group of many members', async () => {
      const ids = Array.from({ length: 3_000 }, (_, index) => String(index).padStart(5, '0'));
      await group('g', 'G', ...ids);
      await change('g', {
        type: 'Group',
        attributes: { displayName: 'G' },
        members: buildMemberChanges({ put: ['x'], remove: ['00001'] }),
      });
      const first = await store.members(scope, scimIdOf('g'), { after: null, limit: 2 });
      expect(first.map(({ value }) => value)).toEqual([scimIdOf('00000'), scimIdOf('00002')]);
      const last = await store.members(scope, scimIdOf('g'), { after: scimIdOf('02998'), limit: 5 });
      expect(last.map(({ value }) => value)).toEqual([scimIdOf('02999'), scimIdOf('x')]);
    });

    it('takes ids for ids alone', async () => {
      const strange = { tenantId: 'a:b' as TenantId, integrationId: "'; --" as IntegrationId };
      expect(await store.find(strange, 'User', '%')).toBeNull();
      expect(await store.list(strange, 'User', { after: null, limit: 1 })).toEqual([]);
    });
  });
}
