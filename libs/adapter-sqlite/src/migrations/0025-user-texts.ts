import { fillUserTexts } from '../fill-user-texts.js';
import type { Migration } from './migration.js';

/**
 * What users are found by, in blocks of those whose numbers lie together; signatures apart, because every search reads
 * them all. Numbers only grow, so that a first sync appends to the index.
 */
export const userTexts: Migration = {
  id: 25,
  name: 'user-texts',
  sql: `
    CREATE TABLE user_texts (
      tenant_no INTEGER NOT NULL,
      block INTEGER NOT NULL,
      lines BLOB NOT NULL,
      places BLOB NOT NULL,
      PRIMARY KEY (tenant_no, block)
    ) STRICT;
    CREATE TABLE user_signatures (
      tenant_no INTEGER NOT NULL,
      block INTEGER NOT NULL,
      signature BLOB NOT NULL,
      PRIMARY KEY (tenant_no, block)
    ) STRICT;
    CREATE INDEX users_by_no ON users (no);
  `,
  fill: fillUserTexts,
};
