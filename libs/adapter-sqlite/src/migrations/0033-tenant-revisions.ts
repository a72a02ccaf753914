import type { Migration } from './migration.js';

/** A change of a tenant's settings is made on what was seen, or not at all. */
export const tenantRevisions: Migration = {
  id: 33,
  name: 'tenant-revisions',
  sql: `ALTER TABLE tenants ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;`,
};
