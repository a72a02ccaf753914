import type { ScimScope } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

/**
 * Marks people as pending, and fresh: they have changed, or one of their groups has. Ids that are nobody's are passed over.
 * Within a transaction of the caller's.
 */
export function markPending(
  database: SqliteDatabase,
  { tenantId, integrationId }: ScimScope,
  ids: readonly string[],
): void {
  const mark = database.prepare(
    `UPDATE scim_resources SET pending = pending + 1, fresh = 1
     WHERE tenant_id = ? AND integration_id = ? AND type = 'User' AND id = ?`,
  );
  for (const id of ids) mark.run(tenantId, integrationId, id);
}
