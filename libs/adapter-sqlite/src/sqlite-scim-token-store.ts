import {
  type IntegrationId,
  maxScimTokens,
  type ScimScope,
  type ScimToken,
  type ScimTokenId,
  ScimTokenStore,
  type TenantId,
} from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

interface TokenRow {
  id: ScimTokenId;
  tenant_id: TenantId;
  integration_id: IntegrationId;
  label: string;
  hash: string;
  created_at: string;
  last_used_at: string | null;
}

export class SqliteScimTokenStore extends ScimTokenStore {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  override async create(token: ScimToken): Promise<'created' | 'full'> {
    return this.database.transaction(() => {
      const { changes } = this.database
        .prepare(
          `INSERT INTO scim_tokens (id, tenant_id, integration_id, label, hash, created_at, last_used_at)
           SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
           WHERE (SELECT count(*) FROM scim_tokens WHERE tenant_id = ?2 AND integration_id = ?3) < ?8`,
        )
        .run(
          token.id,
          token.tenantId,
          token.integrationId,
          token.label,
          token.hash,
          token.createdAt,
          token.lastUsedAt,
          maxScimTokens,
        );
      return changes === 0 ? 'full' : 'created';
    }, 'full');
  }

  override async byHash(hash: string): Promise<ScimToken | null> {
    return this.database.read(() => {
      const row = this.database.prepare('SELECT * FROM scim_tokens WHERE hash = ?').get(hash) as TokenRow | undefined;
      return row === undefined ? null : toToken(row);
    });
  }

  override async list({ tenantId, integrationId }: ScimScope): Promise<ScimToken[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare('SELECT * FROM scim_tokens WHERE tenant_id = ? AND integration_id = ? ORDER BY created_at, id')
        .all(tenantId, integrationId) as unknown as TokenRow[];
      return rows.map(toToken);
    });
  }

  override async delete({ tenantId, integrationId }: ScimScope, id: string): Promise<boolean> {
    return this.database.transaction(() => {
      const { changes } = this.database
        .prepare('DELETE FROM scim_tokens WHERE tenant_id = ? AND integration_id = ? AND id = ?')
        .run(tenantId, integrationId, id);
      return changes !== 0;
    }, 'full');
  }

  override async noteUse({ id }: Pick<ScimToken, 'id'>, at: string): Promise<void> {
    this.database.transaction(() => {
      this.database
        .prepare("UPDATE scim_tokens SET last_used_at = ?2 WHERE id = ?1 AND coalesce(last_used_at, '') < ?2")
        .run(id, at);
    });
  }
}

function toToken(row: TokenRow): ScimToken {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    integrationId: row.integration_id,
    label: row.label,
    hash: row.hash,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}
