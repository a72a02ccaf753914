import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  newId,
  packScimBody,
  type ScimRequestFilter,
  type ScimRequestLog,
  type ScimRequestToAdd,
  type ScimScope,
  type SyncId,
  unpackScimBody,
} from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';

const first = 'syn_1' as SyncId;
const second = 'syn_2' as SyncId;

function entry(no: number, parts: Partial<ScimRequestToAdd> = {}): ScimRequestToAdd {
  return {
    id: `r${String(no).padStart(3, '0')}`,
    at: `2026-01-02T12:00:${String(no).padStart(2, '0')}.000Z`,
    client: { tokenId: newId('scimToken'), label: 'Okta' },
    method: 'POST',
    path: '/Users',
    status: 201,
    detail: null,
    resourceId: null,
    bulk: null,
    body: null,
    isWrite: true,
    syncId: null,
    ...parts,
  };
}

export function describeScimRequestLogContract(name: string, factory: ContractFactory<ScimRequestLog>): void {
  describe(`${name}: SCIM request log contract`, () => {
    let subject: ContractSubject<ScimRequestLog>;
    let log: ScimRequestLog;
    const scope: ScimScope = { tenantId: newId('tenant'), integrationId: newId('integration') };
    const other: ScimScope = { ...scope, integrationId: newId('integration') };

    beforeEach(async () => {
      subject = await factory();
      log = subject.port;
    });
    afterEach(() => subject.dispose());

    const numbers = async (page: { before?: number; limit?: number } & ScimRequestFilter = {}, of = scope) => {
      const { before, limit = 100, ...filter } = page;
      const found = await log.list(of, { before: before === undefined ? null : entry(before).id, limit, ...filter });
      return found.map(({ id }) => Number(id.slice(1)));
    };
    const syncs = async (of = scope) => (await log.list(of, { before: null, limit: 100 })).map(({ syncId }) => syncId);

    it('keeps an entry as it was added, over a restart too', async () => {
      const refused = entry(2, { client: null, status: 401, detail: 'Send a token.', isWrite: false });
      const made = { resourceId: 'scm_1', bulk: 'r001' };
      const added = [entry(1), refused, entry(3, made)];
      await log.add(scope, added);
      log = await subject.reopen();
      const bare = added.map(({ body: _body, ...rest }) => rest);
      expect(await log.list(scope, { before: null, limit: 10 })).toEqual(bare.toReversed());
      for (const one of added) expect(await log.find(scope, one.id)).toEqual(one);
    });

    it('gives one with its body, which no list has', async () => {
      const body = packScimBody('{"userName":"ana"}');
      const left = { packed: null, bytes: 9, note: 'unreadable' } as const;
      await log.add(scope, [entry(1, { body }), entry(2, { body: left }), entry(3)]);
      log = await subject.reopen();
      const found = await log.find(scope, entry(1).id);
      expect({ ...found?.body, packed: null }).toEqual({ packed: null, bytes: 18, note: null });
      expect(unpackScimBody(found!.body!.packed!)).toBe('{"userName":"ana"}');
      expect((await log.find(scope, entry(2).id))?.body).toEqual(left);
      expect((await log.find(scope, entry(3).id))?.body).toBeNull();
      expect(await log.find(scope, entry(4).id)).toBeNull();
      expect(await log.find(other, entry(1).id)).toBeNull();
      for (const one of await log.list(scope, { before: null, limit: 10 })) expect(one).not.toHaveProperty('body');
    });

    it('lists what was about one user or group, and what became of that in a sync or by an instant', async () => {
      const of = (resourceId: string, rest: Partial<ScimRequestToAdd> = {}) => ({ resourceId, ...rest });
      await log.add(scope, [
        entry(1, of('scm_a')),
        entry(2, of('scm_b')),
        entry(3, of('scm_a', { status: 409, isWrite: false })),
        entry(4, of('scm_a', { method: 'GET', status: 200, isWrite: false })),
      ]);
      await log.add(other, [entry(5, of('scm_a'))]);
      await log.attribute(scope, first);
      await log.add(scope, [entry(6, of('scm_a')), entry(7)]);
      await log.attribute(scope, second);
      expect(await numbers({ resourceId: 'scm_a' })).toEqual([6, 4, 3, 1]);
      expect(await numbers({ resourceId: 'scm_a', limit: 1, before: 6 })).toEqual([4]);
      expect(await numbers({ resourceId: 'scm_a', refused: true })).toEqual([3]);
      expect(await numbers({ resourceId: 'scm_c' })).toEqual([]);
      expect(await numbers({ resourceId: 'scm_a' }, other)).toEqual([5]);
      expect(await numbers({ resourceId: 'scm_a', syncId: first })).toEqual([1]);
      expect(await numbers({ syncId: second })).toEqual([7, 6]);
      expect(await numbers({ resourceId: 'scm_a', writtenUntil: entry(6).at })).toEqual([6, 1]);
      expect(await numbers({ resourceId: 'scm_a', writtenUntil: entry(5).at })).toEqual([1]);
    });

    it('lists newest first, page by page, all or those refused, each integration’s apart', async () => {
      for (let no = 1; no <= 6; no += 1) await log.add(scope, [entry(no, { status: no % 2 === 0 ? 409 : 201 })]);
      await log.add(other, [entry(7)]);
      expect(await numbers({ limit: 4 })).toEqual([6, 5, 4, 3]);
      expect(await numbers({ before: 3, limit: 4 })).toEqual([2, 1]);
      expect(await numbers({ refused: true, limit: 2 })).toEqual([6, 4]);
      expect(await numbers({ refused: true, before: 4 })).toEqual([2]);
      expect(await numbers({}, other)).toEqual([7]);
    });

    it('names in each write the first sync after it', async () => {
      await log.add(scope, [entry(1)]);
      await log.add(scope, [entry(2, { method: 'GET', isWrite: false })]);
      await log.add(other, [entry(3)]);
      await log.attribute(scope, first);
      await log.add(scope, [entry(4)]);
      await log.attribute(scope, second);
      expect(await syncs()).toEqual([second, null, first]);
      expect(await syncs(other)).toEqual([null]);
    });

    it('forgets what is old, some at a time, and what is more than it keeps of an integration', async () => {
      for (let no = 1; no <= 9; no += 1) await log.add(scope, [entry(no)]);
      await log.add(other, [entry(1)]);
      expect(await log.deleteBefore(entry(4).at, 2)).toBe(2);
      expect(await log.deleteBefore(entry(4).at, 9)).toBe(2);
      expect(await log.deleteBefore(entry(4).at, 9)).toBe(0);
      await log.add(other, [entry(5)]);
      await log.trim(4);
      expect(await numbers()).toEqual([9, 8, 7, 6]);
      expect(await numbers({}, other)).toEqual([5]);
    });
  });
}
