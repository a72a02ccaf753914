import { isNoticed, type Sync, type SyncId, type TenantId } from '#core';
import { logNoticeEvent } from './log-notice-event.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** Notes the state that a sync has now, in a transaction of the caller's: the one that wrote it. */
export function logSyncChange(database: SqliteDatabase, tenantId: TenantId, id: SyncId): void {
  database
    .prepare(
      `INSERT INTO sync_changes (tenant_id, no, sync_id, integration_id, mode, state, at)
       SELECT tenant_id, coalesce((SELECT max(no) FROM sync_changes WHERE tenant_id = ?1), 0) + 1,
         id, integration_id, mode, state, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
       FROM syncs WHERE tenant_id = ?1 AND id = ?2`,
    )
    .run(tenantId, id);
  const sync = database
    .prepare('SELECT mode, trigger, state FROM syncs WHERE tenant_id = ? AND id = ?')
    .get(tenantId, id) as Pick<Sync, 'mode' | 'trigger' | 'state'> | undefined;
  if (sync === undefined || !isNoticed(sync)) return;
  logNoticeEvent(database, { tenantId, kind: 'sync', subjectId: id, state: sync.state, at: new Date().toISOString() });
}
