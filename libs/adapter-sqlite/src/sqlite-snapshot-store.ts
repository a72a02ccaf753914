import { setImmediate as nextTurn } from 'node:timers/promises';
import { SnapshotStore, type JsonValue, type Manifest, type SnapshotPage, type SyncId, type TenantId } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

interface PageRow {
  page: number;
  first_seq: number;
  records: number;
  bytes: number;
  content_hash: string;
  cursor_after: string | null;
  claim: number;
}

const columns = 'page, first_seq, records, bytes, content_hash, cursor_after, claim';

/** Pages deleted in one step: about 10 MB, a few milliseconds. */
const deletedAtOnce = 32;

function toPage(row: PageRow | undefined): SnapshotPage | null {
  if (row === undefined) return null;
  return {
    page: row.page,
    firstSeq: row.first_seq,
    records: row.records,
    bytes: row.bytes,
    contentHash: row.content_hash,
    cursorAfter: row.cursor_after === null ? null : (JSON.parse(row.cursor_after) as JsonValue),
    claim: row.claim,
  };
}

export class SqliteSnapshotStore extends SnapshotStore {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  override async insertPage(
    tenantId: TenantId,
    snapshotOf: SyncId,
    page: SnapshotPage,
    body: Uint8Array,
  ): Promise<'inserted' | 'taken' | 'refused'> {
    return this.database.transaction(() => {
      const last = this.last(tenantId, snapshotOf);
      if (last !== undefined && page.page <= last.page) return 'taken';
      if (page.page !== (last?.page ?? -1) + 1) return 'refused';
      if (last !== undefined && last.claim > page.claim) return 'refused';
      if (this.hasManifest(tenantId, snapshotOf)) return 'refused';
      const cursor = page.cursorAfter === null ? null : JSON.stringify(page.cursorAfter);
      this.database
        .prepare(`INSERT INTO snapshot_pages (tenant_id, snapshot_of, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
        .run(
          tenantId,
          snapshotOf,
          page.page,
          page.firstSeq,
          page.records,
          page.bytes,
          page.contentHash,
          cursor,
          page.claim,
        );
      this.database
        .prepare('INSERT INTO snapshot_bodies (tenant_id, snapshot_of, page, body) VALUES (?, ?, ?, ?)')
        .run(tenantId, snapshotOf, page.page, body);
      return 'inserted';
    });
  }

  override async insertManifest(
    tenantId: TenantId,
    syncId: SyncId,
    manifest: Manifest,
    claim: number,
  ): Promise<'inserted' | 'taken' | 'refused'> {
    // A connector may archive or delete its file once the chain is whole: it must survive a power cut.
    return this.database.transaction(() => {
      if (this.hasManifest(tenantId, syncId)) return 'taken';
      const last = this.last(tenantId, syncId);
      if (last !== undefined && last.claim > claim) return 'refused';
      this.database
        .prepare(
          `INSERT INTO snapshot_manifests (tenant_id, sync_id, claim, finished_at, manifest, has_pages)
           VALUES (?, ?, ?, ?, ?, ?)`,
        )
        .run(tenantId, syncId, claim, manifest.finishedAt, JSON.stringify(manifest), last === undefined ? 0 : 1);
      return 'inserted';
    }, 'full');
  }

  override async manifest(tenantId: TenantId, syncId: SyncId): Promise<Manifest | null> {
    return this.database.read(() => {
      const row = this.database
        .prepare('SELECT manifest FROM snapshot_manifests WHERE tenant_id = ? AND sync_id = ?')
        .get(tenantId, syncId) as { manifest: string } | undefined;
      return row === undefined ? null : (JSON.parse(row.manifest) as Manifest);
    });
  }

  override async lastPage(tenantId: TenantId, snapshotOf: SyncId): Promise<SnapshotPage | null> {
    return this.database.read(() => toPage(this.last(tenantId, snapshotOf)));
  }

  override async pages(
    tenantId: TenantId,
    snapshotOf: SyncId,
    fromPage: number,
    limit: number,
  ): Promise<SnapshotPage[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare(
          `SELECT ${columns} FROM snapshot_pages WHERE tenant_id = ? AND snapshot_of = ? AND page >= ?
           ORDER BY page LIMIT ?`,
        )
        .all(tenantId, snapshotOf, fromPage, limit) as unknown as PageRow[];
      return rows.flatMap((row) => toPage(row) ?? []);
    });
  }

  override async page(tenantId: TenantId, snapshotOf: SyncId, page: number): Promise<SnapshotPage | null> {
    return this.database.read(() =>
      toPage(
        this.database
          .prepare(`SELECT ${columns} FROM snapshot_pages WHERE tenant_id = ? AND snapshot_of = ? AND page = ?`)
          .get(tenantId, snapshotOf, page) as PageRow | undefined,
      ),
    );
  }

  override async pageOfSeq(tenantId: TenantId, snapshotOf: SyncId, seq: number): Promise<SnapshotPage | null> {
    return this.database.read(() => {
      // Sequences rise with pages, so the first page from the end that starts at or before it holds it, or none does.
      const row = this.database
        .prepare(
          `SELECT ${columns} FROM snapshot_pages WHERE tenant_id = ? AND snapshot_of = ? AND first_seq <= ?
           ORDER BY page DESC LIMIT 1`,
        )
        .get(tenantId, snapshotOf, seq) as PageRow | undefined;
      return row !== undefined && seq < row.first_seq + row.records ? toPage(row) : null;
    });
  }

  override async body(tenantId: TenantId, snapshotOf: SyncId, page: number): Promise<Uint8Array | null> {
    return this.database.read(() => {
      const row = this.database
        .prepare('SELECT body FROM snapshot_bodies WHERE tenant_id = ? AND snapshot_of = ? AND page = ?')
        .get(tenantId, snapshotOf, page) as { body: Uint8Array } | undefined;
      return row?.body ?? null;
    });
  }

  override async deleteFinishedBefore(instant: string, keep: readonly SyncId[], limit: number): Promise<number> {
    const due = this.database.read(
      () =>
        this.database
          .prepare(
            `SELECT tenant_id, sync_id FROM snapshot_manifests
             WHERE has_pages = 1 AND finished_at < ? AND sync_id NOT IN (SELECT value FROM json_each(?))
             ORDER BY finished_at LIMIT ?`,
          )
          .all(instant, JSON.stringify(keep), limit) as { tenant_id: TenantId; sync_id: SyncId }[],
    );
    for (const { tenant_id: tenantId, sync_id: syncId } of due) {
      while (!this.deleteSome(tenantId, syncId)) await nextTurn();
    }
    return due.length;
  }

  /** Deletes from the chain's end, so that what is left is a chain still; true when nothing is left. */
  private deleteSome(tenantId: TenantId, syncId: SyncId): boolean {
    return this.database.transaction(() => {
      const last = this.last(tenantId, syncId)?.page ?? -1;
      const from = Math.max(0, last + 1 - deletedAtOnce);
      for (const table of ['snapshot_bodies', 'snapshot_pages']) {
        this.database
          .prepare(`DELETE FROM ${table} WHERE tenant_id = ? AND snapshot_of = ? AND page >= ?`)
          .run(tenantId, syncId, from);
      }
      if (from > 0) return false;
      this.database
        .prepare('UPDATE snapshot_manifests SET has_pages = 0 WHERE tenant_id = ? AND sync_id = ?')
        .run(tenantId, syncId);
      return true;
    });
  }

  private last(tenantId: TenantId, snapshotOf: SyncId): PageRow | undefined {
    return this.database
      .prepare(
        `SELECT ${columns} FROM snapshot_pages WHERE tenant_id = ? AND snapshot_of = ? ORDER BY page DESC LIMIT 1`,
      )
      .get(tenantId, snapshotOf) as PageRow | undefined;
  }

  private hasManifest(tenantId: TenantId, syncId: SyncId): boolean {
    const row = this.database
      .prepare('SELECT 1 AS found FROM snapshot_manifests WHERE tenant_id = ? AND sync_id = ?')
      .get(tenantId, syncId);
    return row !== undefined;
  }
}
