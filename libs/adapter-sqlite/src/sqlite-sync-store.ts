import type {
  Approval,
  IntegrationId,
  Manifest,
  OpenSync,
  Sync,
  SyncFilter,
  SyncId,
  SyncOutline,
  SyncPatch,
  SyncState,
  TenantId,
} from '#core';
import { FatalError, SyncStore, hasEnded } from '#core';
import { IdNumbers } from './id-numbers.js';
import { logSyncChange } from './log-sync-change.js';
import { QueryConditions, type SqlValue } from './query-conditions.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { insertSync, openSyncColumns, type OpenSyncRow, type SyncRow, toOpenSync, toSync } from './sync-row.js';

const patchColumns: {
  [Part in keyof SyncPatch]-?: [column: string, write: (value: NonNullable<Sync[Part]>) => SqlValue];
} = {
  mode: ['mode', String],
  inPipeline: ['in_pipeline', Number],
  round: ['round', Number],
  supersededBy: ['superseded_by', String],
  republished: ['republished', Number],
  failure: ['failure', (failure) => JSON.stringify(failure)],
  startedAt: ['started_at', String],
  plannedAt: ['planned_at', String],
  settledAt: ['settled_at', String],
  endedAt: ['ended_at', String],
  progressedAt: ['progressed_at', String],
};

/** SQL: a manifest `m` of a full, complete snapshot. */
const fullAndComplete =
  "json_extract(m.manifest, '$.extent') = 'full' AND json_extract(m.manifest, '$.wholeness') = 'complete'";

/** SQL: pages of a sync `s` with people whom it holds for missing and nobody let go. */
const refusedMissing = `SELECT 1 FROM outcome_pages AS p, json_each(p.counts) AS c WHERE p.sync_no = s.no AND c.value > 0
  AND c.key IN ('deprovisioned:missingFromSnapshot:held', 'deprovisioned:missingFromSnapshot:rejected',
    'deprovisioned:missingFromSnapshot:superseded')`;

/** Syncs as rows: what moves in columns, what is fixed as one text. */
export class SqliteSyncStore extends SyncStore {
  private readonly numbers: IdNumbers;

  constructor(private readonly database: SqliteDatabase) {
    super();
    this.numbers = new IdNumbers(database);
  }

  override async queue(sync: Omit<Sync, 'generation'>): Promise<number> {
    const no = this.numbers.assign(sync.tenantId, 'sync', sync.id);
    return this.database.transaction(() => insertSync(this.database, no, sync), 'full');
  }

  override async sync(tenantId: TenantId, id: SyncId): Promise<Sync | null> {
    const row = this.database.prepare('SELECT * FROM syncs WHERE tenant_id = ? AND id = ?').get(tenantId, id);
    return row === undefined ? null : toSync(row as unknown as SyncRow);
  }

  override async byIds(tenantId: TenantId, ids: readonly SyncId[]): Promise<Map<SyncId, Sync>> {
    const rows = this.database
      .prepare(
        'SELECT s.* FROM json_each(?) AS wanted CROSS JOIN syncs AS s ON s.tenant_id = ? AND s.id = wanted.value',
      )
      .all(JSON.stringify(ids), tenantId);
    return new Map((rows as unknown as SyncRow[]).map(toSync).map((sync) => [sync.id, sync]));
  }

  /** One integration's syncs were queued in order of generation, by which its index finds them. */
  override async syncs(tenantId: TenantId, filter: SyncFilter, after: SyncId | null, limit: number): Promise<Sync[]> {
    const where = new QueryConditions()
      .add('tenant_id = ?', tenantId)
      .addIfGiven('integration_id = ?', filter.integrationId)
      .addIfGiven('mode = ?', filter.mode)
      .addIfGiven('trigger = ?', filter.trigger)
      .addIfGiven('state = ?', filter.state)
      .addIfGiven('generation > ?', filter.afterGeneration)
      .addIfGiven('session = ?', filter.session)
      .addIfGiven('created_at >= ?', filter.from)
      .addIfGiven('created_at < ?', filter.to);
    if (filter.foldSessions === true) where.add('is_folded = 0');
    const place = filter.integrationId === undefined ? 'no' : 'generation';
    if (after !== null) {
      where.add(
        `${place} < (SELECT l.${place} FROM syncs AS l
           WHERE l.tenant_id = ? AND l.id = ? AND l.integration_id = coalesce(?, l.integration_id))`,
        tenantId,
        after,
        filter.integrationId ?? null,
      );
    }
    const rows = this.database
      .prepare(`SELECT * FROM syncs WHERE ${where.sql} ORDER BY ${place} DESC LIMIT ?`)
      .all(...where.values, limit);
    return (rows as unknown as SyncRow[]).map(toSync);
  }

