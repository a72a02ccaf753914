import { setImmediate } from 'node:timers/promises';
import { type ScimRequestEntry, ScimRequestLog, type ScimScope, type SyncId } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

/** Entries deleted in one step. */
const deletedAtOnce = 1_000;

interface RequestRow {
  id: string;
  sync_id: SyncId | null;
  is_write: number;
  entry: string;
}

/** The parts of an entry that nothing is searched by. */
type EntryText = Omit<ScimRequestEntry, 'id' | 'isWrite' | 'syncId'>;

export class SqliteScimRequestLog extends ScimRequestLog {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  override async add({ tenantId, integrationId }: ScimScope, entry: ScimRequestEntry): Promise<void> {
    const { id, isWrite, syncId, ...text } = entry;
    this.database.transaction(() => {
      this.database
        .prepare(
          `INSERT INTO scim_requests (tenant_id, integration_id, id, at, is_refused, is_write, sync_id, entry)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          tenantId,
          integrationId,
          id,
          text.at,
          Number(text.status >= 400),
          Number(isWrite),
          syncId,
          JSON.stringify(text satisfies EntryText),
        );
    });
  }

  override async list(
    { tenantId, integrationId }: ScimScope,
    { before, limit, refused }: { before: string | null; limit: number; refused: boolean },
  ): Promise<ScimRequestEntry[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare(
          `SELECT id, sync_id, is_write, entry FROM scim_requests
           WHERE tenant_id = ? AND integration_id = ? AND (? IS NULL OR id < ?) ${refused ? 'AND is_refused = 1' : ''}
           ORDER BY id DESC LIMIT ?`,
        )
        .all(tenantId, integrationId, before, before, limit) as unknown as RequestRow[];
      return rows.map(({ id, sync_id, is_write, entry }) => ({
        id,
        ...(JSON.parse(entry) as EntryText),
        isWrite: is_write === 1,
        syncId: sync_id,
      }));
    });
  }

  override async attribute({ tenantId, integrationId }: ScimScope, syncId: SyncId): Promise<void> {
    this.database.transaction(() => {
      this.database
        .prepare(
          `UPDATE scim_requests SET sync_id = ?
           WHERE tenant_id = ? AND integration_id = ? AND is_write = 1 AND sync_id IS NULL`,
        )
        .run(syncId, tenantId, integrationId);
    });
  }

  override async deleteBefore(instant: string, limit: number): Promise<number> {
    return this.database.transaction(() => {
      const { changes } = this.database
        .prepare(
          `DELETE FROM scim_requests WHERE rowid IN (SELECT rowid FROM scim_requests WHERE at < ? ORDER BY at LIMIT ?)`,
        )
        .run(instant, limit);
      return Number(changes);
    });
  }

  /** Goes from one integration to the next in the index, and gives way after each step. */
  override async trim(most: number): Promise<void> {
    let last: ScimScope | null = null;
    for (;;) {
      const scope = this.scopeAfter(last);
      if (scope === null) return;
      last = scope;
      const oldest = this.newestBeyond(scope, most);
      while (oldest !== null && this.deleteUpTo(scope, oldest) === deletedAtOnce) await setImmediate();
      await setImmediate();
    }
  }

  private scopeAfter(last: ScimScope | null): ScimScope | null {
    const next = this.database
      .prepare(
        `SELECT tenant_id AS tenantId, integration_id AS integrationId FROM scim_requests
         WHERE (tenant_id, integration_id) > (?, ?) ORDER BY tenant_id, integration_id LIMIT 1`,
      )
      .get(last?.tenantId ?? '', last?.integrationId ?? '') as unknown as ScimScope | undefined;
    return next ?? null;
  }

  private newestBeyond({ tenantId, integrationId }: ScimScope, most: number): string | null {
    const row = this.database
      .prepare(
        `SELECT id FROM scim_requests WHERE tenant_id = ? AND integration_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?`,
      )
      .get(tenantId, integrationId, most) as { id: string } | undefined;
    return row?.id ?? null;
  }

  private deleteUpTo({ tenantId, integrationId }: ScimScope, id: string): number {
    return this.database.transaction(() => {
      const { changes } = this.database
        .prepare(
          `DELETE FROM scim_requests WHERE rowid IN (SELECT rowid FROM scim_requests
             WHERE tenant_id = ? AND integration_id = ? AND id <= ? LIMIT ?)`,
        )
        .run(tenantId, integrationId, id, deletedAtOnce);
      return Number(changes);
    });
  }
}
