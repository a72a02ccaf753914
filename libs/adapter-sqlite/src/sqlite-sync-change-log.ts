import {
  type IntegrationId,
  type SyncChange,
  SyncChangeLog,
  type SyncId,
  type SyncMode,
  type SyncState,
  type TenantId,
} from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

interface ChangeRow {
  no: number;
  sync_id: SyncId;
  integration_id: IntegrationId;
  mode: SyncMode;
  state: SyncState;
  at: string;
}

export class SqliteSyncChangeLog extends SyncChangeLog {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  override async changes(tenantId: TenantId, after: number, limit: number, syncId?: SyncId): Promise<SyncChange[]> {
    const rows = this.database
      .prepare(
        `SELECT no, sync_id, integration_id, mode, state, at FROM sync_changes
         WHERE tenant_id = ? AND no > ? ${syncId === undefined ? '' : 'AND sync_id = ?'} ORDER BY no LIMIT ?`,
      )
      .all(tenantId, after, ...(syncId === undefined ? [] : [syncId]), limit) as unknown as ChangeRow[];
    return rows.map(({ sync_id, integration_id, ...change }) => ({
      ...change,
      syncId: sync_id,
      integrationId: integration_id,
    }));
  }

  override async last(tenantId: TenantId): Promise<number> {
    const { no } = this.database
      .prepare('SELECT coalesce(max(no), 0) AS no FROM sync_changes WHERE tenant_id = ?')
      .get(tenantId) as { no: number };
    return no;
  }

  override async deleteBefore(instant: string): Promise<void> {
    this.database.transaction(() => {
      this.database
        .prepare(
          `DELETE FROM sync_changes AS c
           WHERE c.at < ? AND c.no < (SELECT max(no) FROM sync_changes WHERE tenant_id = c.tenant_id)`,
        )
        .run(instant);
    });
  }
}
