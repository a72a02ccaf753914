import type { Migration } from './migration.js';

/** What identity providers asked. `is_write` with no sync: the next push sync is named in it. */
export const scimRequests: Migration = {
  id: 28,
  name: 'scimRequests',
  sql: `
    CREATE TABLE scim_requests (
      tenant_id TEXT NOT NULL,
      integration_id TEXT NOT NULL,
      id TEXT NOT NULL,
      at TEXT NOT NULL,
      is_refused INTEGER NOT NULL,
      is_write INTEGER NOT NULL,
      sync_id TEXT,
      entry TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX scim_requests_of ON scim_requests (tenant_id, integration_id, id);
    CREATE INDEX scim_requests_refused ON scim_requests (tenant_id, integration_id, id) WHERE is_refused = 1;
    CREATE INDEX scim_requests_waiting ON scim_requests (tenant_id, integration_id) WHERE is_write = 1 AND sync_id IS NULL;
    CREATE INDEX scim_requests_at ON scim_requests (at);
    CREATE INDEX scim_tokens_by_integration ON scim_tokens (integration_id);
  `,
};
