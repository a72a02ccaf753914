import { CheckStore, type CheckStep, type ConnectionCheck, type IntegrationId, type TenantId } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

interface CheckRow {
  tenant_id: TenantId;
  id: string;
  integration_id: IntegrationId;
  requested_at: string;
  finished_at: string | null;
  steps: string;
}

function toCheck(row: CheckRow): ConnectionCheck {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    integrationId: row.integration_id,
    requestedAt: row.requested_at,
    finishedAt: row.finished_at,
    steps: JSON.parse(row.steps) as CheckStep[],
  };
}

export class SqliteCheckStore extends CheckStore {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  override async request(check: ConnectionCheck): Promise<void> {
    this.database.transaction(() => {
      this.database
        .prepare(
          `INSERT INTO connection_checks (tenant_id, id, integration_id, requested_at, finished_at, steps)
           VALUES (?, ?, ?, ?, ?, ?)`,
        )
        .run(
          check.tenantId,
          check.id,
          check.integrationId,
          check.requestedAt,
          check.finishedAt,
          JSON.stringify(check.steps),
        );
      // The API has told somebody that the check will be made.
    }, 'full');
  }

  override async pending(limit: number): Promise<ConnectionCheck[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare('SELECT * FROM connection_checks WHERE finished_at IS NULL ORDER BY requested_at, id LIMIT ?')
        .all(limit) as unknown as CheckRow[];
      return rows.map(toCheck);
    });
  }

  override async answer(check: ConnectionCheck): Promise<void> {
    this.database.transaction(() => {
      this.database
        .prepare('UPDATE connection_checks SET finished_at = ?, steps = ? WHERE tenant_id = ? AND id = ?')
        .run(check.finishedAt, JSON.stringify(check.steps), check.tenantId, check.id);
    });
  }

  override async check(tenantId: TenantId, id: string): Promise<ConnectionCheck | null> {
    return this.database.read(() => {
      const row = this.database
        .prepare('SELECT * FROM connection_checks WHERE tenant_id = ? AND id = ?')
        .get(tenantId, id) as CheckRow | undefined;
      return row === undefined ? null : toCheck(row);
    });
  }

  override async deleteBefore(instant: string): Promise<void> {
    this.database.transaction(() => {
      this.database
        .prepare('DELETE FROM connection_checks WHERE finished_at IS NOT NULL AND requested_at < ?')
        .run(instant);
    });
  }
}
