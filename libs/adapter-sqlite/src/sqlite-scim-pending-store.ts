import {
  type ScimGroupMark,
  ScimPendingStore,
  type ScimResource,
  type ScimResourceId,
  type ScimScope,
  type SyncId,
} from '#core';
import { markPending } from './mark-pending.js';
import { scimColumns, type ScimRow, toScimResource } from './scim-row.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** SQL: the condition of each partial index. */
const conditions = { fresh: 'fresh = 1', pending: 'pending > 0' } as const;

export class SqliteScimPendingStore extends ScimPendingStore {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  /** Goes from one integration to the next in the index, past all that each has. */
  override async scopes(which: 'fresh' | 'pending', after: ScimScope | null, limit: number): Promise<ScimScope[]> {
    return this.database.read(() => {
      const statement = this.database.prepare(
        `SELECT tenant_id AS tenantId, integration_id AS integrationId FROM scim_resources
         WHERE ${conditions[which]} AND (tenant_id, integration_id) > (?, ?)
         ORDER BY tenant_id, integration_id LIMIT 1`,
      );
      const scopes: ScimScope[] = [];
      for (let last = after; scopes.length < limit;) {
        const next = statement.get(last?.tenantId ?? '', last?.integrationId ?? '') as ScimScope | undefined;
        if (next === undefined) break;
        last = { ...next };
        scopes.push(last);
      }
      return scopes;
    });
  }

  override async groups({ tenantId, integrationId }: ScimScope, limit: number): Promise<ScimGroupMark[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare(
          `SELECT id, pending FROM scim_resources
           WHERE tenant_id = ? AND integration_id = ? AND type = 'Group' AND pending > 0 ORDER BY id LIMIT ?`,
        )
        .all(tenantId, integrationId, limit) as unknown as ScimGroupMark[];
      return rows.map(({ id, pending }) => ({ id, pending }));
    });
  }

  override async spread(
    { tenantId, integrationId }: ScimScope,
    { id, pending }: ScimGroupMark,
    { after, limit }: { after: string | null; limit: number },
  ): Promise<string | null> {
    return this.database.transaction(() => {
      const members = this.database
        .prepare(
          `SELECT member_id FROM scim_members WHERE tenant_id = ? AND integration_id = ? AND group_id = ?
             AND member_id > ? ORDER BY member_id LIMIT ?`,
        )
        .all(tenantId, integrationId, id, after ?? '', limit) as { member_id: string }[];
      const ids = members.map(({ member_id }) => member_id);
      markPending(this.database, { tenantId, integrationId }, ids);
      if (ids.length === limit) return ids.at(-1) ?? null;
      this.database
        .prepare(
          `UPDATE scim_resources SET pending = 0, fresh = 0
           WHERE tenant_id = ? AND integration_id = ? AND type = 'Group' AND id = ? AND pending = ?`,
        )
        .run(tenantId, integrationId, id, pending);
      return null;
    });
  }

  override async take(
    { tenantId, integrationId }: ScimScope,
    syncId: SyncId,
    { which, after, limit }: { which: 'fresh' | 'pending'; after: ScimResourceId | null; limit: number },
  ): Promise<ScimResource[]> {
    return this.database.transaction(() => {
      const rows = this.database
        .prepare(
          `SELECT ${scimColumns} FROM scim_resources
           WHERE tenant_id = ?1 AND integration_id = ?2 AND type = 'User' AND id IN (
             SELECT id FROM (SELECT id FROM scim_resources WHERE tenant_id = ?1 AND integration_id = ?2 AND type = 'User'
               AND ${conditions[which]} AND id > ?3 ORDER BY id LIMIT ?5)
             UNION SELECT id FROM (SELECT id FROM scim_resources WHERE tenant_id = ?1 AND integration_id = ?2
               AND taken_by = ?4 AND id > ?3 ORDER BY id LIMIT ?5))
           ORDER BY id LIMIT ?5`,
        )
        .all(tenantId, integrationId, after ?? '', syncId, limit) as unknown as ScimRow[];
      const take = this.database.prepare(
        `UPDATE scim_resources SET taken_by = ?, taken = pending, fresh = 0
         WHERE tenant_id = ? AND integration_id = ? AND type = 'User' AND id = ?`,
      );
      for (const { id } of rows) take.run(syncId, tenantId, integrationId, id);
      return rows.map(toScimResource);
    });
  }

  override async settle({ tenantId, integrationId }: ScimScope, syncId: SyncId): Promise<void> {
    this.database.transaction(() => {
      this.database
        .prepare(
          `UPDATE scim_resources SET pending = CASE WHEN pending = taken THEN 0 ELSE pending END, taken_by = NULL
           WHERE tenant_id = ? AND integration_id = ? AND taken_by = ?`,
        )
        .run(tenantId, integrationId, syncId);
    });
  }
}
