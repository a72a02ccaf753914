import type { Migration } from './migration.js';

export const connectorState: Migration = {
  id: 5,
  name: 'connector-state',
  sql: `
    CREATE TABLE connector_states (
      tenant_id TEXT NOT NULL,
      integration_id TEXT NOT NULL,
      generation INTEGER NOT NULL,
      sync_id TEXT NOT NULL,
      state TEXT NOT NULL,
      PRIMARY KEY (tenant_id, integration_id)
    ) STRICT, WITHOUT ROWID;
  `,
};
