import {
  ConnectorStateStore,
  type ConnectorState,
  type IntegrationId,
  type JsonValue,
  type SyncId,
  type TenantId,
} from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

interface StateRow {
  generation: number;
  sync_id: SyncId;
  state: string;
}

export class SqliteConnectorStateStore extends ConnectorStateStore {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  override async read(tenantId: TenantId, integrationId: IntegrationId): Promise<ConnectorState | null> {
    return this.database.read(() => {
      const row = this.database
        .prepare('SELECT generation, sync_id, state FROM connector_states WHERE tenant_id = ? AND integration_id = ?')
        .get(tenantId, integrationId) as StateRow | undefined;
      if (row === undefined) return null;
      return { generation: row.generation, syncId: row.sync_id, state: JSON.parse(row.state) as JsonValue };
    });
  }

  override async advance(
    tenantId: TenantId,
    integrationId: IntegrationId,
    next: ConnectorState,
  ): Promise<'written' | 'stale'> {
    // The source may forget what is behind the cursor: the state must survive a power cut.
    return this.database.transaction(() => {
      const { changes } = this.database
        .prepare(
          `INSERT INTO connector_states (tenant_id, integration_id, generation, sync_id, state) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (tenant_id, integration_id) DO UPDATE
           SET generation = excluded.generation, sync_id = excluded.sync_id, state = excluded.state
           WHERE excluded.generation >= connector_states.generation`,
        )
        .run(tenantId, integrationId, next.generation, next.syncId, JSON.stringify(next.state));
      return changes === 1 ? 'written' : 'stale';
    }, 'full');
  }
}
