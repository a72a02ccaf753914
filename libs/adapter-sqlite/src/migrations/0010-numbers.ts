import type { Migration } from './migration.js';

/** Small integers for ids that stand in many rows. They never leave the adapter. */
export const numbers: Migration = {
  id: 10,
  name: 'numbers',
  sql: `
    CREATE TABLE id_numbers (
      no INTEGER PRIMARY KEY,
      tenant_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      UNIQUE (tenant_id, kind, id)
    ) STRICT;
  `,
};
