import type { Migration } from './migration.js';

/**
 * `outcome_rows.id` is `sync_no << 32 | seq << 2 | rank`: a sync's rows lie together in order of sequence, ranks side by
 * side, and an insert is an append without a second index. `overridden` is 1 where a higher rank stands above.
 * A page's `counts` are exact at all times and tell which pages a list has to read. `span` is how many sequences the
 * page has; `link_rows` how many effective rows change no user but a link.
 */
export const outcomes: Migration = {
  id: 12,
  name: 'outcomes',
  sql: `
    CREATE TABLE outcome_rows (
      id INTEGER PRIMARY KEY,
      page INTEGER NOT NULL,
      outcome TEXT NOT NULL,
      reason TEXT NOT NULL,
      state TEXT,
      overridden INTEGER NOT NULL,
      search TEXT NOT NULL,
      body TEXT NOT NULL
    ) STRICT;

    CREATE TABLE outcome_pages (
      sync_no INTEGER NOT NULL,
      page INTEGER NOT NULL,
      state TEXT NOT NULL,
      first_seq INTEGER NOT NULL,
      records INTEGER NOT NULL,
      span INTEGER NOT NULL,
      removals INTEGER NOT NULL,
      link_rows INTEGER NOT NULL,
      refreshes INTEGER NOT NULL,
      counts TEXT NOT NULL,
      digest TEXT NOT NULL,
      PRIMARY KEY (sync_no, page)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE outcome_page_parts (
      sync_no INTEGER NOT NULL,
      page INTEGER NOT NULL,
      facts BLOB NOT NULL,
      refresh TEXT,
      unchanged BLOB,
      PRIMARY KEY (sync_no, page)
    ) STRICT;

    CREATE TABLE outcome_syncs (
      sync_no INTEGER PRIMARY KEY,
      planned_pages INTEGER NOT NULL DEFAULT 0,
      planned_records INTEGER NOT NULL DEFAULT 0,
      removal_pages INTEGER NOT NULL DEFAULT 0,
      exceptions INTEGER NOT NULL DEFAULT 0,
      has_parts INTEGER NOT NULL DEFAULT 0,
      has_rows INTEGER NOT NULL DEFAULT 1
    ) STRICT;

    CREATE TABLE outcome_slices (
      sync_no INTEGER NOT NULL,
      round INTEGER NOT NULL,
      slice INTEGER NOT NULL,
      PRIMARY KEY (sync_no, round, slice)
    ) STRICT, WITHOUT ROWID;
  `,
};
