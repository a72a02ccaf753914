import type { AttributeDefinition } from '../attributes.js';
import type { ApiKeyId, IntegrationId, TenantId } from '../ids.js';
import type { Integration, MappingVersion } from '../integration.js';
import type { ApiKey, Tenant } from '../tenancy.js';

/** One entry of the audit: who changed which setting or approved what, never a secret or a person's value. */
export interface AuditEntry {
  tenantId: TenantId | null;
  at: string;
  by: string;
  action: string;
  subject: string;
  detail: string;
}

/** An entry with its id, which is opaque and only means its place in the list. */
export interface StoredAuditEntry extends AuditEntry {
  id: string;
}

/** What is left out is no condition. */
export interface AuditFilter {
  by?: string;
  action?: string;
  /** The part of an action before the dot. */
  kind?: string;
  subject?: string;
  /** At or after / before these instants. */
  from?: string;
  to?: string;
}

/** Sealed secrets, and those that they were made from: what was stored in between is never overwritten. */
export interface SealedChange {
  from: string;
  to: string;
}

/** Page of a list, in a stable order; `after` is the last key of the page before. */
export interface PageRequest {
  after: string | null;
  limit: number;
}

/**
 * Tenants, keys, attributes, integrations, mappings. Writes are durable against a power cut when they resolve: someone
 * outside is told of them. Everything but keys is read by tenant, so that one tenant's id means nothing to another; `tenantOf`
 * is for what nobody is told of.
 */
export abstract class SettingsStore {
  abstract createTenant(tenant: Tenant): Promise<void>;
  abstract tenant(id: TenantId): Promise<Tenant | null>;
  abstract tenants(page: PageRequest): Promise<Tenant[]>;
  /** Replaces name, time zone, delay and contacts, with `revision + 1`, if the stored revision equals the given one. */
  abstract updateTenant(tenant: Tenant): Promise<'updated' | 'stale' | 'unknown'>;

  abstract createApiKey(key: ApiKey): Promise<void>;
  abstract apiKeyByHash(hash: string): Promise<ApiKey | null>;
  /** `tenantId` null: operators' keys. */
  abstract apiKeys(tenantId: TenantId | null, page: PageRequest): Promise<ApiKey[]>;
  /** False when there is no such key of that tenant (null: operator's key). */
  abstract deleteApiKey(tenantId: TenantId | null, id: ApiKeyId): Promise<boolean>;

  /** A tenant's attributes, by name. A new tenant has the standard ones. */
  abstract attributes(tenantId: TenantId): Promise<AttributeDefinition[]>;
  /**
   * Inserts or replaces one and raises the tenant's attributes revision, in one step; gives that. With a `seenRevision`,
   * nothing is written and the answer is null when the tenant's attributes have another by now.
   */
  abstract putAttribute(
    tenantId: TenantId,
    attribute: AttributeDefinition,
    seenRevision?: number | null,
  ): Promise<number | null>;
  /** Removes one and raises the revision; false when there was none. */
  abstract deleteAttribute(tenantId: TenantId, name: string): Promise<boolean>;

  /** `sealedSecrets` is opaque and encrypted. `nextRunAt`: when its schedule runs first; null without one. */
  abstract createIntegration(integration: Integration, sealedSecrets: string, nextRunAt?: string | null): Promise<void>;
  abstract integration(tenantId: TenantId, id: IntegrationId): Promise<Integration | null>;
  /** Whose integration this is; null when it is nobody's. */
  abstract tenantOf(integrationId: string): Promise<TenantId | null>;
  abstract integrations(tenantId: TenantId, page: PageRequest): Promise<Integration[]>;
  /**
   * Writes the settings with `revision + 1` if the stored revision equals the given one.
   * `secrets` null leaves the secrets as they are; with a change, nothing is written and the answer is `secretsChanged`
   * when others than its `from` are stored. `nextRunAt` starts the schedule's state anew in the same step,
   * with that instant or (null) never; left out, the state stays as it is.
   */
  abstract updateIntegration(
    integration: Integration,
    secrets: SealedChange | null,
    nextRunAt?: string | null,
  ): Promise<'updated' | 'stale' | 'secretsChanged' | 'unknown'>;
  abstract sealedSecrets(tenantId: TenantId, id: IntegrationId): Promise<string | null>;
  /**
   * Replaces the secrets and nothing else: the revision stays, so that neither a change of settings under way nor a sync
   * that was queued before takes notice. False, and nothing is written, when others than `from` are stored.
   */
  abstract replaceSecrets(tenantId: TenantId, id: IntegrationId, change: SealedChange): Promise<boolean>;
  /** Raises the revision if it was not live before: a change of settings that was read before says `observe` still. */
  abstract makeLive(tenantId: TenantId, id: IntegrationId): Promise<void>;

  /** Appends the next version (1, 2, …) and gives its number. */
  abstract addMapping(mapping: Omit<MappingVersion, 'version'>): Promise<number>;
  abstract mapping(tenantId: TenantId, integrationId: IntegrationId, version: number): Promise<MappingVersion | null>;
  /** Newest first; `after` is a version number as text. */
  abstract mappings(tenantId: TenantId, integrationId: IntegrationId, page: PageRequest): Promise<MappingVersion[]>;
  /** Makes a version the active one; false when it does not exist. The settings revision stays. */
  abstract activateMapping(tenantId: TenantId, integrationId: IntegrationId, version: number): Promise<boolean>;

  abstract appendAudit(entry: AuditEntry): Promise<void>;
  /** Newest first; `after` is an entry's id. */
  abstract audit(tenantId: TenantId | null, filter: AuditFilter, page: PageRequest): Promise<StoredAuditEntry[]>;
}
