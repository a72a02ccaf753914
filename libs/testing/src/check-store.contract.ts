import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckStore, ConnectionCheck, IntegrationId, TenantId } from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';

const acme = 'ten_acme' as TenantId;
const globex = 'ten_globex' as TenantId;

function check(change: Partial<ConnectionCheck> = {}): ConnectionCheck {
  return {
    id: 'chk_1',
    tenantId: acme,
    integrationId: 'int_1' as IntegrationId,
    requestedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: null,
    steps: [],
    ...change,
  };
}

const answered = {
  finishedAt: '2026-01-01T00:00:05.000Z',
  steps: [
    { step: 'dns' as const, ok: true, message: 'The host name has an address.' },
    { step: 'sample' as const, ok: false, message: 'People have no id.', fields: ['name', 'mail'], moreFields: 3 },
  ],
};

export function describeCheckStoreContract(name: string, factory: ContractFactory<CheckStore>): void {
  describe(`${name}: check store contract`, () => {
    let subject: ContractSubject<CheckStore>;
    let checks: CheckStore;

    beforeEach(async () => {
      subject = await factory();
      checks = subject.port;
    });
    afterEach(() => subject.dispose());

    it('shows a requested check as unanswered', async () => {
      await checks.request(check());
      expect(await checks.check(acme, 'chk_1')).toEqual(check());
    });

    it('lists unanswered checks of all tenants, oldest first, no more than asked for', async () => {
      await checks.request(check({ id: 'b', requestedAt: '2026-01-02T00:00:00.000Z' }));
      await checks.request(check({ id: 'c', requestedAt: '2026-01-03T00:00:00.000Z' }));
      await checks.request(check({ id: 'a', tenantId: globex }));
      expect((await checks.pending(2)).map(({ id, tenantId }) => [tenantId, id])).toEqual([
        [globex, 'a'],
        [acme, 'b'],
      ]);
    });

    it('shows the answer, and the check is pending no more', async () => {
      await checks.request(check());
      await checks.answer(check(answered));
      expect(await checks.check(acme, 'chk_1')).toEqual(check(answered));
      expect(await checks.pending(10)).toEqual([]);
    });

    it('gives null for an unknown check', async () => {
      expect(await checks.check(acme, 'chk_1')).toBeNull();
    });

    it('keeps tenants apart that use the same id', async () => {
      await checks.request(check());
      expect(await checks.check(globex, 'chk_1')).toBeNull();
      await checks.request(check({ tenantId: globex }));
      await checks.answer(check({ tenantId: globex, ...answered }));
      expect(await checks.check(acme, 'chk_1')).toEqual(check());
    });

    it('deletes answered checks requested before an instant, and no others', async () => {
      await checks.request(check({ id: 'old' }));
      await checks.answer(check({ id: 'old', ...answered }));
      await checks.request(check({ id: 'waiting' }));
      await checks.request(check({ id: 'new', requestedAt: '2026-01-02T00:00:00.000Z' }));
      await checks.answer(check({ id: 'new', requestedAt: '2026-01-02T00:00:00.000Z', ...answered }));
      await checks.deleteBefore('2026-01-02T00:00:00.000Z');
      expect(await checks.check(acme, 'old')).toBeNull();
      expect(await checks.check(acme, 'waiting')).not.toBeNull();
      expect(await checks.check(acme, 'new')).not.toBeNull();
    });

    it('keeps requests over a restart', async () => {
      await checks.request(check());
      const again = await subject.reopen();
      expect(await again.pending(10)).toEqual([check()]);
    });
  });
}
