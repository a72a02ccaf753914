import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type IntegrationId,
  type IntegrationRequest,
  type IntegrationRequestId,
  type IntegrationRequestState,
  type IntegrationRequestStore,
  type TenantId,
  withStep,
} from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';
import { buildIntegrationRequest } from './integration-request-builders.js';

const acme = 'ten_acme' as TenantId;
const globex = 'ten_globex' as TenantId;

function buildRequest(id: string, parts: Partial<IntegrationRequest> = {}): IntegrationRequest {
  return buildIntegrationRequest(id, { tenantId: acme, ...parts });
}

function moved(request: IntegrationRequest, state: IntegrationRequestState): IntegrationRequest {
  return withStep(request, { state, at: '2026-01-02T12:00:00.000Z', by: 'key:key_2', comment: 'so be it' });
}

export function describeIntegrationRequestStoreContract(
  name: string,
  factory: ContractFactory<IntegrationRequestStore>,
): void {
  describe(`${name}: integration request store contract`, () => {
    let subject: ContractSubject<IntegrationRequestStore>;
    let store: IntegrationRequestStore;

    beforeEach(async () => {
      subject = await factory();
      store = subject.port;
    });
    afterEach(() => subject.dispose());

    it('keeps a request over a restart, as it was made', async () => {
      await store.create(buildRequest('req_1'));
      const again = await subject.reopen();
      expect(await again.request(acme, 'req_1' as IntegrationRequestId)).toEqual(buildRequest('req_1'));
    });

    it('gives null for an unknown id and for another tenant’s', async () => {
      await store.create(buildRequest('req_1'));
      expect(await store.request(globex, 'req_1' as IntegrationRequestId)).toBeNull();
      expect(await store.request(acme, 'req_2' as IntegrationRequestId)).toBeNull();
    });

    it('lists a tenant’s requests, newest first, page by page', async () => {
      await store.create(buildRequest('req_b', { createdAt: '2026-01-02T00:00:00.000Z' }));
      await store.create(buildRequest('req_a', { createdAt: '2026-01-03T00:00:00.000Z' }));
      await store.create(buildRequest('req_d', { createdAt: '2026-01-02T00:00:00.000Z' }));
      await store.create(buildRequest('req_c', { createdAt: '2026-01-01T00:00:00.000Z' }));
      await store.create(buildRequest('req_x', { tenantId: globex }));
      const ids: string[] = [];
      for (let after: IntegrationRequestId | null = null; ;) {
        const page: IntegrationRequest[] = await store.requests(acme, {}, after, 3);
        ids.push(...page.map(({ id }) => id));
        after = page.at(-1)?.id ?? null;
        if (page.length < 3) break;
      }
      expect(ids).toEqual(['req_a', 'req_d', 'req_b', 'req_c']);
      expect(await store.requests(acme, {}, 'req_x' as IntegrationRequestId, 3)).toEqual([]);
    });

    it('lists those of one state only', async () => {
      await store.create(buildRequest('req_1'));
      await store.create(moved(buildRequest('req_2'), 'scoped'));
      const listed = await store.requests(acme, { state: 'scoped' }, null, 10);
      expect(listed.map(({ id }) => id)).toEqual(['req_2']);
    });

    it('writes a change with the next revision, once', async () => {
      const request = buildRequest('req_1');
      await store.create(request);
      const scoped = moved(request, 'scoped');
      expect(await store.update(scoped)).toBe('updated');
      expect(await store.update(moved(request, 'declined'))).toBe('stale');
      expect(await store.request(acme, request.id)).toEqual({ ...scoped, revision: 2 });
      expect(await store.update(buildRequest('req_2'))).toBe('unknown');
      expect(await store.update({ ...scoped, tenantId: globex })).toBe('unknown');
    });

    it('lets one of two changes of the same revision through', async () => {
      const request = buildRequest('req_1');
      await store.create(request);
      const results = await Promise.all([
        store.update(moved(request, 'scoped')),
        store.update(moved(request, 'declined')),
      ]);
      expect(results.toSorted()).toEqual(['stale', 'updated']);
    });

    it('finds the deployed ones of all tenants, page by page', async () => {
      const deployed = (id: string, tenantId: TenantId) => ({
        ...moved(moved(buildRequest(id, { tenantId }), 'scoped'), 'deployed'),
        integrationId: 'int_1' as IntegrationId,
      });
      await store.create(deployed('req_2', globex));
      await store.create(deployed('req_3', acme));
      await store.create(deployed('req_1', acme));
      await store.create(buildRequest('req_4'));
      const first = await store.deployed(null, 2);
      expect(first.map(({ id }) => id)).toEqual(['req_1', 'req_3']);
      expect(await store.deployed(first[1] ?? null, 2)).toEqual([deployed('req_2', globex)]);
      await store.update(moved(first[0]!, 'live'));
      expect((await store.deployed(null, 9)).map(({ id }) => id)).toEqual(['req_3', 'req_2']);
    });
  });
}
