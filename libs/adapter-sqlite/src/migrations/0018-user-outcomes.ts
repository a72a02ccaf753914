import type { Migration } from './migration.js';

/** Which outcomes name a user. The one that created them is told by their id, so that a first sync writes none. */
export const userOutcomes: Migration = {
  id: 18,
  name: 'user-outcomes',
  sql: `
    CREATE TABLE user_outcomes (
      tenant_no INTEGER NOT NULL,
      user_id TEXT NOT NULL,
      sync_no INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (tenant_no, user_id, sync_no, seq)
    ) STRICT, WITHOUT ROWID;
  `,
};
