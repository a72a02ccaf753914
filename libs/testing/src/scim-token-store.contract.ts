import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentHash, newId, type ScimScope, type ScimToken, type ScimTokenStore } from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';

const noon = '2026-01-02T12:00:00.000Z';
const later = '2026-01-02T13:00:00.000Z';

export function describeScimTokenStoreContract(name: string, factory: ContractFactory<ScimTokenStore>): void {
  describe(`${name}: SCIM token store contract`, () => {
    let subject: ContractSubject<ScimTokenStore>;
    let store: ScimTokenStore;
    const scope: ScimScope = { tenantId: newId('tenant'), integrationId: newId('integration') };

    beforeEach(async () => {
      subject = await factory();
      store = subject.port;
    });
    afterEach(() => subject.dispose());

    function token(text: string, change: Partial<ScimToken> = {}): ScimToken {
      const hash = contentHash(text);
      return { ...scope, id: newId('scimToken'), label: text, hash, createdAt: noon, lastUsedAt: null, ...change };
    }

    it('knows a token by its hash, over a restart too', async () => {
      const made = token('one');
      expect(await store.create(made)).toBe('created');
      const again = await subject.reopen();
      expect(await again.byHash(made.hash)).toEqual(made);
      expect(await again.byHash(contentHash('other'))).toBeNull();
    });

    it('lets an integration have two, oldest first, and a third when one is gone', async () => {
      const [one, two, three] = [token('one', { createdAt: later }), token('two'), token('three')];
      expect(await store.create(one)).toBe('created');
      expect(await store.create(two)).toBe('created');
      expect(await store.create(three)).toBe('full');
      expect(await store.list(scope)).toEqual([two, one]);
      expect(await store.delete(scope, one.id)).toBe(true);
      expect(await store.byHash(one.hash)).toBeNull();
      expect(await store.create(three)).toBe('created');
    });

    it('lets no more in than it may have when many come at once', async () => {
      const made = await Promise.all(Array.from({ length: 6 }, (_, index) => store.create(token(String(index)))));
      expect(made.toSorted()).toEqual(['created', 'created', 'full', 'full', 'full', 'full']);
      expect(await store.list(scope)).toHaveLength(2);
    });

    it('keeps the tokens of integrations and tenants apart', async () => {
      const made = token('one');
      await store.create(made);
      for (const of of [
        { ...scope, tenantId: newId('tenant') },
        { ...scope, integrationId: newId('integration') },
      ]) {
        expect(await store.list(of)).toEqual([]);
        expect(await store.delete(of, made.id)).toBe(false);
      }
      expect(await store.list(scope)).toEqual([made]);
    });

    it('notes the last use, and never an earlier one', async () => {
      const made = token('one');
      await store.create(made);
      await store.noteUse(made, later);
      await store.noteUse(made, noon);
      expect(await store.list(scope)).toEqual([{ ...made, lastUsedAt: later }]);
      await store.delete(scope, made.id);
      await store.noteUse(made, later);
      expect(await store.list(scope)).toEqual([]);
    });
  });
}
