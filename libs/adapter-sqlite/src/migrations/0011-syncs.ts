import type { Migration } from './migration.js';

/**
 * `no` is the sync's number in `id_numbers`. The parts that move are columns, the fixed ones one JSON text. A sync is
 * open until it has ended, and again while a person's word (`last_approval`) is beyond its round.
 */
export const syncs: Migration = {
  id: 11,
  name: 'syncs',
  sql: `
    CREATE TABLE sync_generations (
      tenant_id TEXT NOT NULL,
      integration_id TEXT NOT NULL,
      generation INTEGER NOT NULL,
      PRIMARY KEY (tenant_id, integration_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE syncs (
      no INTEGER PRIMARY KEY,
      tenant_id TEXT NOT NULL,
      id TEXT NOT NULL,
      integration_id TEXT NOT NULL,
      mode TEXT NOT NULL,
      trigger TEXT NOT NULL,
      state TEXT NOT NULL,
      generation INTEGER NOT NULL,
      snapshot_of TEXT NOT NULL,
      in_pipeline INTEGER NOT NULL,
      round INTEGER NOT NULL,
      cancel_requested INTEGER NOT NULL,
      superseded_by TEXT,
      republished INTEGER NOT NULL,
      failure TEXT,
      created_at TEXT NOT NULL,
      started_at TEXT,
      planned_at TEXT,
      settled_at TEXT,
      ended_at TEXT,
      progressed_at TEXT NOT NULL,
      last_approval INTEGER NOT NULL DEFAULT -1,
      fixed TEXT NOT NULL,
      has_ended INTEGER NOT NULL GENERATED ALWAYS AS
        (state IN ('completed', 'incomplete', 'awaitingApproval', 'failed', 'cancelled')) VIRTUAL,
      is_open INTEGER NOT NULL GENERATED ALWAYS AS
        (state NOT IN ('completed', 'incomplete', 'awaitingApproval', 'failed', 'cancelled') OR last_approval > round) VIRTUAL
    ) STRICT;
    CREATE UNIQUE INDEX syncs_by_id ON syncs (tenant_id, id);
    CREATE INDEX syncs_by_integration ON syncs (tenant_id, integration_id, generation);
    CREATE INDEX syncs_open ON syncs (no) WHERE is_open = 1;

    CREATE TABLE sync_approvals (
      sync_no INTEGER NOT NULL,
      round INTEGER NOT NULL,
      approval TEXT NOT NULL,
      PRIMARY KEY (sync_no, round)
    ) STRICT, WITHOUT ROWID;
  `,
};