  override async outlines(
    tenantId: TenantId,
    integrationId: IntegrationId,
    after: SyncId | null,
    limit: number,
  ): Promise<SyncOutline[]> {
    const rows = this.database
      .prepare(
        `SELECT s.id, s.mode, s.trigger, s.state, s.created_at AS createdAt, coalesce(o.planned_records, 0) AS records,
           s.trigger NOT IN ('push', 'undo') AND s.state IN ('completed', 'incomplete', 'awaitingApproval') AND EXISTS (
             SELECT 1 FROM snapshot_manifests AS m
             WHERE m.tenant_id = s.tenant_id AND m.sync_id = s.snapshot_of AND ${fullAndComplete}) AS isWhole
         FROM syncs AS s LEFT JOIN outcome_syncs AS o ON o.sync_no = s.no
         WHERE s.tenant_id = ?1 AND s.integration_id = ?2 AND s.trigger <> 'edit' AND s.generation < coalesce(
           (SELECT l.generation FROM syncs AS l WHERE l.tenant_id = ?1 AND l.id = ?3 AND l.integration_id = ?2), ?5)
         ORDER BY s.generation DESC LIMIT ?4`,
      )
      .all(tenantId, integrationId, after, limit, after === null ? Number.MAX_SAFE_INTEGER : 0) as unknown as (Omit<
      SyncOutline,
      'isWhole'
    > & { isWhole: number })[];
    return rows.map((row) => ({ ...row, isWhole: row.isWhole === 1 }));
  }

  override async open(of?: Pick<Sync, 'tenantId' | 'integrationId'>): Promise<OpenSync[]> {
    const select = `SELECT ${openSyncColumns} FROM syncs WHERE is_open = 1`;
    const rows =
      of === undefined
        ? this.database.prepare(`${select} ORDER BY no`).all()
        : this.database
            .prepare(`${select} AND tenant_id = ? AND integration_id = ? ORDER BY no`)
            .all(of.tenantId, of.integrationId);
    return (rows as unknown as OpenSyncRow[]).map(toOpenSync);
  }

  /** A sync that reaches an end leaves the pipeline, whatever the patch says. */
  override async move(
    tenantId: TenantId,
    id: SyncId,
    from: SyncState,
    to: SyncState,
    patch: SyncPatch,
  ): Promise<boolean> {
    const full: SyncPatch = from !== to && hasEnded(to) ? { ...patch, inPipeline: false } : patch;
    const assignments = ['state = ?'];
    const values: SqlValue[] = [to];
    for (const [part, [column, write]] of Object.entries(patchColumns)) {
      const value = full[part as keyof SyncPatch];
      if (value === undefined) continue;
      assignments.push(`${column} = ?`);
      values.push(value === null ? null : (write as (value: unknown) => SqlValue)(value));
    }
    return this.database.transaction(() => {
      const { changes } = this.database
        .prepare(`UPDATE syncs SET ${assignments.join(', ')} WHERE tenant_id = ? AND id = ? AND state = ?`)
        .run(...values, tenantId, id, from);
      if (changes === 1 && from !== to) logSyncChange(this.database, tenantId, id);
      return changes === 1;
    });
  }

  /** A sync that has ended is let in anew only past the same question: an approval waits for the live sync in work. */
  override async enterPipeline(tenantId: TenantId, id: SyncId): Promise<boolean> {
    return this.database.transaction(() => {
      const entered = this.database
        .prepare(
          `UPDATE syncs AS s SET in_pipeline = 1
           WHERE s.tenant_id = ?1 AND s.id = ?2 AND NOT (s.in_pipeline = 1 AND s.has_ended = 0) AND (
             s.mode = 'dry'
             OR NOT EXISTS (
               SELECT 1 FROM syncs AS o
               WHERE o.tenant_id = s.tenant_id AND o.integration_id = s.integration_id AND o.no <> s.no
                 AND o.in_pipeline = 1 AND o.is_open = 1 AND o.mode = 'live'))
           RETURNING integration_id AS integrationId, mode`,
        )
        .get(tenantId, id) as Pick<Sync, 'integrationId' | 'mode'> | undefined;
      if (entered?.mode === 'live') this.takeTurn(tenantId, entered.integrationId, id);
      if (entered !== undefined) return true;
      return (
        this.database
          .prepare('SELECT 1 FROM syncs WHERE tenant_id = ? AND id = ? AND in_pipeline = 1 AND has_ended = 0')
          .get(tenantId, id) !== undefined
      );
    });
  }

