import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSafeguardLimits, newId, standardAttributes } from '#core';
import type {
  ApiKey,
  ApiKeyId,
  AttributeDefinition,
  AuditEntry,
  AuditFilter,
  Integration,
  IntegrationId,
  MappingVersion,
  PageRequest,
  SettingsStore,
  Tenant,
  TenantId,
} from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';

const acme = 'ten_acme' as TenantId;
const globex = 'ten_globex' as TenantId;
const hr = 'int_hr' as IntegrationId;
const at = '2026-01-01T00:00:00.000Z';
const everything = { after: null, limit: 100 };

function tenant(change: Partial<Tenant> = {}): Tenant {
  return {
    id: acme,
    name: 'Acme',
    timeZone: 'Europe/Zurich',
    deprovisioningDelayDays: 7,
    contacts: ['hr@acme.example'],
    revision: 1,
    attributesRevision: 1,
    createdAt: at,
    ...change,
  };
}

function apiKey(change: Partial<ApiKey> = {}): ApiKey {
  return {
    id: 'key_1' as ApiKeyId,
    tenantId: acme,
    role: 'admin',
    label: 'CI',
    hash: 'hash-1',
    createdAt: at,
    ...change,
  };
}

function integration(change: Partial<Integration> = {}): Integration {
  return {
    id: hr,
    tenantId: acme,
    name: 'HR',
    connectorId: 'acme-hr',
    config: { baseUrl: 'https://hr.example', nested: { pageSize: 500, flags: [true, null] } },
    enabled: true,
    precedence: 'primary',
    standing: 'observe',
    onLeavingScope: 'deprovision',
    contacts: [],
    safeguards: { ...defaultSafeguardLimits },
    rateBudget: null,
    schedule: null,
    paused: null,
    activeMappingVersion: null,
    revision: 1,
    createdAt: at,
    ...change,
  };
}

function mapping(change: Partial<MappingVersion> = {}): Omit<MappingVersion, 'version'> {
  return {
    tenantId: acme,
    integrationId: hr,
    definition: {
      identity: 'connector',
      attributes: { fullName: 'name', 'custom.team': 'org.team' },
      scope: null,
      restricted: { expression: 'contingent', onMissing: 'keep' },
    },
    createdAt: at,
    createdBy: 'key_1',
    ...change,
  };
}

function attribute(change: Partial<AttributeDefinition> = {}): AttributeDefinition {
  return {
    name: 'custom.team',
    label: 'Team',
    type: 'string',
    required: false,
    whenBlank: 'keep',
    excludeFromCsvExport: true,
    standard: false,
    ...change,
  };
}

function audit(change: Partial<AuditEntry> = {}): AuditEntry {
  return { tenantId: acme, at, by: 'key_1', action: 'mapping.activated', subject: hr, detail: 'version 1', ...change };
}

