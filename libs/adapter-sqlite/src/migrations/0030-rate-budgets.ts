import type { Migration } from './migration.js';

/** How far the rate budgets of sources are spent. Times in milliseconds since 1970. */
export const rateBudgets: Migration = {
  id: 30,
  name: 'rate-budgets',
  sql: `
    CREATE TABLE rate_budgets (
      tenant_id TEXT NOT NULL,
      integration_id TEXT NOT NULL,
      made_up_at REAL NOT NULL,
      rest_until REAL,
      rest_since REAL,
      rest_status INTEGER,
      PRIMARY KEY (tenant_id, integration_id)
    ) STRICT, WITHOUT ROWID;
  `,
};
