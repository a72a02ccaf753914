import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IntegrationId, TenantId, Webhook, WebhookId, WebhookStore } from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';

const acme = 'ten_acme' as TenantId;
const globex = 'ten_globex' as TenantId;

function buildWebhook(id: string, parts: Partial<Webhook> = {}): Webhook {
  return {
    id: id as WebhookId,
    tenantId: acme,
    integrationId: null,
    url: 'https://hooks.acme.example/muster',
    createdAt: '2026-01-01T00:00:00.000Z',
    ...parts,
  };
}

export function describeWebhookStoreContract(name: string, factory: ContractFactory<WebhookStore>): void {
  describe(`${name}: webhook store contract`, () => {
    let subject: ContractSubject<WebhookStore>;
    let store: WebhookStore;

    beforeEach(async () => {
      subject = await factory();
      store = subject.port;
    });
    afterEach(() => subject.dispose());

    it('lists a tenant’s webhooks, oldest first, without their secrets', async () => {
      const later = buildWebhook('whk_1', {
        createdAt: '2026-01-02T00:00:00.000Z',
        integrationId: 'int_1' as IntegrationId,
      });
      await store.create(later, 'sealed');
      await store.create(buildWebhook('whk_2'), 'sealed');
      await store.create(buildWebhook('whk_3', { tenantId: globex }), 'sealed');
      expect(await store.webhooks(acme)).toEqual([buildWebhook('whk_2'), later]);
    });

    it('keeps the sealed secret over a restart, and gives it to its tenant alone', async () => {
      await store.create(buildWebhook('whk_1'), 'sealed');
      const again = await subject.reopen();
      const id = 'whk_1' as WebhookId;
      expect(await again.withSecret(acme, id)).toEqual({ webhook: buildWebhook('whk_1'), sealedSecret: 'sealed' });
      expect(await again.withSecret(globex, id)).toBeNull();
      expect(await again.withSecret(acme, 'whk_2' as WebhookId)).toBeNull();
    });

    it('deletes one, once, and no other tenant’s', async () => {
      await store.create(buildWebhook('whk_1'), 'sealed');
      const id = 'whk_1' as WebhookId;
      expect(await store.delete(globex, id)).toBe(false);
      expect(await store.delete(acme, id)).toBe(true);
      expect(await store.delete(acme, id)).toBe(false);
      expect(await store.webhooks(acme)).toEqual([]);
    });
  });
}