export function describeSettingsStoreContract(name: string, factory: ContractFactory<SettingsStore>): void {
  describe(`${name}: settings store contract`, () => {
    let subject: ContractSubject<SettingsStore>;
    let settings: SettingsStore;

    beforeEach(async () => {
      subject = await factory();
      settings = subject.port;
    });
    afterEach(() => subject.dispose());

    describe('tenants', () => {
      it('gives a tenant back as it was created, null for an unknown one', async () => {
        await settings.createTenant(tenant());
        expect(await settings.tenant(acme)).toEqual(tenant());
        expect(await settings.tenant(globex)).toBeNull();
      });

      it('refuses a second tenant of the same id', async () => {
        await settings.createTenant(tenant());
        await expect(settings.createTenant(tenant({ name: 'Other' }))).rejects.toThrow();
        expect(await settings.tenant(acme)).toEqual(tenant());
      });

      it('lists tenants in a stable order, page by page', async () => {
        for (const id of ['ten_c', 'ten_a', 'ten_b'] as TenantId[]) await settings.createTenant(tenant({ id }));
        const page = await settings.tenants({ after: null, limit: 2 });
        const rest = await settings.tenants({ after: page.at(-1)?.id ?? null, limit: 2 });
        expect([...page, ...rest].map(({ id }) => id)).toEqual(['ten_a', 'ten_b', 'ten_c']);
        expect(rest).toHaveLength(1);
      });

      it('replaces name, time zone and delay, and nothing else', async () => {
        await settings.createTenant(tenant());
        const change = { name: 'Acme AG', timeZone: 'Asia/Tokyo', deprovisioningDelayDays: 30 };
        const others = { attributesRevision: 99, createdAt: '2030-01-01T00:00:00.000Z' };
        expect(await settings.updateTenant(tenant({ ...change, ...others }))).toBe('updated');
        expect(await settings.tenant(acme)).toEqual(tenant({ ...change, revision: 2 }));
      });

      it('updates only what was seen: of many at once, one wins', async () => {
        await settings.createTenant(tenant());
        const names = ['a', 'b', 'c', 'd', 'e'];
        const results = await Promise.all(names.map((name) => settings.updateTenant(tenant({ name }))));
        expect(results.toSorted()).toEqual(['stale', 'stale', 'stale', 'stale', 'updated']);
        const name = names[results.indexOf('updated')];
        expect(await settings.tenant(acme)).toMatchObject({ name, revision: 2 });
        expect(await settings.updateTenant(tenant({ name: 'f', revision: 2 }))).toBe('updated');
        expect(await settings.updateTenant(tenant({ name: 'g', revision: 2 }))).toBe('stale');
        expect(await settings.tenant(acme)).toMatchObject({ name: 'f', revision: 3 });
      });

      it('says so to an update of an unknown tenant', async () => {
        expect(await settings.updateTenant(tenant())).toBe('unknown');
        expect(await settings.tenant(acme)).toBeNull();
      });
    });

    describe('API keys', () => {
      it('finds a key by its hash, whatever its tenant', async () => {
        await settings.createApiKey(apiKey());
        await settings.createApiKey(
          apiKey({ id: 'key_2' as ApiKeyId, tenantId: null, role: 'operator', hash: 'hash-2' }),
        );
        expect(await settings.apiKeyByHash('hash-1')).toEqual(apiKey());
        expect(await settings.apiKeyByHash('hash-2')).toMatchObject({ tenantId: null, role: 'operator' });
        expect(await settings.apiKeyByHash('hash-3')).toBeNull();
      });

      it('lists the keys of one tenant, or the operators’, page by page', async () => {
        for (const id of ['key_c', 'key_a', 'key_b'] as ApiKeyId[])
          await settings.createApiKey(apiKey({ id, hash: id }));
        await settings.createApiKey(apiKey({ id: 'key_o' as ApiKeyId, tenantId: null, hash: 'o' }));
        await settings.createApiKey(apiKey({ id: 'key_g' as ApiKeyId, tenantId: globex, hash: 'g' }));
        const page = await settings.apiKeys(acme, { after: null, limit: 2 });
        const rest = await settings.apiKeys(acme, { after: page.at(-1)?.id ?? null, limit: 2 });
        expect([...page, ...rest].map(({ id }) => id)).toEqual(['key_a', 'key_b', 'key_c']);
        expect((await settings.apiKeys(null, everything)).map(({ id }) => id)).toEqual(['key_o']);
      });

      it('deletes a key of that tenant only', async () => {
        await settings.createApiKey(apiKey());
        expect(await settings.deleteApiKey(globex, apiKey().id)).toBe(false);
        expect(await settings.deleteApiKey(null, apiKey().id)).toBe(false);
        expect(await settings.apiKeyByHash('hash-1')).not.toBeNull();
        expect(await settings.deleteApiKey(acme, apiKey().id)).toBe(true);
        expect(await settings.apiKeyByHash('hash-1')).toBeNull();
        expect(await settings.deleteApiKey(acme, apiKey().id)).toBe(false);
      });

      it('deletes an operator’s key under no tenant', async () => {
        await settings.createApiKey(apiKey({ tenantId: null, role: 'operator' }));
        expect(await settings.deleteApiKey(acme, apiKey().id)).toBe(false);
        expect(await settings.deleteApiKey(null, apiKey().id)).toBe(true);
      });
    });

    describe('attributes', () => {
      beforeEach(async () => {
        await settings.createTenant(tenant());
      });

      it('gives a new tenant the standard ones, by name', async () => {
        const expected = [...standardAttributes].sort((a, b) => (a.name < b.name ? -1 : 1));
        expect(await settings.attributes(acme)).toEqual(expected);
      });

      it('puts one only where the revision is the one that was seen', async () => {
        expect(await settings.putAttribute(acme, attribute(), 1)).toBe(2);
        expect(await settings.putAttribute(acme, attribute({ label: 'Late' }), 1)).toBeNull();
        expect(await settings.attributes(acme)).toContainEqual(attribute());
        expect(await settings.tenant(acme)).toMatchObject({ attributesRevision: 2, revision: 1 });
        const labels = ['a', 'b', 'c'];
        const put = labels.map((label) => settings.putAttribute(acme, attribute({ label }), 2));
        expect((await Promise.all(put)).toSorted()).toEqual([3, null, null]);
      });

      it('inserts one and raises the revision', async () => {
        expect(await settings.putAttribute(acme, attribute())).toBe(2);
        expect(await settings.attributes(acme)).toContainEqual(attribute());
        expect(await settings.tenant(acme)).toMatchObject({ attributesRevision: 2 });
      });

      it('replaces one of the same name and raises the revision', async () => {
        await settings.putAttribute(acme, attribute());
        await settings.putAttribute(acme, attribute({ type: 'number', label: 'Team no.' }));
        const custom = (await settings.attributes(acme)).filter(({ standard }) => !standard);
        expect(custom).toEqual([attribute({ type: 'number', label: 'Team no.' })]);
        expect(await settings.tenant(acme)).toMatchObject({ attributesRevision: 3 });
      });

      it('removes one and raises the revision', async () => {
        await settings.putAttribute(acme, attribute());
        expect(await settings.deleteAttribute(acme, 'custom.team')).toBe(true);
        expect(await settings.attributes(acme)).not.toContainEqual(attribute());
        expect(await settings.tenant(acme)).toMatchObject({ attributesRevision: 3 });
      });

      it('says false to the removal of an unknown one and leaves the revision', async () => {
        expect(await settings.deleteAttribute(acme, 'custom.none')).toBe(false);
        expect(await settings.tenant(acme)).toMatchObject({ attributesRevision: 1 });
      });

      it('keeps tenants apart', async () => {
        await settings.createTenant(tenant({ id: globex }));
        await settings.putAttribute(acme, attribute());
        expect(await settings.attributes(globex)).toHaveLength(standardAttributes.length);
        expect(await settings.deleteAttribute(globex, 'custom.team')).toBe(false);
        expect(await settings.attributes(acme)).toContainEqual(attribute());
        expect(await settings.tenant(globex)).toMatchObject({ attributesRevision: 1 });
      });
    });

    describe('integrations', () => {
      it('gives an integration and its sealed secrets back as created', async () => {
        await settings.createIntegration(integration(), 'sealed');
        expect(await settings.integration(acme, hr)).toEqual(integration());
        expect(await settings.sealedSecrets(acme, hr)).toBe('sealed');
      });

      it('remembers that it is paused, and for what', async () => {
        await settings.createIntegration(integration(), 'sealed');
        const paused = { syncId: newId('sync'), at };
        await settings.updateIntegration(integration({ paused }), null, null);
        expect(await settings.integration(acme, hr)).toEqual(integration({ paused, revision: 2 }));
        await settings.updateIntegration(integration({ revision: 2 }), null);
        expect(await settings.integration(acme, hr)).toMatchObject({ paused: null });
      });

      it('gives null for an unknown one', async () => {
        expect(await settings.integration(acme, hr)).toBeNull();
        expect(await settings.sealedSecrets(acme, hr)).toBeNull();
      });

      it('knows whose integration one is, which nobody else’s is', async () => {
        await settings.createIntegration(integration(), 'sealed');
        await settings.updateIntegration(integration({ name: 'HR 2' }), null);
        expect(await settings.tenantOf(hr)).toBe(acme);
        for (const unknown of ['int_unknown', '', acme, `${acme}:${hr}`]) {
          expect(await settings.tenantOf(unknown)).toBeNull();
        }
      });

      it('lists a tenant’s integrations page by page', async () => {
        for (const id of ['int_c', 'int_a', 'int_b'] as IntegrationId[]) {
          await settings.createIntegration(integration({ id }), '');
        }
        const page = await settings.integrations(acme, { after: null, limit: 2 });
        const rest = await settings.integrations(acme, { after: page.at(-1)?.id ?? null, limit: 2 });
        expect([...page, ...rest].map(({ id }) => id)).toEqual(['int_a', 'int_b', 'int_c']);
      });

      it('writes with the next revision when the revision given is the stored one', async () => {
        await settings.createIntegration(integration(), 'sealed');
        const changes = { name: 'HR 2', enabled: false, contacts: ['hr@x.y'] };
        expect(await settings.updateIntegration(integration(changes), null)).toBe('updated');
        expect(await settings.integration(acme, hr)).toEqual(integration({ ...changes, revision: 2 }));
      });

      it('says stale when the stored revision is another, and changes nothing', async () => {
        await settings.createIntegration(integration(), 'sealed');
        await settings.updateIntegration(integration({ name: 'HR 2' }), null);
        expect(await settings.updateIntegration(integration({ name: 'HR 3' }), { from: 'sealed', to: 'other' })).toBe(
          'stale',
        );
        expect(await settings.integration(acme, hr)).toMatchObject({ name: 'HR 2', revision: 2 });
        expect(await settings.sealedSecrets(acme, hr)).toBe('sealed');
      });

      it('says unknown for one that is not there', async () => {
        expect(await settings.updateIntegration(integration(), null)).toBe('unknown');
        expect(await settings.integration(acme, hr)).toBeNull();
      });

      it('leaves the secrets as they are, or replaces them', async () => {
        await settings.createIntegration(integration(), 'sealed');
        await settings.updateIntegration(integration(), null);
        expect(await settings.sealedSecrets(acme, hr)).toBe('sealed');
        await settings.updateIntegration(integration({ revision: 2 }), { from: 'sealed', to: 'sealed anew' });
        expect(await settings.sealedSecrets(acme, hr)).toBe('sealed anew');
      });

      it('changes nothing when the secrets are others than those that the new ones were made from', async () => {
        await settings.createIntegration(integration(), 'sealed');
        await settings.replaceSecrets(acme, hr, { from: 'sealed', to: 'renewed' });
        const change = { from: 'sealed', to: 'typed in' };
        expect(await settings.updateIntegration(integration({ name: 'HR 2' }), change, at)).toBe('secretsChanged');
        expect(await settings.integration(acme, hr)).toEqual(integration());
        expect(await settings.sealedSecrets(acme, hr)).toBe('renewed');
        expect(await settings.updateIntegration(integration(), { from: 'renewed', to: 'typed in' })).toBe('updated');
        expect(await settings.sealedSecrets(acme, hr)).toBe('typed in');
      });

      it('replaces the secrets alone, and only those that they were made from', async () => {
        await settings.createIntegration(integration(), 'sealed');
        expect(await settings.replaceSecrets(acme, hr, { from: 'sealed', to: 'renewed' })).toBe(true);
        expect(await settings.replaceSecrets(acme, hr, { from: 'sealed', to: 'late' })).toBe(false);
        expect(await settings.sealedSecrets(acme, hr)).toBe('renewed');
        expect(await settings.integration(acme, hr)).toEqual(integration());
        expect(await settings.updateIntegration(integration({ name: 'HR 2' }), null)).toBe('updated');
        expect(await settings.sealedSecrets(acme, hr)).toBe('renewed');
      });

      it('lets one of those who replace the secrets at the same time have its way', async () => {
        await settings.createIntegration(integration(), 'sealed');
        const all = ['a', 'b', 'c', 'd'];
        const won = await Promise.all(all.map((to) => settings.replaceSecrets(acme, hr, { from: 'sealed', to })));
        expect(won.filter(Boolean)).toHaveLength(1);
        expect(await settings.sealedSecrets(acme, hr)).toBe(all[won.indexOf(true)]);
      });

      it('replaces no secrets of an unknown integration or of another tenant’s', async () => {
        await settings.createIntegration(integration(), 'sealed');
        expect(await settings.replaceSecrets(globex, hr, { from: 'sealed', to: 'x' })).toBe(false);
        expect(await settings.sealedSecrets(globex, hr)).toBeNull();
        expect(await settings.sealedSecrets(acme, hr)).toBe('sealed');
      });

      it('makes one live, which a change that was read before does not take back', async () => {
        await settings.createIntegration(integration(), 'sealed');
        await settings.makeLive(acme, hr);
        await settings.makeLive(acme, hr);
        expect(await settings.updateIntegration(integration({ name: 'HR 2' }), null)).toBe('stale');
        expect(await settings.integration(acme, hr)).toEqual(integration({ standing: 'live', revision: 2 }));
      });

      it('keeps tenants apart that use the same id', async () => {
        await settings.createIntegration(integration(), 'sealed');
        expect(await settings.integration(globex, hr)).toBeNull();
        expect(await settings.sealedSecrets(globex, hr)).toBeNull();
        expect(await settings.integrations(globex, everything)).toEqual([]);
        expect(await settings.updateIntegration(integration({ tenantId: globex }), { from: 'sealed', to: 'x' })).toBe(
          'unknown',
        );
        await settings.createIntegration(integration({ tenantId: globex, name: 'Theirs' }), 'theirs');
        await settings.makeLive(globex, hr);
        expect(await settings.integration(acme, hr)).toEqual(integration());
        expect(await settings.sealedSecrets(acme, hr)).toBe('sealed');
      });
    });

    describe('mappings', () => {
      beforeEach(async () => {
        await settings.createIntegration(integration(), '');
      });

      it('numbers versions 1, 2, … and gives each back', async () => {
        expect(await settings.addMapping(mapping())).toBe(1);
        expect(await settings.addMapping(mapping({ createdBy: 'key_2' }))).toBe(2);
        expect(await settings.mapping(acme, hr, 1)).toEqual({ ...mapping(), version: 1 });
        expect(await settings.mapping(acme, hr, 2)).toEqual({ ...mapping({ createdBy: 'key_2' }), version: 2 });
        expect(await settings.mapping(acme, hr, 3)).toBeNull();
      });

      it('numbers the versions of each integration for itself', async () => {
        await settings.addMapping(mapping());
        expect(await settings.addMapping(mapping({ integrationId: 'int_ad' as IntegrationId }))).toBe(1);
        expect(await settings.addMapping(mapping({ tenantId: globex }))).toBe(1);
      });

      it('lists the newest first, page by page', async () => {
        for (let version = 1; version <= 11; version += 1) await settings.addMapping(mapping());
        const page = await settings.mappings(acme, hr, { after: null, limit: 3 });
        const next = await settings.mappings(acme, hr, { after: '9', limit: 3 });
        expect([...page, ...next].map(({ version }) => version)).toEqual([11, 10, 9, 8, 7, 6]);
      });

      it('makes a version the active one; the revision stays', async () => {
        await settings.addMapping(mapping());
        expect(await settings.activateMapping(acme, hr, 1)).toBe(true);
        expect(await settings.integration(acme, hr)).toEqual(integration({ activeMappingVersion: 1 }));
      });

      it('says false for a version that does not exist and leaves the active one', async () => {
        await settings.addMapping(mapping());
        await settings.activateMapping(acme, hr, 1);
        expect(await settings.activateMapping(acme, hr, 2)).toBe(false);
        expect(await settings.integration(acme, hr)).toMatchObject({ activeMappingVersion: 1 });
      });

      it('does not lose an activation to an update of settings read before it', async () => {
        await settings.addMapping(mapping());
        const read = await settings.integration(acme, hr);
        await settings.activateMapping(acme, hr, 1);
        expect(await settings.updateIntegration(read!, null)).toBe('updated');
        expect(await settings.integration(acme, hr)).toMatchObject({ activeMappingVersion: 1 });
      });

      it('keeps tenants apart', async () => {
        await settings.addMapping(mapping());
        expect(await settings.mapping(globex, hr, 1)).toBeNull();
        expect(await settings.mappings(globex, hr, everything)).toEqual([]);
        expect(await settings.activateMapping(globex, hr, 1)).toBe(false);
        expect(await settings.integration(acme, hr)).toMatchObject({ activeMappingVersion: null });
      });
    });

    describe('audit', () => {
      const everything = { after: null, limit: 100 };
      const detailsOf = async (filter: AuditFilter, page: PageRequest = everything): Promise<string[]> =>
        (await settings.audit(acme, filter, page)).map(({ detail }) => detail);

      it('lists entries newest first, page by page', async () => {
        for (const detail of ['1', '2', '3', '4', '5']) await settings.appendAudit(audit({ detail }));
        const [first, second] = await settings.audit(acme, {}, { after: null, limit: 2 });
        expect([first, second]).toEqual([
          { id: expect.any(String) as string, ...audit({ detail: '5' }) },
          { id: expect.any(String) as string, ...audit({ detail: '4' }) },
        ]);
        expect(await detailsOf({}, { after: second!.id, limit: 2 })).toEqual(['3', '2']);
        expect(await detailsOf({}, { after: 'nonsense', limit: 2 })).toEqual([]);
      });

      it('finds entries by who did what to what, and when', async () => {
        await settings.appendAudit(audit({ detail: '1', by: 'key_2', at: '2026-01-01T00:00:00.000Z' }));
        await settings.appendAudit(audit({ detail: '2', action: 'sync.approve', at: '2026-01-02T00:00:00.000Z' }));
        await settings.appendAudit(audit({ detail: '3', action: 'sync.cancel', at: '2026-01-03T00:00:00.000Z' }));
        await settings.appendAudit(
          audit({ detail: '4', action: 'syncs.other', subject: 'x', at: '2026-01-04T00:00:00.000Z' }),
        );
        expect(await detailsOf({ by: 'key_2' })).toEqual(['1']);
        expect(await detailsOf({ action: 'sync.cancel' })).toEqual(['3']);
        expect(await detailsOf({ kind: 'sync' })).toEqual(['3', '2']);
        expect(await detailsOf({ subject: 'x' })).toEqual(['4']);
        expect(await detailsOf({ from: '2026-01-02T00:00:00.000Z', to: '2026-01-04T00:00:00.000Z' })).toEqual([
          '3',
          '2',
        ]);
        expect(await detailsOf({ kind: 'sync', by: 'key_2' })).toEqual([]);
      });

      it('keeps the entries of each tenant, and of none, apart', async () => {
        await settings.appendAudit(audit());
        await settings.appendAudit(audit({ tenantId: null, action: 'tenant.created' }));
        expect(await settings.audit(globex, {}, everything)).toEqual([]);
        expect(await settings.audit(acme, {}, everything)).toMatchObject([audit()]);
        expect(await settings.audit(null, {}, everything)).toMatchObject([
          audit({ tenantId: null, action: 'tenant.created' }),
        ]);
      });
    });

    it('keeps everything over a restart', async () => {
      await settings.createTenant(tenant());
      await settings.createApiKey(apiKey());
      await settings.createIntegration(integration(), 'sealed');
      await settings.addMapping(mapping());
      const again = await subject.reopen();
      expect(await again.tenant(acme)).toEqual(tenant());
      expect(await again.apiKeyByHash('hash-1')).toEqual(apiKey());
      expect(await again.integration(acme, hr)).toEqual(integration());
      expect(await again.mapping(acme, hr, 1)).toEqual({ ...mapping(), version: 1 });
      expect(await again.addMapping(mapping())).toBe(2);
    });
  });
}
