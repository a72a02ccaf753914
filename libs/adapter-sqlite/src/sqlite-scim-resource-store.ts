import {
  type JsonObject,
  renamesGroup,
  type ScimChange,
  type ScimGroupName,
  scimGroupName,
  scimKeys,
  type ScimListPage,
  type ScimMember,
  type ScimMemberChanges,
  type ScimResource,
  type ScimResourceId,
  type ScimResourceName,
  ScimResourceStore,
  type ScimScope,
  scimUniqueKey,
  type ScimWritten,
} from '#core';
import { markPending } from './mark-pending.js';
import { ScimMembers } from './scim-members.js';
import { scimColumns, type ScimRow, toScimResource } from './scim-row.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** SQL: one resource, by tenant, integration, type and id. */
const one = 'tenant_id = ? AND integration_id = ? AND type = ? AND id = ?';

export class SqliteScimResourceStore extends ScimResourceStore {
  private readonly memberships: ScimMembers;

  constructor(private readonly database: SqliteDatabase) {
    super();
    this.memberships = new ScimMembers(database);
  }

  override async create(
    scope: ScimScope,
    { id, type, attributes, members, at }: Parameters<ScimResourceStore['create']>[1],
  ): Promise<ScimWritten> {
    return this.database.transaction((): ScimWritten => {
      if (this.isTaken(scope, type, id, attributes)) return { kind: 'taken' };
      this.database
        .prepare(
          `INSERT INTO scim_resources (tenant_id, integration_id, type, id, version, unique_key, attributes,
             created_at, updated_at, deleted_at, pending, fresh) VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, NULL, ?, ?)`,
        )
        .run(
          scope.tenantId,
          scope.integrationId,
          type,
          id,
          scimUniqueKey(type, attributes),
          JSON.stringify(attributes),
          at,
          at,
          Number(type === 'User'),
          Number(type === 'User'),
        );
      this.addKeys(scope, { id, type, attributes });
      this.changeMembers(scope, id, members);
      return { kind: 'written', resource: this.written(scope, type, id) };
    }, 'full');
  }

  override async change(
    scope: ScimScope,
    { id, type, version, attributes, members, at }: ScimChange,
  ): Promise<ScimWritten> {
    return this.database.transaction((): ScimWritten => {
      const present = this.present(scope, type, id);
      if (present === null) return { kind: 'unknown' };
      if (version !== null && version !== present.version) return { kind: 'stale' };
      if (this.isTaken(scope, type, id, attributes)) return { kind: 'taken' };
      this.database
        .prepare(
          `UPDATE scim_resources SET version = version + 1, unique_key = ?1, attributes = ?2, updated_at = ?3,
             pending = pending + ?4, fresh = max(fresh, ?4)
           WHERE tenant_id = ?5 AND integration_id = ?6 AND type = ?7 AND id = ?8`,
        )
        .run(
          scimUniqueKey(type, attributes),
          JSON.stringify(attributes),
          at,
          Number(type === 'User' || renamesGroup(type, present.attributes, attributes)),
          scope.tenantId,
          scope.integrationId,
          type,
          id,
        );
      this.removeKeys(scope, present);
      this.addKeys(scope, { id, type, attributes });
      this.changeMembers(scope, id, members);
      return { kind: 'written', resource: this.written(scope, type, id) };
    }, 'full');
  }

  override async delete(
    scope: ScimScope,
    { id, type, version, at }: Parameters<ScimResourceStore['delete']>[1],
  ): Promise<'deleted' | 'stale' | 'unknown'> {
    return this.database.transaction(() => {
      const present = this.present(scope, type, id);
      if (present === null) return 'unknown';
      if (version !== null && version !== present.version) return 'stale';
      this.database
        .prepare(
          `UPDATE scim_resources SET version = version + 1, updated_at = ?, deleted_at = ?, pending = pending + 1,
             fresh = 1 WHERE ${one}`,
        )
        .run(at, at, scope.tenantId, scope.integrationId, type, id);
      this.removeKeys(scope, present);
      this.memberships.leaveAll(scope, id, at);
      return 'deleted';
    }, 'full');
  }

  override async find(
    scope: ScimScope,
    type: ScimResourceName,
    id: string,
    { deleted } = { deleted: false },
  ): Promise<ScimResource | null> {
    return this.database.read(() => {
      const found = this.row(scope, type, id);
      return found === null || (found.deletedAt !== null && !deleted) ? null : found;
    });
  }

