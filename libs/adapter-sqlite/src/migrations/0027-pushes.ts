import type { Migration } from './migration.js';

/**
 * From pushes to syncs. A resource is `fresh` until a sync takes it, which is noted with what was pending then. `session`
 * is the first push sync of those that belong together; all but the newest of them are folded away in lists.
 */
export const pushes: Migration = {
  id: 27,
  name: 'pushes',
  sql: `
    ALTER TABLE scim_resources ADD COLUMN fresh INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE scim_resources ADD COLUMN taken_by TEXT;
    ALTER TABLE scim_resources ADD COLUMN taken INTEGER NOT NULL DEFAULT 0;
    UPDATE scim_resources SET fresh = 1 WHERE pending > 0;
    CREATE INDEX scim_resources_fresh ON scim_resources (tenant_id, integration_id, type, id) WHERE fresh = 1;
    CREATE INDEX scim_resources_taken ON scim_resources (tenant_id, integration_id, taken_by, id)
      WHERE taken_by IS NOT NULL;

    ALTER TABLE syncs ADD COLUMN session TEXT;
    ALTER TABLE syncs ADD COLUMN is_folded INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX syncs_unfolded ON syncs (tenant_id, no) WHERE is_folded = 0;
    CREATE INDEX syncs_unfolded_by_integration ON syncs (tenant_id, integration_id, generation) WHERE is_folded = 0;
    CREATE INDEX syncs_by_session ON syncs (tenant_id, session, no) WHERE session IS NOT NULL;
  `,
};
