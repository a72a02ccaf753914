import type { Migration } from './migration.js';

/** What a request was about and what it said; whose integration one is that is named without its tenant. */
export const scimRequestBodies: Migration = {
  id: 32,
  name: 'scim-request-bodies',
  sql: `
    ALTER TABLE scim_requests ADD COLUMN resource_id TEXT;
    ALTER TABLE scim_requests ADD COLUMN body BLOB;
    CREATE INDEX scim_requests_resource ON scim_requests (tenant_id, integration_id, resource_id, id)
      WHERE resource_id IS NOT NULL;
    CREATE INDEX integrations_by_id ON integrations (id);
    DROP INDEX scim_tokens_by_integration;
  `,
};
