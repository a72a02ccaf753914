import type { Migration } from './migration.js';

export const syncChanges: Migration = {
  id: 20,
  name: 'sync changes',
  sql: `
    CREATE TABLE sync_changes (
      tenant_id TEXT NOT NULL,
      no INTEGER NOT NULL,
      sync_id TEXT NOT NULL,
      integration_id TEXT NOT NULL,
      mode TEXT NOT NULL,
      state TEXT NOT NULL,
      at TEXT NOT NULL,
      PRIMARY KEY (tenant_id, no)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sync_changes_of_sync ON sync_changes (tenant_id, sync_id, no);
    CREATE INDEX sync_changes_at ON sync_changes (at);
  `,
};
