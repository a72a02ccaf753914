import {
  SettingsStore,
  standardAttributes,
  type ApiKey,
  type ApiKeyId,
  type ApiKeyRole,
  type AttributeDefinition,
  type AuditEntry,
  type AuditFilter,
  type Integration,
  type IntegrationId,
  type MappingDefinition,
  type MappingVersion,
  type PageRequest,
  type SealedChange,
  type Tenant,
  type TenantId,
  type StoredAuditEntry,
} from '#core';
import { integrationColumns, type IntegrationRow, settingsOf, toIntegration } from './integration-row.js';
import { QueryConditions } from './query-conditions.js';
import type { SqliteDatabase } from './sqlite-database.js';

interface TenantRow {
  id: TenantId;
  name: string;
  time_zone: string;
  deprovisioning_delay_days: number;
  contacts: string;
  revision: number;
  attributes_revision: number;
  created_at: string;
}

interface ApiKeyRow {
  id: ApiKeyId;
  tenant_id: TenantId | null;
  role: ApiKeyRole;
  label: string;
  hash: string;
  created_at: string;
}

interface MappingRow {
  tenant_id: TenantId;
  integration_id: IntegrationId;
  version: number;
  definition: string;
  created_at: string;
  created_by: string;
}

interface AuditRow {
  id: number;
  tenant_id: TenantId | null;
  at: string;
  by: string;
  action: string;
  subject: string;
  detail: string;
}

function toTenant(row: TenantRow): Tenant {
  return {
    id: row.id,
    name: row.name,
    timeZone: row.time_zone,
    deprovisioningDelayDays: row.deprovisioning_delay_days,
    contacts: JSON.parse(row.contacts) as string[],
    revision: row.revision,
    attributesRevision: row.attributes_revision,
    createdAt: row.created_at,
  };
}

function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    role: row.role,
    label: row.label,
    hash: row.hash,
    createdAt: row.created_at,
  };
}

function toMapping(row: MappingRow): MappingVersion {
  return {
    tenantId: row.tenant_id,
    integrationId: row.integration_id,
    version: row.version,
    definition: JSON.parse(row.definition) as MappingDefinition,
    createdAt: row.created_at,
    createdBy: row.created_by,
  };
}

/**
 * Every write is one transaction at `full`. `updateIntegration` leaves the active mapping version alone: only
 * `activateMapping` sets it, without touching the revision that guards an update.
 */
