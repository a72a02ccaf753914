import type { Migration } from './migration.js';

/** A lease's row outlives the lease, so that claims keep rising. `expires_at` in milliseconds; 0 when free. */
export const leases: Migration = {
  id: 2,
  name: 'leases',
  sql: `
    CREATE TABLE leases (
      key TEXT PRIMARY KEY,
      holder TEXT NOT NULL,
      claim INTEGER NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
