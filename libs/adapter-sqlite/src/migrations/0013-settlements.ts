import type { Migration } from './migration.js';

export const settlements: Migration = {
  id: 13,
  name: 'settlements',
  sql: `
    CREATE TABLE settlements (
      sync_no INTEGER PRIMARY KEY,
      attempt TEXT NOT NULL,
      claim INTEGER NOT NULL,
      header TEXT NOT NULL
    ) STRICT;

    CREATE TABLE settlement_chunks (
      sync_no INTEGER NOT NULL,
      attempt TEXT NOT NULL,
      chunk INTEGER NOT NULL,
      body BLOB NOT NULL,
      PRIMARY KEY (sync_no, attempt, chunk)
    ) STRICT;

    CREATE TABLE settlement_slices (
      sync_no INTEGER NOT NULL,
      round INTEGER NOT NULL,
      slice INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (sync_no, round, slice)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE settlement_slice_lists (
      sync_no INTEGER NOT NULL,
      round INTEGER NOT NULL,
      slices INTEGER NOT NULL,
      cut_at INTEGER,
      finished INTEGER NOT NULL,
      PRIMARY KEY (sync_no, round)
    ) STRICT, WITHOUT ROWID;
  `,
};