export class SqliteSettingsStore extends SettingsStore {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  override async createTenant(tenant: Tenant): Promise<void> {
    this.database.transaction(() => {
      this.database
        .prepare(
          `INSERT INTO tenants
             (id, name, time_zone, deprovisioning_delay_days, contacts, revision, attributes_revision, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          tenant.id,
          tenant.name,
          tenant.timeZone,
          tenant.deprovisioningDelayDays,
          JSON.stringify(tenant.contacts),
          tenant.revision,
          tenant.attributesRevision,
          tenant.createdAt,
        );
      for (const attribute of standardAttributes) this.writeAttribute(tenant.id, attribute);
    }, 'full');
  }

  override async tenant(id: TenantId): Promise<Tenant | null> {
    return this.database.read(() => {
      const row = this.database.prepare('SELECT * FROM tenants WHERE id = ?').get(id) as TenantRow | undefined;
      return row === undefined ? null : toTenant(row);
    });
  }

  override async tenants(page: PageRequest): Promise<Tenant[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare('SELECT * FROM tenants WHERE id > ? ORDER BY id LIMIT ?')
        .all(page.after ?? '', page.limit) as unknown as TenantRow[];
      return rows.map(toTenant);
    });
  }

  override async updateTenant(tenant: Tenant): Promise<'updated' | 'stale' | 'unknown'> {
    const { id, name, timeZone, deprovisioningDelayDays, contacts, revision } = tenant;
    return this.database.transaction(() => {
      const { changes } = this.database
        .prepare(
          `UPDATE tenants SET name = ?, time_zone = ?, deprovisioning_delay_days = ?, contacts = ?, revision = revision + 1
           WHERE id = ? AND revision = ?`,
        )
        .run(name, timeZone, deprovisioningDelayDays, JSON.stringify(contacts), id, revision);
      if (changes === 1) return 'updated';
      return this.database.prepare('SELECT 1 FROM tenants WHERE id = ?').get(id) === undefined ? 'unknown' : 'stale';
    }, 'full');
  }

  override async createApiKey(key: ApiKey): Promise<void> {
    this.write('INSERT INTO api_keys (id, tenant_id, role, label, hash, created_at) VALUES (?, ?, ?, ?, ?, ?)', [
      key.id,
      key.tenantId,
      key.role,
      key.label,
      key.hash,
      key.createdAt,
    ]);
  }

  override async apiKeyByHash(hash: string): Promise<ApiKey | null> {
    return this.database.read(() => {
      const row = this.database.prepare('SELECT * FROM api_keys WHERE hash = ?').get(hash) as ApiKeyRow | undefined;
      return row === undefined ? null : toApiKey(row);
    });
  }

  override async apiKeys(tenantId: TenantId | null, page: PageRequest): Promise<ApiKey[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare('SELECT * FROM api_keys WHERE tenant_id IS ? AND id > ? ORDER BY id LIMIT ?')
        .all(tenantId, page.after ?? '', page.limit) as unknown as ApiKeyRow[];
      return rows.map(toApiKey);
    });
  }

  override async deleteApiKey(tenantId: TenantId | null, id: ApiKeyId): Promise<boolean> {
    return this.write('DELETE FROM api_keys WHERE tenant_id IS ? AND id = ?', [tenantId, id]);
  }

  override async attributes(tenantId: TenantId): Promise<AttributeDefinition[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare('SELECT definition FROM attributes WHERE tenant_id = ? ORDER BY name')
        .all(tenantId) as { definition: string }[];
      return rows.map((row) => JSON.parse(row.definition) as AttributeDefinition);
    });
  }

  override async putAttribute(
    tenantId: TenantId,
    attribute: AttributeDefinition,
    seenRevision: number | null = null,
  ): Promise<number | null> {
    return this.database.transaction(() => {
      const revision = this.raiseAttributesRevision(tenantId, seenRevision);
      if (revision !== null) this.writeAttribute(tenantId, attribute);
      return revision;
    }, 'full');
  }

  override async deleteAttribute(tenantId: TenantId, name: string): Promise<boolean> {
    return this.database.transaction(() => {
      const { changes } = this.database
        .prepare('DELETE FROM attributes WHERE tenant_id = ? AND name = ?')
        .run(tenantId, name);
      if (changes === 0) return false;
      this.raiseAttributesRevision(tenantId);
      return true;
    }, 'full');
  }

  override async createIntegration(
    integration: Integration,
    sealedSecrets: string,
    nextRunAt: string | null = null,
  ): Promise<void> {
    this.write(
      `INSERT INTO integrations
         (tenant_id, id, revision, standing, active_mapping_version, settings, sealed_secrets, due_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        integration.tenantId,
        integration.id,
        integration.revision,
        integration.standing,
        integration.activeMappingVersion,
        settingsOf(integration),
        sealedSecrets,
        nextRunAt,
      ],
    );
  }

  override async integration(tenantId: TenantId, id: IntegrationId): Promise<Integration | null> {
    return this.database.read(() => {
      const row = this.integrationRow(tenantId, id);
      return row === undefined ? null : toIntegration(row);
    });
  }

  override async tenantOf(integrationId: string): Promise<TenantId | null> {
    return this.database.read(() => {
      const row = this.database.prepare('SELECT tenant_id FROM integrations WHERE id = ?').get(integrationId) as
        { tenant_id: TenantId } | undefined;
      return row?.tenant_id ?? null;
    });
  }

  override async integrations(tenantId: TenantId, page: PageRequest): Promise<Integration[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare(`SELECT ${integrationColumns} FROM integrations WHERE tenant_id = ? AND id > ? ORDER BY id LIMIT ?`)
        .all(tenantId, page.after ?? '', page.limit) as unknown as IntegrationRow[];
      return rows.map(toIntegration);
    });
  }