  private takeTurn(tenantId: TenantId, integrationId: IntegrationId, id: SyncId): void {
    const { turns } = this.database
      .prepare(
        'UPDATE sync_generations SET turns = turns + 1 WHERE tenant_id = ? AND integration_id = ? RETURNING turns',
      )
      .get(tenantId, integrationId) as { turns: number };
    this.database.prepare('UPDATE syncs SET turn = ? WHERE tenant_id = ? AND id = ?').run(turns, tenantId, id);
  }

  override async requestCancel(tenantId: TenantId, id: SyncId): Promise<boolean> {
    return this.database.transaction(() => {
      const { changes } = this.database
        .prepare('UPDATE syncs SET cancel_requested = 1 WHERE tenant_id = ? AND id = ? AND has_ended = 0')
        .run(tenantId, id);
      return changes === 1;
    }, 'full');
  }

  /** Only syncs that have ended are marked; one that still waits for a word becomes `completed` or `incomplete`. */
  override async supersedeOlder(by: Sync): Promise<void> {
    this.database.transaction(() => {
      const waiting = this.database
        .prepare(
          `SELECT id FROM syncs WHERE tenant_id = ? AND integration_id = ? AND generation < ?
             AND state = 'awaitingApproval' AND superseded_by IS NULL AND NOT (trigger = 'undo' AND is_open = 1)`,
        )
        .all(by.tenantId, by.integrationId, by.generation) as { id: SyncId }[];
      this.database
        .prepare(
          `UPDATE syncs AS s SET superseded_by = ?1, state = CASE
             WHEN s.state <> 'awaitingApproval' THEN s.state
             WHEN EXISTS (
               SELECT 1 FROM snapshot_manifests AS m
               WHERE m.tenant_id = s.tenant_id AND m.sync_id = s.snapshot_of
                 AND json_extract(m.manifest, '$.wholeness') <> 'complete') THEN 'incomplete'
             ELSE 'completed' END
           WHERE s.tenant_id = ?2 AND s.integration_id = ?3 AND s.generation < ?4
             AND s.has_ended = 1 AND s.superseded_by IS NULL AND NOT (s.trigger = 'undo' AND s.is_open = 1)`,
        )
        .run(by.id, by.tenantId, by.integrationId, by.generation);
      for (const { id } of waiting) logSyncChange(this.database, by.tenantId, id);
    });
  }

  /** Throws `FatalError` `unknownSync`. */
  override async addApproval(tenantId: TenantId, id: SyncId, approval: Omit<Approval, 'round'>): Promise<number> {
    return this.database.transaction(() => {
      const row = this.database
        .prepare(
          `UPDATE syncs SET last_approval = max(round, last_approval, 0) + 1
           WHERE tenant_id = ? AND id = ? RETURNING no, last_approval AS round`,
        )
        .get(tenantId, id) as { no: number; round: number } | undefined;
      if (row === undefined) throw new FatalError('unknownSync', `there is no sync ${id}`, { syncId: id });
      const stored: Approval = { ...approval, round: row.round };
      this.database
        .prepare('INSERT INTO sync_approvals (sync_no, round, approval) VALUES (?, ?, ?)')
        .run(row.no, row.round, JSON.stringify(stored));
      return row.round;
    }, 'full');
  }

  /** In order of round. */
  override async approvals(tenantId: TenantId, id: SyncId): Promise<Approval[]> {
    const rows = this.database
      .prepare('SELECT approval FROM sync_approvals WHERE sync_no = ? ORDER BY round')
      .all(this.numbers.find(tenantId, 'sync', id)) as { approval: string }[];
    return rows.map((row) => JSON.parse(row.approval) as Approval);
  }

