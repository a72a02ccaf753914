import type { Migration } from './migration.js';

export const checks: Migration = {
  id: 7,
  name: 'checks',
  sql: `
    CREATE TABLE connection_checks (
      tenant_id TEXT NOT NULL,
      id TEXT NOT NULL,
      integration_id TEXT NOT NULL,
      requested_at TEXT NOT NULL,
      finished_at TEXT,
      steps TEXT NOT NULL,
      PRIMARY KEY (tenant_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX connection_checks_pending ON connection_checks (requested_at, id) WHERE finished_at IS NULL;
    CREATE INDEX connection_checks_answered ON connection_checks (requested_at) WHERE finished_at IS NOT NULL;
  `,
};