  override async updateIntegration(
    integration: Integration,
    secrets: SealedChange | null,
    nextRunAt?: string | null,
  ): Promise<'updated' | 'stale' | 'secretsChanged' | 'unknown'> {
    return this.database.transaction(() => {
      const row = this.integrationRow(integration.tenantId, integration.id);
      if (row === undefined) return 'unknown';
      if (row.revision !== integration.revision) return 'stale';
      if (secrets !== null && !this.replaceSealed(integration.tenantId, integration.id, secrets)) {
        return 'secretsChanged';
      }
      this.database
        .prepare(
          `UPDATE integrations SET revision = revision + 1, standing = ?, settings = ?
           WHERE tenant_id = ? AND id = ?`,
        )
        .run(integration.standing, settingsOf(integration), integration.tenantId, integration.id);
      if (nextRunAt !== undefined) this.startSchedule(integration, nextRunAt);
      return 'updated';
    }, 'full');
  }

  override async sealedSecrets(tenantId: TenantId, id: IntegrationId): Promise<string | null> {
    return this.database.read(() => {
      const row = this.database
        .prepare('SELECT sealed_secrets FROM integrations WHERE tenant_id = ? AND id = ?')
        .get(tenantId, id) as { sealed_secrets: string } | undefined;
      return row?.sealed_secrets ?? null;
    });
  }

  override async replaceSecrets(tenantId: TenantId, id: IntegrationId, change: SealedChange): Promise<boolean> {
    return this.database.transaction(() => this.replaceSealed(tenantId, id, change), 'full');
  }

  private replaceSealed(tenantId: TenantId, id: IntegrationId, { from, to }: SealedChange): boolean {
    const { changes } = this.database
      .prepare('UPDATE integrations SET sealed_secrets = ? WHERE tenant_id = ? AND id = ? AND sealed_secrets = ?')
      .run(to, tenantId, id, from);
    return changes === 1;
  }

  override async makeLive(tenantId: TenantId, id: IntegrationId): Promise<void> {
    const sql = `UPDATE integrations SET standing = 'live', revision = revision + 1
      WHERE tenant_id = ? AND id = ? AND standing <> 'live'`;
    this.write(sql, [tenantId, id]);
  }

  override async addMapping(mapping: Omit<MappingVersion, 'version'>): Promise<number> {
    return this.database.transaction(() => {
      const row = this.database
        .prepare(
          `INSERT INTO mappings (tenant_id, integration_id, version, definition, created_at, created_by)
           SELECT ?1, ?2, coalesce(max(version), 0) + 1, ?3, ?4, ?5 FROM mappings
           WHERE tenant_id = ?1 AND integration_id = ?2 RETURNING version`,
        )
        .get(
          mapping.tenantId,
          mapping.integrationId,
          JSON.stringify(mapping.definition),
          mapping.createdAt,
          mapping.createdBy,
        ) as { version: number };
      return row.version;
    }, 'full');
  }

  override async mapping(
    tenantId: TenantId,
    integrationId: IntegrationId,
    version: number,
  ): Promise<MappingVersion | null> {
    return this.database.read(() => {
      const row = this.database
        .prepare('SELECT * FROM mappings WHERE tenant_id = ? AND integration_id = ? AND version = ?')
        .get(tenantId, integrationId, version) as MappingRow | undefined;
      return row === undefined ? null : toMapping(row);
    });
  }

  override async mappings(
    tenantId: TenantId,
    integrationId: IntegrationId,
    page: PageRequest,
  ): Promise<MappingVersion[]> {
    const before = page.after === null ? Number.MAX_SAFE_INTEGER : Number(page.after);
    return this.database.read(() => {
      const rows = this.database
        .prepare(
          `SELECT * FROM mappings WHERE tenant_id = ? AND integration_id = ? AND version < ?
           ORDER BY version DESC LIMIT ?`,
        )
        .all(tenantId, integrationId, before, page.limit) as unknown as MappingRow[];
      return rows.map(toMapping);
    });
  }