  override async lastAccepted(
    tenantId: TenantId,
    integrationId: IntegrationId,
    beforeGeneration: number,
  ): Promise<Manifest | null> {
    const row = this.database
      .prepare(
        `SELECT m.manifest
         FROM syncs AS s JOIN snapshot_manifests AS m ON m.tenant_id = s.tenant_id AND m.sync_id = s.snapshot_of
         WHERE s.tenant_id = ? AND s.integration_id = ? AND s.generation < ? AND s.state = 'completed'
           AND s.mode = 'live' AND ${fullAndComplete} AND NOT EXISTS (${refusedMissing})
         ORDER BY s.generation DESC LIMIT 1`,
      )
      .get(tenantId, integrationId, beforeGeneration) as { manifest: string } | undefined;
    return row === undefined ? null : (JSON.parse(row.manifest) as Manifest);
  }

  override async newestCompleteSnapshot(tenantId: TenantId, integrationId: IntegrationId): Promise<SyncId | null> {
    const row = this.database
      .prepare(
        `SELECT s.id FROM syncs AS s JOIN snapshot_manifests AS m ON m.tenant_id = s.tenant_id AND m.sync_id = s.id
         WHERE s.tenant_id = ? AND s.integration_id = ? AND s.snapshot_of = s.id AND ${fullAndComplete}
         ORDER BY s.generation DESC LIMIT 1`,
      )
      .get(tenantId, integrationId) as { id: SyncId } | undefined;
    return row?.id ?? null;
  }

  override async lastGoodEnd(tenantId: TenantId, integrationId: IntegrationId): Promise<string | null> {
    const row = this.database
      .prepare(
        `SELECT ended_at FROM syncs
         WHERE tenant_id = ? AND integration_id = ? AND mode = 'live' AND state = 'completed' AND snapshot_of = id
           AND trigger NOT IN ('edit', 'undo', 'push') AND json_extract(fixed, '$.person') IS NULL AND json_extract(fixed, '$.failedOf') IS NULL
         ORDER BY generation DESC LIMIT 1`,
      )
      .get(tenantId, integrationId) as { ended_at: string | null } | undefined;
    return row?.ended_at ?? null;
  }

  override async hasDryPlan(tenantId: TenantId, integrationId: IntegrationId): Promise<boolean> {
    const row = this.database
      .prepare(
        `SELECT 1 AS found
         FROM syncs AS s JOIN snapshot_manifests AS m ON m.tenant_id = s.tenant_id AND m.sync_id = s.snapshot_of
         WHERE s.tenant_id = ? AND s.integration_id = ? AND s.mode = 'dry' AND s.state = 'completed'
           AND s.trigger NOT IN ('edit', 'undo', 'push') AND json_extract(s.fixed, '$.person') IS NULL
           AND json_extract(s.fixed, '$.failedOf') IS NULL AND json_extract(s.frozen, '$.mapping') IS NOT NULL
           AND json_extract(m.manifest, '$.records') > 0
         LIMIT 1`,
      )
      .get(tenantId, integrationId);
    return row !== undefined;
  }

  /** Open syncs, the snapshots they read, and the syncs they undo or whose failed records they read are among them. */
  override async keptByRetention(): Promise<SyncId[]> {
    const rows = this.database
      .prepare(
        `WITH waiting AS (
           SELECT id, snapshot_of FROM syncs
           WHERE is_open = 1 OR (state = 'awaitingApproval' AND superseded_by IS NULL))
         SELECT id FROM waiting
         UNION SELECT snapshot_of FROM waiting
         UNION SELECT json_extract(fixed, '$.undo.syncId') FROM syncs WHERE is_open = 1 AND trigger = 'undo'
         UNION SELECT snapshot_of FROM syncs WHERE id IN (
           SELECT json_extract(fixed, '$.failedOf') FROM syncs WHERE is_open = 1 AND trigger = 'replay')
         UNION SELECT json_extract(fixed, '$.failedOf') FROM syncs
           WHERE is_open = 1 AND trigger = 'replay' AND json_extract(fixed, '$.failedOf') IS NOT NULL
         UNION SELECT id FROM (
           SELECT s.id, max(s.generation)
           FROM syncs AS s JOIN snapshot_manifests AS m ON m.tenant_id = s.tenant_id AND m.sync_id = s.id
           WHERE s.snapshot_of = s.id AND ${fullAndComplete}
           GROUP BY s.tenant_id, s.integration_id)
         ORDER BY 1`,
      )
      .all() as { id: SyncId }[];
    return rows.map((row) => row.id);
  }
}
