import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  newId,
  type DirectoryStore,
  type OutcomeReason,
  type Sync,
  type SyncStore,
  type User,
  type UserId,
  type UserListFilter,
  type UserWrite,
} from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';
import { buildLink, buildUser, buildWrite } from './directory-builders.js';
import { buildSync } from './sync-builders.js';

/** The sync store beside it gives turns. */
interface DirectoryAndSyncs {
  directory: DirectoryStore;
  syncs: SyncStore;
}

/** What every directory store keeps. */
export function describeDirectoryStoreContract(name: string, factory: ContractFactory<DirectoryAndSyncs>): void {
  describe(`${name}: directory store contract`, () => {
    let subject: ContractSubject<DirectoryAndSyncs>;
    let store: DirectoryStore;
    let syncs: SyncStore;
    const tenantId = newId('tenant');
    const otherTenant = newId('tenant');
    const integrationId = newId('integration');
    const syncId = newId('sync');
    const by = { integrationId, syncId };
    const id = (text: string) => `usr_${text}` as UserId;
    const now = '2026-01-10T00:00:00.000Z';

    beforeEach(async () => {
      subject = await factory();
      ({ directory: store, syncs } = subject.port);
    });
    afterEach(() => subject.dispose());

    const user = (text: string, parts: Partial<User> = {}) => buildUser(tenantId, id(text), parts);
    const withEmail = (text: string, email: string, parts: Partial<User> = {}) =>
      user(text, { attributes: { fullName: text, email }, ...parts });
    const deactivation = (parts: Partial<NonNullable<User['deactivation']>> = {}) => ({
      at: '2026-01-05T00:00:00.000Z',
      reason: 'missingFromSnapshot' as OutcomeReason,
      syncId,
      anonymizeAfter: '2026-01-12T00:00:00.000Z',
      byHand: false,
      ...parts,
    });
    /** The turn of a sync that enters the pipeline. */
    async function enter(parts: Partial<Sync> = {}): Promise<number> {
      const sync = buildSync(tenantId, integrationId, { inPipeline: true, ...parts });
      await syncs.queue(sync);
      return (await syncs.sync(tenantId, sync.id))?.turn ?? -1;
    }
    async function put(...users: User[]): Promise<void> {
      const drifts = await store.write(
        tenantId,
        users.map((one, index) => buildWrite(by, index, one, { expectedVersion: null })),
      );
      expect(drifts).toEqual([]);
    }
    const next = (seq: number, present: User, parts: Partial<User>, write: Partial<UserWrite> = {}) =>
      buildWrite(by, seq, { ...present, version: present.version + 1, ...parts }, write);

    describe('writing users', () => {
      it('gives a user back as it was written, also after a restart', async () => {
        const full = user('a', {
          role: 'restricted',
          owner: integrationId,
          attributes: {
            fullName: 'Ana',
            email: 'Ana@Example.com',
            employeeId: '7',
            active: true,
            'custom.tags': ['x'],
          },
          manager: { by: 'managerEmail', key: 'bo@example.com', userId: null },
        });
        await put(full);
        const stored = { ...full, lastWrites: { [integrationId]: [syncId, 0] } };
        expect(await store.user(tenantId, full.id)).toEqual(stored);
        const { directory: again } = await subject.reopen();
        expect(await again.user(tenantId, full.id)).toEqual(stored);
        expect(await again.users(tenantId, [full.id, id('nobody')])).toEqual(new Map([[full.id, stored]]));
      });

      it('keeps tenants apart, ids and keys alike', async () => {
        await put(withEmail('a', 'a@example.com'));
        expect(await store.hasUsers(tenantId)).toBe(true);
        expect(await store.hasUsers(otherTenant)).toBe(false);
        expect(await store.user(otherTenant, id('a'))).toBeNull();
        const twin = buildUser(otherTenant, id('a'), { attributes: { fullName: 'twin', email: 'a@example.com' } });
        expect(await store.write(otherTenant, [buildWrite(by, 0, twin)])).toEqual([]);
        expect((await store.user(tenantId, id('a')))?.attributes['fullName']).toBe('a');
        expect((await store.user(otherTenant, id('a')))?.attributes['fullName']).toBe('twin');
      });

      it('counts a create that comes again as applied, one of another outcome as drift', async () => {
        const write = buildWrite(by, 1, user('a'));
        expect(await store.write(tenantId, [write])).toEqual([]);
        expect(await store.write(tenantId, [write])).toEqual([]);
        expect(await store.write(tenantId, [buildWrite(by, 2, user('a'))])).toEqual([{ seq: 2, cause: 'version' }]);
        expect(await store.countByStatus(tenantId)).toEqual({ active: 1, deactivated: 0, anonymized: 0 });
      });

      it('updates only the version that was expected', async () => {
        const present = user('a');
        await put(present);
        expect(await store.write(tenantId, [next(1, present, { role: 'admin' })])).toEqual([]);
        expect(await store.write(tenantId, [next(2, present, { role: 'regular' })])).toEqual([
          { seq: 2, cause: 'version' },
        ]);
        expect(await store.user(tenantId, id('a'))).toMatchObject({ version: 2, role: 'admin' });
        expect(await store.write(tenantId, [next(3, user('nobody'), {})])).toEqual([{ seq: 3, cause: 'version' }]);
      });

      it('counts an update that comes again as applied, also when another integration wrote since', async () => {
        const present = user('a');
        await put(present);
        const write = next(1, present, { role: 'admin' });
        await store.write(tenantId, [write]);
        const other = { integrationId: newId('integration'), syncId: newId('sync') };
        await store.write(tenantId, [buildWrite(other, 9, { ...write.user, version: 3, role: 'regular' })]);
        expect(await store.write(tenantId, [write])).toEqual([]);
        expect(await store.user(tenantId, id('a'))).toMatchObject({ version: 3, role: 'regular' });
      });

      it('says which key somebody else has, and writes the others', async () => {
        await put(user('holder', { attributes: { fullName: 'h', email: 'h@example.com', employeeId: 'E1' } }));
        const drifts = await store.write(tenantId, [
          buildWrite(by, 1, withEmail('b', ' H@Example.COM ')),
          buildWrite(by, 2, withEmail('c', 'c@example.com')),
          buildWrite(by, 3, user('d', { attributes: { fullName: 'd', email: 'd@example.com', employeeId: 'e1' } })),
        ]);
        expect(drifts).toEqual([
          { seq: 1, cause: 'email' },
          { seq: 3, cause: 'employeeId' },
        ]);
        expect([...(await store.users(tenantId, [id('b'), id('c'), id('d')])).keys()]).toEqual([id('c')]);
      });

      it('says so of an update too, and leaves the user as it was', async () => {
        const present = withEmail('b', 'b@example.com');
        await put(withEmail('a', 'a@example.com'), present);
        const write = next(5, present, { attributes: { fullName: 'b', email: 'a@example.com' } });
        expect(await store.write(tenantId, [write])).toEqual([{ seq: 5, cause: 'email' }]);
        expect(await store.user(tenantId, id('b'))).toMatchObject({ version: 1, attributes: present.attributes });
      });

      it('frees the keys of whoever is deactivated, and asks again when they return', async () => {
        const leaver = withEmail('a', 'a@example.com');
        await put(leaver);
        const gone = next(1, leaver, { status: 'deactivated', deactivation: deactivation() });
        expect(await store.write(tenantId, [gone])).toEqual([]);
        await put(withEmail('b', 'a@example.com'));
        const back = next(2, gone.user, { status: 'active', deactivation: null });
        expect(await store.write(tenantId, [back])).toEqual([{ seq: 2, cause: 'email' }]);
      });

      it('lets any number of users be without keys', async () => {
        await put(user('a'), user('b', { attributes: { fullName: 'b', email: ' ' } }), user('c'));
        expect(await store.countByStatus(tenantId)).toMatchObject({ active: 3 });
      });
    });

    describe('transfers', () => {
      it('swap keys', async () => {
        const a = withEmail('a', 'a@example.com');
        const b = withEmail('b', 'b@example.com');
        await put(a, b);
        const writes = [
          next(1, a, { attributes: { fullName: 'a', email: 'b@example.com' } }),
          next(2, b, { attributes: { fullName: 'b', email: 'a@example.com' } }),
        ];
        expect(await store.writeTransfer(tenantId, writes)).toEqual([]);
        expect(await store.writeTransfer(tenantId, writes)).toEqual([]);
        expect(await store.byEmailKeys(tenantId, ['a@example.com', 'b@example.com'])).toEqual(
          new Map([
            ['a@example.com', id('b')],
            ['b@example.com', id('a')],
          ]),
        );
        expect((await store.user(tenantId, id('a')))?.version).toBe(2);
      });

      it('pass a key from a leaver to a joiner', async () => {
        const leaver = withEmail('a', 'info@example.com');
        await put(leaver);
        const joiner = buildWrite(by, 2, withEmail('b', 'info@example.com'), { link: buildLink('s-2', id('b')) });
        const gone = next(1, leaver, { status: 'deactivated', deactivation: deactivation() });
        expect(await store.writeTransfer(tenantId, [joiner, gone])).toEqual([]);
        expect(await store.byEmailKeys(tenantId, ['info@example.com'])).toEqual(
          new Map([['info@example.com', id('b')]]),
        );
        expect(await store.links(tenantId, integrationId, ['s-2'])).toHaveProperty('size', 1);
      });

      it('write nobody when one version has moved on', async () => {
        const a = withEmail('a', 'a@example.com');
        const b = withEmail('b', 'b@example.com');
        await put(a, b);
        await store.write(tenantId, [next(9, b, {})]);
        const drifts = await store.writeTransfer(tenantId, [
          next(1, a, { attributes: { fullName: 'a', email: 'b@example.com' } }),
          next(2, b, { attributes: { fullName: 'b', email: 'a@example.com' } }),
        ]);
        expect(drifts).toEqual([{ seq: 2, cause: 'version' }]);
        expect(await store.user(tenantId, id('a'))).toMatchObject({ version: 1, attributes: a.attributes });
        expect((await store.byEmailKeys(tenantId, ['a@example.com'])).get('a@example.com')).toBe(id('a'));
      });

      it('write nobody when a stranger has a key', async () => {
        const a = withEmail('a', 'a@example.com');
        await put(a, withEmail('stranger', 'x@example.com'));
        const drifts = await store.writeTransfer(tenantId, [
          buildWrite(by, 1, withEmail('b', 'a@example.com')),
          next(2, a, { attributes: { fullName: 'a', email: 'x@example.com' } }),
        ]);
        expect(drifts).toEqual([{ seq: 2, cause: 'email' }]);
        expect(await store.user(tenantId, id('b'))).toBeNull();
        expect((await store.byEmailKeys(tenantId, ['a@example.com'])).get('a@example.com')).toBe(id('a'));
        expect(await store.countByStatus(tenantId)).toMatchObject({ active: 2 });
      });
    });

    describe('links', () => {
      it('are written with a user, not when the user drifts', async () => {
        await put(withEmail('a', 'a@example.com'));
        await store.write(tenantId, [
          buildWrite(by, 1, withEmail('b', 'a@example.com'), { link: buildLink('s-1', id('b')) }),
          buildWrite(by, 2, withEmail('c', 'c@example.com'), { link: buildLink('s-2', id('c')) }),
        ]);
        expect(await store.links(tenantId, integrationId, ['s-1', 's-2'])).toEqual(
          new Map([['s-2', buildLink('s-2', id('c'))]]),
        );
      });

      it('are replaced alone: user, presence, seen part', async () => {
        await store.writeLinks(tenantId, integrationId, 1, [buildLink('s-1', id('a')), buildLink('s-2', id('b'))]);
        const changed = [
          buildLink('s-1', id('a'), { presence: 'absent', seen: null }),
          buildLink('s-2', id('c'), {
            seen: { ...buildLink('', id('c')).seen!, dueDate: '2026-05-01', userVersion: 9 },
          }),
        ];
        await store.writeLinks(tenantId, integrationId, 1, changed);
        const { directory: again } = await subject.reopen();
        expect([...(await again.links(tenantId, integrationId, ['s-1', 's-2', 's-3'])).values()]).toEqual(changed);
        expect((await again.linksOfUsers(tenantId, [id('b')])).size).toBe(0);
      });

      it('are written by none whose turn is over, nor are users, alone or in a transfer', async () => {
        const turn = await enter();
        const link = buildLink('s-1', id('a'));
        expect(await store.write(tenantId, [buildWrite(by, 0, user('a'), { turn, link })])).toEqual([]);
        expect(await store.writeLinks(tenantId, integrationId, turn, [buildLink('s-2', id('b'))])).toBe(true);
        const before = await store.links(tenantId, integrationId, ['s-1', 's-2', 's-3']);
        const later = await enter();
        expect(later).toBeGreaterThan(turn);

        const gone = ['s-1', 's-2', 's-3'].map((sourceId) => buildLink(sourceId, id('c'), { presence: 'absent' }));
        expect(await store.writeLinks(tenantId, integrationId, turn, gone)).toBe(false);
        const update = buildWrite(by, 1, user('a', { version: 2 }), { turn, link: gone[0]! });
        const create = buildWrite(by, 2, user('d'), { turn, link: gone[2]! });
        const drifts = [1, 2].map((seq) => ({ seq, cause: 'version' }));
        expect(await store.write(tenantId, [update, create])).toEqual(drifts);
        expect(await store.writeTransfer(tenantId, [update, create])).toEqual(drifts);
        expect(await store.links(tenantId, integrationId, ['s-1', 's-2', 's-3'])).toEqual(before);
        expect((await store.users(tenantId, [id('a'), id('d')])).get(id('a'))?.version).toBe(1);
        expect(await store.countByStatus(tenantId)).toMatchObject({ active: 1 });

        expect(await store.writeLinks(tenantId, integrationId, later, gone)).toBe(true);
        expect(await store.write(tenantId, [{ ...update, turn: later }])).toEqual([]);
        expect(await store.writeTransfer(tenantId, [{ ...create, turn: later }])).toEqual([]);
      });

      it('count as written when they come again after their turn', async () => {
        const turn = await enter();
        const created = buildWrite(by, 0, user('a'), { turn, link: buildLink('s-1', id('a')) });
        expect(await store.write(tenantId, [created])).toEqual([]);
        await enter();
        const other = buildWrite(by, 1, user('b'), { turn });
        expect(await store.write(tenantId, [created, other])).toEqual([{ seq: 1, cause: 'version' }]);
      });

      it('of one integration wait for no turn of another, nor of another tenant', async () => {
        await enter();
        await enter({ integrationId: newId('integration') });
        await syncs.queue(buildSync(otherTenant, integrationId, { inPipeline: true }));
        await syncs.queue(buildSync(otherTenant, integrationId, { inPipeline: true }));
        expect(await store.writeLinks(tenantId, integrationId, 1, [buildLink('s-1', id('a'))])).toBe(true);
      });

      it('are kept apart by tenant and integration', async () => {
        const elsewhere = newId('integration');
        await store.writeLinks(tenantId, integrationId, 1, [buildLink('s', id('a'))]);
        await store.writeLinks(tenantId, elsewhere, 1, [buildLink('s', id('a'), { presence: 'absent' })]);
        await store.writeLinks(otherTenant, integrationId, 1, [buildLink('s', id('z'))]);
        expect((await store.links(tenantId, integrationId, ['s'])).get('s')?.userId).toBe(id('a'));
        expect((await store.links(otherTenant, integrationId, ['s'])).get('s')?.userId).toBe(id('z'));
        const found = await store.linksOfUsers(tenantId, [id('a'), id('z')]);
        expect([...found.keys()]).toEqual([id('a')]);
        expect(found.get(id('a'))).toEqual(
          expect.arrayContaining([
            { ...buildLink('s', id('a')), integrationId },
            { ...buildLink('s', id('a'), { presence: 'absent' }), integrationId: elsewhere },
          ]),
        );
      });

      it('that are present come in order of source id, page by page', async () => {
        await store.writeLinks(tenantId, integrationId, 1, [
          buildLink('b', id('1')),
          buildLink('é', id('2')),
          buildLink('a', id('3'), { presence: 'absent' }),
          buildLink('Z', id('4')),
        ]);
        const first = await store.presentLinks(tenantId, integrationId, null, 2);
        expect(first).toEqual([
          { sourceId: 'Z', userId: id('4') },
          { sourceId: 'b', userId: id('1') },
        ]);
        expect(await store.presentLinks(tenantId, integrationId, 'b', 2)).toEqual([{ sourceId: 'é', userId: id('2') }]);
      });
    });

    describe('look-ups', () => {
      it('give versions of active users alone', async () => {
        await put(
          user('a'),
          user('b', { version: 4 }),
          user('c', { status: 'deactivated', deactivation: deactivation() }),
        );
        expect(await store.activeVersions(tenantId, [id('a'), id('b'), id('c'), id('d')])).toEqual(
          new Map([
            [id('a'), 1],
            [id('b'), 4],
          ]),
        );
      });

      it('find active holders of e-mail keys', async () => {
        await put(
          withEmail('a', 'Ä@Example.com'),
          withEmail('b', 'b@x.y', { status: 'deactivated', deactivation: deactivation() }),
        );
        expect(await store.byEmailKeys(tenantId, ['ä@example.com', 'b@x.y'])).toEqual(
          new Map([['ä@example.com', id('a')]]),
        );
      });

      it('find holders of employee ids: the active one, and those gone whose delay runs', async () => {
        const attributes = { fullName: 'x', employeeId: 'E7' };
        const gone = (anonymizeAfter: string) => ({
          status: 'deactivated' as const,
          deactivation: deactivation({ anonymizeAfter }),
        });
        await put(
          user('a', { attributes }),
          user('b', { attributes, ...gone('2026-01-10T00:00:00.001Z') }),
          user('c', { attributes, ...gone('2026-01-10T00:00:00.000Z') }),
        );
        expect(await store.byEmployeeIdKeys(tenantId, ['e7', 'e8'], now)).toEqual(
          new Map([['e7', [id('a'), id('b')]]]),
        );
      });

      it('count active users by owner, and users by status', async () => {
        const a = user('a', { owner: integrationId });
        await put(a, user('b', { owner: integrationId }), user('c'));
        expect(await store.countActiveOwned(tenantId, integrationId)).toBe(2);
        const other = newId('integration');
        await store.write(tenantId, [next(1, a, { owner: other })]);
        expect(await store.countActiveOwned(tenantId, integrationId)).toBe(1);
        expect(await store.countActiveOwned(tenantId, other)).toBe(1);
        expect(await store.countActiveOwned(otherTenant, other)).toBe(0);
        expect(await store.countByStatus(tenantId)).toEqual({ active: 3, deactivated: 0, anonymized: 0 });
        expect(await store.countByStatus(otherTenant)).toEqual({ active: 0, deactivated: 0, anonymized: 0 });
      });

      it('count who was removed by inference since an instant and is still gone', async () => {
        const gone = (reason: OutcomeReason, at: string): Partial<User> => ({
          owner: integrationId,
          status: 'deactivated',
          deactivation: deactivation({ reason, at }),
        });
        const returned = user('d', gone('outOfScope', '2026-01-06T00:00:00.000Z'));
        await put(
          user('a', gone('missingFromSnapshot', '2026-01-05T00:00:00.000Z')),
          user('b', gone('outOfScope', '2026-01-04T23:59:59.999Z')),
          user('c', gone('terminationDate', '2026-01-06T00:00:00.000Z')),
          returned,
        );
        const since = () => store.countInferredRemovalsSince(tenantId, integrationId, '2026-01-05T00:00:00.000Z');
        expect(await since()).toBe(2);
        await store.write(tenantId, [next(9, returned, { status: 'active', deactivation: null })]);
        expect(await since()).toBe(1);
        for (const { tenantId: of, userId } of await store.dueForAnonymisation('2026-02-01T00:00:00.000Z', 9)) {
          await store.anonymise(of, userId, '2026-02-01T00:00:00.000Z');
        }
        expect((await store.countByStatus(tenantId)).anonymized).toBeGreaterThan(0);
        expect(await since()).toBe(1);
      });

      it('list users in order of id, page by page, filtered', async () => {
        await put(
          withEmail('b', 'bea@example.com', {
            owner: integrationId,
            attributes: { fullName: 'Béa Weiß', email: 'bea@x.y' },
          }),
          withEmail('a', 'al@example.com'),
          user('c', { status: 'deactivated', deactivation: deactivation() }),
        );
        const list = async (...query: [Parameters<DirectoryStore['listUsers']>[1], UserId | null, number]) =>
          (await store.listUsers(tenantId, ...query)).map((one) => one.id);
        expect(await list({}, null, 2)).toEqual([id('a'), id('b')]);
        expect(await list({}, id('b'), 2)).toEqual([id('c')]);
        expect(await list({ status: 'deactivated' }, null, 9)).toEqual([id('c')]);
        expect(await list({ integrationId }, null, 9)).toEqual([id('b')]);
        expect(await list({ q: 'BÉA WEISS' }, null, 9)).toEqual([id('b')]);
        expect(await list({ q: 'AL@EX' }, null, 9)).toEqual([id('a')]);
        expect(await list({ q: '%' }, null, 9)).toEqual([]);
        expect(await list({ q: 'x.y', status: 'active' }, null, 9)).toEqual([id('b')]);
        expect(await list({ q: 'example', integrationId }, null, 9)).toEqual([]);
        expect(await store.listUsers(otherTenant, {}, null, 9)).toEqual([]);
      });
    });

    it('finds users by the name that they have, not by the one that they had', async () => {
      const named = (fullName: string, parts: Partial<User> = {}) =>
        user('a', { attributes: { fullName, email: 'a@x.y', employeeId: 'E7' }, ...parts });
      await put(named('Ada Lovelace'), user('b', { attributes: { fullName: 'Bob' } }));
      const a = (await store.user(tenantId, id('a')))!;
      const renamed = { ...a, version: 2, attributes: { ...a.attributes, fullName: 'Ada King' } };
      expect(await store.write(tenantId, [buildWrite(by, 9, renamed)])).toEqual([]);
      const found = async (q: string) => (await store.listUsers(tenantId, { q }, null, 9)).map((one) => one.id);
      expect(await found('lovelace')).toEqual([]);
      expect(await found('king')).toEqual([id('a')]);
      const texts = await store.searchTexts(tenantId, [id('a'), id('b'), id('nobody')]);
      expect([...texts.keys()].sort()).toEqual([id('a'), id('b')]);
      expect(texts.get(id('a'))?.split('\n')).toEqual(['ada king', 'a@x.y', 'e7']);
      expect(await store.searchTexts(otherTenant, [id('a')])).toEqual(new Map());
    });

    describe('finding users', () => {
      const gone = { status: 'deactivated' as const, deactivation: deactivation() };
      const known = (text: string, employeeId: string, parts: Partial<User> = {}) =>
        user(text, { attributes: { fullName: text, email: `${text}@x.y`, employeeId }, ...parts });
      const found = async (filter: UserListFilter, after: UserId | null = null, limit = 9) =>
        (await store.listUsers(tenantId, filter, after, limit)).map((one) => one.id);

      beforeEach(async () => {
        await put(
          known('a', 'E1'),
          known('b', 'E2', { owner: integrationId }),
          known('c', 'E1', { ...gone, attributes: { fullName: 'c', email: 'A@x.y', employeeId: 'E1' } }),
          known('d', 'E1', gone),
          known('e', 'E5', { ...gone, owner: integrationId }),
        );
        await store.anonymise(tenantId, id('d'), '2026-02-01T00:00:00.000Z');
      });

      it('by key, whatever their status, in order of id', async () => {
        expect(await found({ emailKey: 'a@x.y' })).toEqual([id('a'), id('c')]);
        expect(await found({ employeeIdKey: 'e1' })).toEqual([id('a'), id('c')]);
        expect(await found({ employeeIdKey: 'e1' }, id('a'))).toEqual([id('c')]);
        expect(await found({ employeeIdKey: 'e1' }, null, 1)).toEqual([id('a')]);
        expect(await found({ id: id('b') })).toEqual([id('b')]);
        expect(await found({ id: id('b') }, id('b'))).toEqual([]);
        expect(await found({ id: id('nobody') })).toEqual([]);
        expect(await store.listUsers(otherTenant, { emailKey: 'a@x.y' }, null, 9)).toEqual([]);
        expect(await store.listUsers(otherTenant, { id: id('a') }, null, 9)).toEqual([]);
      });

      it('by everything that is given', async () => {
        expect(await found({ emailKey: 'a@x.y', status: 'deactivated' })).toEqual([id('c')]);
        expect(await found({ emailKey: 'a@x.y', status: 'anonymized' })).toEqual([]);
        expect(await found({ emailKey: 'a@x.y', employeeIdKey: 'e2' })).toEqual([]);
        expect(await found({ employeeIdKey: 'e2', integrationId })).toEqual([id('b')]);
        expect(await found({ employeeIdKey: 'e1', integrationId })).toEqual([]);
        expect(await found({ employeeIdKey: 'e1', q: 'C' })).toEqual([id('c')]);
        expect(await found({ id: id('b'), status: 'deactivated' })).toEqual([]);
        expect(await found({ id: id('b'), emailKey: 'b@x.y' })).toEqual([id('b')]);
      });

      it('by status, page by page', async () => {
        expect(await found({ status: 'deactivated' })).toEqual([id('c'), id('e')]);
        expect(await found({ status: 'deactivated' }, id('c'))).toEqual([id('e')]);
        expect(await found({ status: 'deactivated', integrationId })).toEqual([id('e')]);
        expect(await found({ status: 'deactivated', q: 'c' })).toEqual([id('c')]);
        expect(await found({ status: 'anonymized' })).toEqual([id('d')]);
        expect(await found({ status: 'active' }, null, 1)).toEqual([id('a')]);
      });
    });

    describe('manager references', () => {
      const parked = { by: 'managerEmail', key: 'boss@example.com', userId: null } as const;

      it('that are parked come in order of id, page by page', async () => {
        await put(user('b', { manager: parked }), user('a', { manager: parked, owner: integrationId }), user('c'));
        expect(await store.parkedReferences(tenantId, null, 1)).toEqual([
          { userId: id('a'), owner: integrationId, reference: parked },
        ]);
        expect(await store.parkedReferences(tenantId, id('a'), 9)).toEqual([
          { userId: id('b'), owner: null, reference: parked },
        ]);
        expect(await store.parkedReferences(otherTenant, null, 9)).toEqual([]);
      });

      it('are resolved if they are still the same, and the version stays', async () => {
        await put(user('a', { manager: parked }), user('b', { manager: { ...parked, key: 'other@example.com' } }));
        await store.resolveReferences(tenantId, [
          { userId: id('a'), reference: parked, managerId: id('boss') },
          { userId: id('b'), reference: parked, managerId: id('boss') },
        ]);
        expect(await store.user(tenantId, id('a'))).toMatchObject({
          version: 1,
          manager: { ...parked, userId: id('boss') },
        });
        expect((await store.parkedReferences(tenantId, null, 9)).map((one) => one.userId)).toEqual([id('b')]);
      });
    });

    describe('anonymising', () => {
      const gone = (text: string, anonymizeAfter: string, email: string) =>
        withEmail(text, email, { status: 'deactivated', deactivation: deactivation({ anonymizeAfter }) });

      it('finds whose delay is over, of all tenants', async () => {
        await put(gone('a', now, 'a@x.y'), gone('b', '2026-01-10T00:00:00.001Z', 'b@x.y'), withEmail('c', 'c@x.y'));
        const other = buildUser(otherTenant, id('z'), {
          status: 'deactivated',
          deactivation: deactivation({ anonymizeAfter: '2026-01-09T00:00:00.000Z' }),
        });
        await store.write(otherTenant, [buildWrite(by, 0, other)]);
        expect(await store.dueForAnonymisation(now, 9)).toEqual([
          { tenantId: otherTenant, userId: id('z') },
          { tenantId, userId: id('a') },
        ]);
        expect(await store.dueForAnonymisation(now, 1)).toHaveLength(1);
      });

      it('empties the user and frees links and keys; the row stays, and so do references to it', async () => {
        await put(
          gone('a', now, 'a@x.y'),
          user('b', { manager: { by: 'managerEmail', key: 'a@x.y', userId: id('a') } }),
        );
        await store.writeLinks(tenantId, integrationId, 1, [buildLink('s-1', id('a'))]);
        expect(await store.anonymise(tenantId, id('a'), now)).toBe(true);
        expect(await store.user(tenantId, id('a'))).toMatchObject({
          status: 'anonymized',
          attributes: {},
          updatedAt: now,
        });
        expect((await store.links(tenantId, integrationId, ['s-1'])).size).toBe(0);
        expect((await store.user(tenantId, id('b')))?.manager?.userId).toBe(id('a'));
        expect(await store.countByStatus(tenantId)).toEqual({ active: 1, deactivated: 0, anonymized: 1 });
        expect(await store.listUsers(tenantId, { q: 'a@x.y' }, null, 9)).toEqual([]);
        expect(await store.dueForAnonymisation(now, 9)).toEqual([]);
        await put(withEmail('c', 'a@x.y'));
      });

      it('leaves whoever is not due, is back or is unknown', async () => {
        await put(gone('a', '2026-01-10T00:00:00.001Z', 'a@x.y'), withEmail('b', 'b@x.y'));
        expect(await store.anonymise(tenantId, id('a'), now)).toBe(false);
        expect(await store.anonymise(tenantId, id('b'), now)).toBe(false);
        expect(await store.anonymise(tenantId, id('nobody'), now)).toBe(false);
        expect(await store.user(tenantId, id('a'))).toMatchObject({ attributes: { email: 'a@x.y' } });
      });

      it('makes a plan drift that was made before', async () => {
        const leaver = gone('a', now, 'a@x.y');
        await put(leaver);
        await store.anonymise(tenantId, id('a'), now);
        expect(await store.write(tenantId, [next(1, leaver, { status: 'active', deactivation: null })])).toEqual([
          { seq: 1, cause: 'version' },
        ]);
      });
    });

    it('keeps counts and unique keys true, whatever is written in which order', async () => {
      const step = fc.record({
        who: fc.integer({ min: 0, max: 4 }),
        email: fc.constantFrom(null, 'a@x.y', 'b@x.y', 'c@x.y'),
        status: fc.constantFrom('active' as const, 'deactivated' as const),
        owned: fc.boolean(),
        together: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
          const tenant = newId('tenant');
          let seq = 0;
          for (const one of steps) {
            const present = await store.user(tenant, id(String(one.who)));
            seq += 1;
            const written = buildUser(tenant, id(String(one.who)), {
              version: (present?.version ?? 0) + 1,
              status: one.status,
              owner: one.owned ? integrationId : null,
              attributes: { fullName: 'x', email: one.email },
              deactivation: one.status === 'active' ? null : deactivation(),
            });
            const write = buildWrite(by, seq, written, { expectedVersion: present?.version ?? null });
            await (one.together ? store.writeTransfer(tenant, [write]) : store.write(tenant, [write]));
          }
          const all = await store.listUsers(tenant, {}, null, 99);
          const active = all.filter((one) => one.status === 'active');
          expect(await store.countActiveOwned(tenant, integrationId)).toBe(
            active.filter((one) => one.owner === integrationId).length,
          );
          expect(await store.countByStatus(tenant)).toEqual({
            active: active.length,
            deactivated: all.length - active.length,
            anonymized: 0,
          });
          const emails = active.map((one) => one.attributes['email']).filter((one) => one !== null);
          expect(new Set(emails).size).toBe(emails.length);
        }),
        { numRuns: 60 },
      );
    });
  });
}
