import type { ScimMemberChanges, ScimResourceId, ScimScope } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

/** Who is in which group. Within a transaction of the caller's. */
export class ScimMembers {
  constructor(private readonly database: SqliteDatabase) {}

  /** Makes the changes; gives who came in or went out, or is in with other words. */
  change(scope: ScimScope, groupId: ScimResourceId, { clear, put, remove }: ScimMemberChanges): string[] {
    const of = [scope.tenantId, scope.integrationId, groupId];
    const affected: string[] = [];
    const leave = (id: string): void => {
      const { changes } = this.database
        .prepare(
          'DELETE FROM scim_members WHERE tenant_id = ? AND integration_id = ? AND group_id = ? AND member_id = ?',
        )
        .run(...of, id);
      if (changes !== 0) affected.push(id);
    };
    if (clear) for (const id of this.idsOf(of)) if (!put.has(id)) leave(id);
    for (const id of remove) leave(id);
    for (const [id, member] of put) {
      const { changes } = this.database
        .prepare(
          `INSERT INTO scim_members (tenant_id, integration_id, group_id, member_id, member) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET member = excluded.member WHERE member <> excluded.member`,
        )
        .run(...of, id, JSON.stringify(member));
      if (changes !== 0) affected.push(id);
    }
    return affected;
  }

  /** Takes somebody out of every group; those groups have a new version. */
  leaveAll({ tenantId, integrationId }: ScimScope, memberId: ScimResourceId, at: string): void {
    this.database
      .prepare(
        `UPDATE scim_resources SET version = version + 1, updated_at = ?4
         WHERE tenant_id = ?1 AND integration_id = ?2 AND type = 'Group' AND id IN (
           SELECT group_id FROM scim_members WHERE tenant_id = ?1 AND integration_id = ?2 AND member_id = ?3)`,
      )
      .run(tenantId, integrationId, memberId, at);
    this.database
      .prepare('DELETE FROM scim_members WHERE tenant_id = ? AND integration_id = ? AND member_id = ?')
      .run(tenantId, integrationId, memberId);
  }

  private idsOf(of: readonly string[]): string[] {
    const rows = this.database
      .prepare('SELECT member_id FROM scim_members WHERE tenant_id = ? AND integration_id = ? AND group_id = ?')
      .all(...of) as { member_id: string }[];
    return rows.map(({ member_id }) => member_id);
  }
}