  override async activateMapping(tenantId: TenantId, integrationId: IntegrationId, version: number): Promise<boolean> {
    return this.write(
      `UPDATE integrations SET active_mapping_version = ?3 WHERE tenant_id = ?1 AND id = ?2
       AND EXISTS (SELECT 1 FROM mappings WHERE tenant_id = ?1 AND integration_id = ?2 AND version = ?3)`,
      [tenantId, integrationId, version],
    );
  }

  override async appendAudit(entry: AuditEntry): Promise<void> {
    this.write('INSERT INTO audit (tenant_id, at, by, action, subject, detail) VALUES (?, ?, ?, ?, ?, ?)', [
      entry.tenantId,
      entry.at,
      entry.by,
      entry.action,
      entry.subject,
      entry.detail,
    ]);
  }

  override async audit(
    tenantId: TenantId | null,
    filter: AuditFilter,
    { after, limit }: PageRequest,
  ): Promise<StoredAuditEntry[]> {
    const where = new QueryConditions()
      .add('tenant_id IS ?', tenantId)
      .addIfGiven('by = ?', filter.by)
      .addIfGiven('action = ?', filter.action)
      .addIfGiven("substr(action, 1, instr(action, '.') - 1) = ?", filter.kind)
      .addIfGiven('subject = ?', filter.subject)
      .addIfGiven('at >= ?', filter.from)
      .addIfGiven('at < ?', filter.to);
    if (after !== null) where.add('id < ?', /^\d{1,15}$/.test(after) ? Number(after) : 0);
    return this.database.read(() => {
      const rows = this.database
        .prepare(`SELECT * FROM audit WHERE ${where.sql} ORDER BY id DESC LIMIT ?`)
        .all(...where.values, limit) as unknown as AuditRow[];
      return rows.map(({ tenant_id, id, ...entry }) => ({ id: String(id), tenantId: tenant_id, ...entry }));
    });
  }

  /** One statement at `full`; true when it changed a row. */
  private write(sql: string, values: (string | number | null)[]): boolean {
    return this.database.transaction(() => this.database.prepare(sql).run(...values).changes !== 0, 'full');
  }

  private writeAttribute(tenantId: TenantId, attribute: AttributeDefinition): void {
    this.database
      .prepare(
        `INSERT INTO attributes (tenant_id, name, definition) VALUES (?, ?, ?)
         ON CONFLICT (tenant_id, name) DO UPDATE SET definition = excluded.definition`,
      )
      .run(tenantId, attribute.name, JSON.stringify(attribute));
  }

  /** The new one; null when the one that was seen is not the present one. */
  private raiseAttributesRevision(tenantId: TenantId, seen: number | null = null): number | null {
    const raised = this.database
      .prepare(
        `UPDATE tenants SET attributes_revision = attributes_revision + 1
         WHERE id = ? AND attributes_revision = coalesce(?, attributes_revision) RETURNING attributes_revision AS revision`,
      )
      .get(tenantId, seen) as { revision: number } | undefined;
    return raised?.revision ?? null;
  }

  private startSchedule({ tenantId, id }: Integration, nextRunAt: string | null): void {
    this.database
      .prepare(
        `UPDATE integrations SET due_at = ?, awaiting_sync = NULL, schedule_version = schedule_version + 1,
         schedule_state = '{}' WHERE tenant_id = ? AND id = ?`,
      )
      .run(nextRunAt, tenantId, id);
  }

  private integrationRow(tenantId: TenantId, id: IntegrationId): IntegrationRow | undefined {
    return this.database
      .prepare(`SELECT ${integrationColumns} FROM integrations WHERE tenant_id = ? AND id = ?`)
      .get(tenantId, id) as IntegrationRow | undefined;
  }
}
