import type { Migration } from './migration.js';

export const integrationRequests: Migration = {
  id: 28,
  name: 'integration-requests',
  sql: `
    CREATE TABLE integration_requests (
      tenant_id TEXT NOT NULL,
      id TEXT NOT NULL,
      created_at TEXT NOT NULL,
      state TEXT NOT NULL,
      revision INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (tenant_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX integration_requests_by_time ON integration_requests (tenant_id, created_at, id);
    CREATE INDEX integration_requests_deployed ON integration_requests (tenant_id, id) WHERE state = 'deployed';
  `,
};
