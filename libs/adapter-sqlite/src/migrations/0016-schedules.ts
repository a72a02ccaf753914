import type { Migration } from './migration.js';

/**
 * Where each integration's schedule stands, beside its settings, so that setting a schedule and starting it is one
 * write. `due_at` is the next run; `awaiting_sync` the run whose end has not been judged.
 */
export const schedules: Migration = {
  id: 16,
  name: 'schedules',
  sql: `
    ALTER TABLE integrations ADD COLUMN due_at TEXT;
    ALTER TABLE integrations ADD COLUMN awaiting_sync TEXT;
    ALTER TABLE integrations ADD COLUMN schedule_version INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE integrations ADD COLUMN schedule_state TEXT NOT NULL DEFAULT '{}';
    CREATE INDEX integrations_due ON integrations (due_at) WHERE due_at IS NOT NULL;
    CREATE INDEX integrations_awaiting ON integrations (awaiting_sync) WHERE awaiting_sync IS NOT NULL;
    CREATE INDEX syncs_open_by_integration ON syncs (tenant_id, integration_id, no) WHERE is_open = 1;
  `,
};
