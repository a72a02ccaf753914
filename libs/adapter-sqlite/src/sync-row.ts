import type { IntegrationId, OpenSync, Sync, SyncFailure, SyncId, SyncState, TenantId } from '#core';
import { logSyncChange } from './log-sync-change.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** The parts of a sync that never change once it is queued and that nothing is searched by. */
type FixedParts = Pick<
  Sync,
  'lane' | 'now' | 'today' | 'person' | 'failedOf' | 'reread' | 'session' | 'edit' | 'undo' | 'requestedBy'
>;

/** The columns of {@link OpenSyncRow}. */
export const openSyncColumns = `id, tenant_id, integration_id, mode, trigger, state, generation, snapshot_of, in_pipeline, turn, round,
  cancel_requested, superseded_by, republished, failure, created_at, started_at, planned_at, settled_at, ended_at, progressed_at, fixed`;

/** A row of `syncs` without its settings. */
export interface OpenSyncRow {
  id: SyncId;
  tenant_id: TenantId;
  integration_id: IntegrationId;
  mode: Sync['mode'];
  trigger: Sync['trigger'];
  state: SyncState;
  generation: number;
  snapshot_of: SyncId;
  in_pipeline: number;
  turn: number;
  round: number;
  cancel_requested: number;
  superseded_by: SyncId | null;
  republished: number;
  failure: string | null;
  created_at: string;
  started_at: string | null;
  planned_at: string | null;
  settled_at: string | null;
  ended_at: string | null;
  progressed_at: string;
  fixed: string;
}

/** A row of `syncs`. */
export interface SyncRow extends OpenSyncRow {
  frozen: string;
}

export function toSync(row: SyncRow): Sync {
  return { ...toOpenSync(row), frozen: JSON.parse(row.frozen) as Sync['frozen'] };
}

/** Rows written before there were undos, runs of failed records, pushes and second readings are none. */
export function toOpenSync(row: OpenSyncRow): OpenSync {
  const fixed = JSON.parse(row.fixed) as Omit<FixedParts, 'undo' | 'failedOf' | 'reread' | 'session'> &
    Partial<FixedParts>;
  return {
    id: row.id,
    tenantId: row.tenant_id,
    integrationId: row.integration_id,
    mode: row.mode,
    trigger: row.trigger,
    state: row.state,
    lane: fixed.lane,
    generation: row.generation,
    now: fixed.now,
    today: fixed.today,
    person: fixed.person,
    failedOf: fixed.failedOf ?? null,
    reread: fixed.reread ?? false,
    snapshotOf: row.snapshot_of,
    session: fixed.session ?? null,
    edit: fixed.edit,
    undo: fixed.undo ?? null,
    requestedBy: fixed.requestedBy,
    inPipeline: row.in_pipeline === 1,
    turn: row.turn,
    round: row.round,
    cancelRequested: row.cancel_requested === 1,
    supersededBy: row.superseded_by,
    republished: row.republished === 1,
    failure: row.failure === null ? null : (JSON.parse(row.failure) as SyncFailure),
    createdAt: row.created_at,
    startedAt: row.started_at,
    plannedAt: row.planned_at,
    settledAt: row.settled_at,
    endedAt: row.ended_at,
    progressedAt: row.progressed_at,
  };
}

/** Queues a sync under its number, with its integration's next generation, in a transaction of the caller's. Gives the generation. */
export function insertSync(database: SqliteDatabase, no: number, sync: Omit<Sync, 'generation'>): number {
  const { lane, frozen, now, today, person, failedOf, reread, session, edit, undo, requestedBy } = sync;
  const fixed: FixedParts = { lane, now, today, person, failedOf, reread, session, edit, undo, requestedBy };
  // One that begins in the pipeline has its turn from the beginning.
  const begins = sync.inPipeline && sync.mode === 'live' ? 1 : 0;
  const { generation, turns } = database
    .prepare(
      `INSERT INTO sync_generations (tenant_id, integration_id, generation, turns) VALUES (?1, ?2, 1, ?3)
       ON CONFLICT (tenant_id, integration_id) DO UPDATE SET generation = generation + 1, turns = turns + ?3
       RETURNING generation, turns`,
    )
    .get(sync.tenantId, sync.integrationId, begins) as { generation: number; turns: number };
  if (session !== null) {
    database
      .prepare('UPDATE syncs SET is_folded = 1 WHERE tenant_id = ? AND session = ? AND is_folded = 0')
      .run(sync.tenantId, session.id);
  }
  database
    .prepare(
      `INSERT INTO syncs (no, tenant_id, id, integration_id, mode, trigger, state, generation, snapshot_of, in_pipeline,
         turn, round, cancel_requested, superseded_by, republished, failure, created_at, started_at, planned_at, settled_at,
         ended_at, progressed_at, fixed, frozen, session)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      no,
      sync.tenantId,
      sync.id,
      sync.integrationId,
      sync.mode,
      sync.trigger,
      sync.state,
      generation,
      sync.snapshotOf,
      Number(sync.inPipeline),
      begins === 1 ? turns : 0,
      sync.round,
      Number(sync.cancelRequested),
      sync.supersededBy,
      Number(sync.republished),
      sync.failure === null ? null : JSON.stringify(sync.failure),
      sync.createdAt,
      sync.startedAt,
      sync.plannedAt,
      sync.settledAt,
      sync.endedAt,
      sync.progressedAt,
      JSON.stringify(fixed),
      JSON.stringify(frozen),
      session?.id ?? null,
    );
  logSyncChange(database, sync.tenantId, sync.id);
  return generation;
}