  override async findByKey(
    { tenantId, integrationId }: ScimScope,
    type: ScimResourceName,
    key: string,
    limit: number,
  ): Promise<ScimResource[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare(
          `SELECT ${scimColumns} FROM scim_resources WHERE tenant_id = ?1 AND integration_id = ?2 AND type = ?3
           AND id IN (SELECT id FROM scim_keys
             WHERE tenant_id = ?1 AND integration_id = ?2 AND type = ?3 AND key = ?4 ORDER BY id LIMIT ?5)
           ORDER BY id`,
        )
        .all(tenantId, integrationId, type, key, limit) as unknown as ScimRow[];
      return rows.map(toScimResource);
    });
  }

  override async list(
    { tenantId, integrationId }: ScimScope,
    type: ScimResourceName,
    { after, offset = 0, limit }: ScimListPage,
    { deleted } = { deleted: false },
  ): Promise<ScimResource[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare(
          `SELECT ${scimColumns} FROM scim_resources
           WHERE tenant_id = ? AND integration_id = ? AND type = ? AND id > ? ${deleted ? '' : 'AND deleted_at IS NULL'}
           ORDER BY id LIMIT ? OFFSET ?`,
        )
        .all(tenantId, integrationId, type, after ?? '', limit, offset) as unknown as ScimRow[];
      return rows.map(toScimResource);
    });
  }

  override async count({ tenantId, integrationId }: ScimScope, type: ScimResourceName): Promise<number> {
    return this.database.read(() => {
      const row = this.database
        .prepare(
          `SELECT count(*) AS count FROM scim_resources
           WHERE tenant_id = ? AND integration_id = ? AND type = ? AND deleted_at IS NULL`,
        )
        .get(tenantId, integrationId, type) as { count: number };
      return row.count;
    });
  }

  override async members(
    { tenantId, integrationId }: ScimScope,
    groupId: ScimResourceId,
    { after, limit }: { after: string | null; limit: number },
  ): Promise<ScimMember[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare(
          `SELECT member FROM scim_members WHERE tenant_id = ? AND integration_id = ? AND group_id = ?
             AND member_id > ? ORDER BY member_id LIMIT ?`,
        )
        .all(tenantId, integrationId, groupId, after ?? '', limit) as { member: string }[];
      return rows.map(({ member }) => JSON.parse(member) as ScimMember);
    });
  }

  override async groupsOf(
    { tenantId, integrationId }: ScimScope,
    memberIds: readonly string[],
  ): Promise<Map<string, ScimGroupName[]>> {
    return this.database.read(() => {
      const rows = this.database
        .prepare(
          `SELECT m.member_id, r.id, r.attributes FROM json_each(?3) AS wanted
           CROSS JOIN scim_members AS m
             ON m.tenant_id = ?1 AND m.integration_id = ?2 AND m.member_id = wanted.value
           CROSS JOIN scim_resources AS r
             ON r.tenant_id = ?1 AND r.integration_id = ?2 AND r.type = 'Group' AND r.id = m.group_id
               AND r.deleted_at IS NULL
           ORDER BY m.member_id, r.id`,
        )
        .all(tenantId, integrationId, JSON.stringify([...new Set(memberIds)])) as unknown as (Pick<
        ScimRow,
        'id' | 'attributes'
      > & { member_id: string })[];
      const groups = new Map<string, ScimGroupName[]>();
      for (const { member_id, id, attributes } of rows) {
        const group = scimGroupName(id, JSON.parse(attributes) as JsonObject);
        groups.set(member_id, [...(groups.get(member_id) ?? []), group]);
      }
      return groups;
    });
  }

  override async forgetDeletedBefore(instant: string, limit: number): Promise<number> {
    return this.database.transaction(() => {
      const rows = this.database
        .prepare(
          `SELECT tenant_id, integration_id, type, id FROM scim_resources
           WHERE deleted_at IS NOT NULL AND deleted_at < ? LIMIT ?`,
        )
        .all(instant, limit) as { tenant_id: string; integration_id: string; type: string; id: string }[];
      for (const { tenant_id, integration_id, type, id } of rows) {
        this.database.prepare(`DELETE FROM scim_resources WHERE ${one}`).run(tenant_id, integration_id, type, id);
        this.database
          .prepare('DELETE FROM scim_members WHERE tenant_id = ? AND integration_id = ? AND group_id = ?')
          .run(tenant_id, integration_id, id);
      }
      return rows.length;
    });
  }

  private present(scope: ScimScope, type: ScimResourceName, id: string): ScimResource | null {
    const found = this.row(scope, type, id);
    return found?.deletedAt === null ? found : null;
  }

  private row({ tenantId, integrationId }: ScimScope, type: ScimResourceName, id: string): ScimResource | null {
    const row = this.database
      .prepare(`SELECT ${scimColumns} FROM scim_resources WHERE ${one}`)
      .get(tenantId, integrationId, type, id) as ScimRow | undefined;
    return row === undefined ? null : toScimResource(row);
  }

  private written(scope: ScimScope, type: ScimResourceName, id: ScimResourceId): ScimResource {
    const resource = this.present(scope, type, id);
    if (resource === null) throw new Error('a resource that was just written is not there');
    return resource;
  }

  private isTaken(
    { tenantId, integrationId }: ScimScope,
    type: ScimResourceName,
    id: ScimResourceId,
    attributes: JsonObject,
  ): boolean {
    const key = scimUniqueKey(type, attributes);
    if (key === null) return false;
    const row = this.database
      .prepare(
        `SELECT 1 FROM scim_resources WHERE tenant_id = ? AND integration_id = ? AND unique_key = ?
         AND deleted_at IS NULL AND id <> ?`,
      )
      .get(tenantId, integrationId, key, id);
    return row !== undefined;
  }

  private changeMembers(scope: ScimScope, groupId: ScimResourceId, changes: ScimMemberChanges | null): void {
    if (changes === null) return;
    markPending(this.database, scope, this.memberships.change(scope, groupId, changes));
  }

  private addKeys(
    { tenantId, integrationId }: ScimScope,
    { id, type, attributes }: Pick<ScimResource, 'id' | 'type' | 'attributes'>,
  ): void {
    const statement = this.database.prepare(
      'INSERT INTO scim_keys (tenant_id, integration_id, type, key, id) VALUES (?, ?, ?, ?, ?)',
    );
    for (const key of scimKeys(type, attributes)) statement.run(tenantId, integrationId, type, key, id);
  }

  private removeKeys({ tenantId, integrationId }: ScimScope, { id, type, attributes }: ScimResource): void {
    const statement = this.database.prepare(
      'DELETE FROM scim_keys WHERE tenant_id = ? AND integration_id = ? AND type = ? AND key = ? AND id = ?',
    );
    for (const key of scimKeys(type, attributes)) statement.run(tenantId, integrationId, type, key, id);
  }
}
