import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId, type ScimRequestEntry, type ScimRequestLog, type ScimScope, type SyncId } from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';

const first = 'syn_1' as SyncId;
const second = 'syn_2' as SyncId;

function entry(no: number, parts: Partial<ScimRequestEntry> = {}): ScimRequestEntry {
  return {
    id: `r${String(no).padStart(3, '0')}`,
    at: `2026-01-02T12:00:${String(no).padStart(2, '0')}.000Z`,
    client: { tokenId: newId('scimToken'), label: 'Okta' },
    method: 'POST',
    path: '/Users',
    status: 201,
    detail: null,
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

    const numbers = async (page: { before?: number; limit?: number; refused?: boolean } = {}, of = scope) => {
      const { before, limit = 100, refused = false } = page;
      const found = await log.list(of, { before: before === undefined ? null : entry(before).id, limit, refused });
      return found.map(({ id }) => Number(id.slice(1)));
    };
    const syncs = async (of = scope) =>
      (await log.list(of, { before: null, limit: 100, refused: false })).map(({ syncId }) => syncId);

    it('keeps an entry as it was added, over a restart too', async () => {
      const refused = entry(2, { client: null, status: 401, detail: 'Send a token.', isWrite: false });
      const added = [entry(1), refused];
      for (const one of added) await log.add(scope, one);
      log = await subject.reopen();
      expect(await log.list(scope, { before: null, limit: 10, refused: false })).toEqual(added.toReversed());
    });

    it('lists newest first, page by page, all or those refused, each integration’s apart', async () => {
      for (let no = 1; no <= 6; no += 1) await log.add(scope, entry(no, { status: no % 2 === 0 ? 409 : 201 }));
      await log.add(other, entry(7));
      expect(await numbers({ limit: 4 })).toEqual([6, 5, 4, 3]);
      expect(await numbers({ before: 3, limit: 4 })).toEqual([2, 1]);
      expect(await numbers({ refused: true, limit: 2 })).toEqual([6, 4]);
      expect(await numbers({ refused: true, before: 4 })).toEqual([2]);
      expect(await numbers({}, other)).toEqual([7]);
    });

    it('names in each write the first sync after it', async () => {
      await log.add(scope, entry(1));
      await log.add(scope, entry(2, { method: 'GET', isWrite: false }));
      await log.add(other, entry(3));
      await log.attribute(scope, first);
      await log.add(scope, entry(4));
      await log.attribute(scope, second);
      expect(await syncs()).toEqual([second, null, first]);
      expect(await syncs(other)).toEqual([null]);
    });

    it('forgets what is old, some at a time, and what is more than it keeps of an integration', async () => {
      for (let no = 1; no <= 9; no += 1) await log.add(scope, entry(no));
      await log.add(other, entry(1));
      expect(await log.deleteBefore(entry(4).at, 2)).toBe(2);
      expect(await log.deleteBefore(entry(4).at, 9)).toBe(2);
      expect(await log.deleteBefore(entry(4).at, 9)).toBe(0);
      await log.add(other, entry(5));
      await log.trim(4);
      expect(await numbers()).toEqual([9, 8, 7, 6]);
      expect(await numbers({}, other)).toEqual([5]);
    });
  });
}
