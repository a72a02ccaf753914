import { setImmediate } from 'node:timers/promises';
import {
  type ScimRequestBody,
  type ScimRequestEntry,
  type ScimRequestFilter,
  ScimRequestLog,
  type ScimRequestToAdd,
  type ScimScope,
  type SyncId,
} from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

/** Entries deleted in one step. */
const deletedAtOnce = 1_000;

interface RequestRow {
  id: string;
  sync_id: SyncId | null;
  is_write: number;
  resource_id: string | null;
  entry: string;
}

/** The parts of an entry that nothing is searched by. `bulk` and `body` are in those that have them. */
type EntryText = Omit<ScimRequestEntry, 'id' | 'isWrite' | 'syncId' | 'resourceId' | 'bulk'> & {
  bulk?: string;
  body?: Omit<ScimRequestBody, 'packed'>;
};

const columns = 'id, sync_id, is_write, resource_id, entry';

export class SqliteScimRequestLog extends ScimRequestLog {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  override async add({ tenantId, integrationId }: ScimScope, entries: readonly ScimRequestToAdd[]): Promise<void> {
    this.database.transaction(() => {
      const insert = this.database.prepare(
        `INSERT INTO scim_requests (tenant_id, integration_id, id, at, is_refused, is_write, sync_id, resource_id, entry,
           body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      );
      for (const { id, isWrite, syncId, resourceId, bulk, body, ...rest } of entries) {
        const { packed, ...about } = body ?? { packed: null };
        const text = {
          ...rest,
          ...(bulk === null ? {} : { bulk }),
          ...(body === null ? {} : { body: about as Omit<ScimRequestBody, 'packed'> }),
        } satisfies EntryText;
        const flags = [Number(rest.status >= 400), Number(isWrite)];
        const found = [tenantId, integrationId, id, rest.at, ...flags, syncId, resourceId];
        insert.run(...found, JSON.stringify(text), packed);
      }
    });
  }

  override async list(
    { tenantId, integrationId }: ScimScope,
    { before, limit, ...filter }: { before: string | null; limit: number } & ScimRequestFilter,
  ): Promise<ScimRequestEntry[]> {
    const { conditions, values } = conditionsOf(filter);
    return this.database.read(() => {
      const rows = this.database
        .prepare(
          `SELECT ${columns} FROM scim_requests
           WHERE tenant_id = ? AND integration_id = ? AND (? IS NULL OR id < ?)${conditions} ORDER BY id DESC LIMIT ?`,
        )
        .all(tenantId, integrationId, before, before, ...values, limit) as unknown as RequestRow[];
      return rows.map((row) => toEntry(row).entry);
    });
  }

  override async find({ tenantId, integrationId }: ScimScope, id: string): Promise<ScimRequestToAdd | null> {
    return this.database.read(() => {
      const row = this.database
        .prepare(`SELECT ${columns}, body FROM scim_requests WHERE tenant_id = ? AND integration_id = ? AND id = ?`)
        .get(tenantId, integrationId, id) as (RequestRow & { body: Uint8Array | null }) | undefined;
      if (row === undefined) return null;
      const { entry, about } = toEntry(row);
      return { ...entry, body: about === null ? null : { packed: row.body, ...about } };
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

function conditionsOf({ refused, resourceId, syncId, writtenUntil }: ScimRequestFilter): {
  conditions: string;
  values: string[];
} {
  const given: [string, string | undefined][] = [
    ['resource_id = ?', resourceId],
    ['is_write = 1 AND sync_id = ?', syncId],
    ['is_write = 1 AND at <= ?', writtenUntil],
  ];
  const used = given.filter((one): one is [string, string] => one[1] !== undefined);
  const all = [...(refused === true ? ['is_refused = 1'] : []), ...used.map(([condition]) => condition)];
  return { conditions: all.map((one) => ` AND ${one}`).join(''), values: used.map(([, value]) => value) };
}

function toEntry({ id, sync_id, is_write, resource_id, entry }: RequestRow): {
  entry: ScimRequestEntry;
  about: Omit<ScimRequestBody, 'packed'> | null;
} {
  const { bulk = null, body: about = null, ...rest } = JSON.parse(entry) as EntryText;
  return { entry: { id, ...rest, resourceId: resource_id, bulk, isWrite: is_write === 1, syncId: sync_id }, about };
}
