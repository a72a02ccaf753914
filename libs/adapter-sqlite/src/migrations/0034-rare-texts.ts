import type { Migration } from './migration.js';

/** What the people are found by whose outcome is of a kind that is rare on their page, apart from the others. */
export const rareTexts: Migration = {
  id: 34,
  name: 'rare-texts',
  sql: `
    ALTER TABLE outcome_pages ADD COLUMN tells_rare_kinds INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE outcome_rare_texts (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      seqs TEXT NOT NULL,
      lines TEXT NOT NULL
    ) STRICT;
  `,
};
