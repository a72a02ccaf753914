import {
  ScheduleStore,
  type DueRun,
  type EndedRun,
  type IntegrationId,
  type ScheduleState,
  type Sync,
  type SyncId,
  type TenantId,
} from '#core';
import { IdNumbers } from './id-numbers.js';
import {
  integrationColumns,
  type IntegrationRow,
  scheduleBodyOf,
  scheduleColumns,
  type ScheduleRow,
  toIntegration,
  toScheduleState,
} from './integration-row.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { insertSync, type SyncRow, toSync } from './sync-row.js';

/** SQL: the sync in the way of a run of the integration `i`. Edits by hand and pushes are over in a second. */
const predecessor = `SELECT s.id FROM syncs AS s
  WHERE s.tenant_id = i.tenant_id AND s.integration_id = i.id AND s.is_open = 1
    AND (s.mode = 'live' OR s.trigger = 'schedule' OR s.has_ended = 1) AND s.trigger NOT IN ('edit', 'push')
  ORDER BY s.no LIMIT 1`;

/** Where schedules stand: columns of `integrations`, moved by compare-and-set on their version. */
export class SqliteScheduleStore extends ScheduleStore {
  private readonly numbers: IdNumbers;

  constructor(private readonly database: SqliteDatabase) {
    super();
    this.numbers = new IdNumbers(database);
  }

  override async due(at: string, limit: number): Promise<DueRun[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare(
          `SELECT ${integrationColumns}, ${scheduleColumns}, (${predecessor}) AS predecessor FROM integrations AS i
           WHERE due_at <= ? ORDER BY due_at, tenant_id, id LIMIT ?`,
        )
        .all(at, limit) as unknown as (IntegrationRow & ScheduleRow & { predecessor: SyncId | null })[];
      return rows.map((row) => ({
        integration: toIntegration(row),
        state: toScheduleState(row),
        predecessor: row.predecessor,
      }));
    });
  }

  override async ended(limit: number): Promise<EndedRun[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare(
          `SELECT ${integrationColumns}, ${scheduleColumns} FROM integrations AS i
           WHERE awaiting_sync IS NOT NULL AND EXISTS (
             SELECT 1 FROM syncs AS s WHERE s.tenant_id = i.tenant_id AND s.id = i.awaiting_sync AND s.has_ended = 1)
           ORDER BY awaiting_sync LIMIT ?`,
        )
        .all(limit) as unknown as (IntegrationRow & ScheduleRow)[];
      return rows.map((row) => {
        const integration = toIntegration(row);
        const sync = this.database
          .prepare('SELECT * FROM syncs WHERE tenant_id = ? AND id = ?')
          .get(integration.tenantId, row.awaiting_sync) as unknown as SyncRow;
        return { integration, state: toScheduleState(row), sync: toSync(sync) };
      });
    });
  }

  override async states(tenantId: TenantId, ids: readonly IntegrationId[]): Promise<Map<IntegrationId, ScheduleState>> {
    return this.database.read(() => {
      const rows = this.database
        .prepare(
          `SELECT id, ${scheduleColumns} FROM integrations
           WHERE tenant_id = ? AND id IN (SELECT value FROM json_each(?))`,
        )
        .all(tenantId, JSON.stringify(ids)) as unknown as (ScheduleRow & { id: IntegrationId })[];
      return new Map(rows.map((row) => [row.id, toScheduleState(row)]));
    });
  }

  override async move(
    tenantId: TenantId,
    id: IntegrationId,
    version: number,
    to: Omit<ScheduleState, 'version'>,
    sync: Omit<Sync, 'generation'> | null,
  ): Promise<boolean> {
    const no = sync === null ? 0 : this.numbers.assign(sync.tenantId, 'sync', sync.id);
    return this.database.transaction(() => {
      const { changes } = this.database
        .prepare(
          `UPDATE integrations SET due_at = ?, awaiting_sync = ?, schedule_state = ?, schedule_version = ?
           WHERE tenant_id = ? AND id = ? AND schedule_version = ?`,
        )
        .run(to.nextRunAt, to.awaiting, scheduleBodyOf(to), version + 1, tenantId, id, version);
      if (changes === 0) return false;
      if (sync !== null) insertSync(this.database, no, sync);
      return true;
    }, 'full');
  }
}
