import type { Migration } from './migration.js';

/**
 * What the people of a page are found by, one value a page; signatures apart, because every search reads them all. Rows had
 * a text each before: of pages stored by then it is made of the rows when somebody searches.
 */
export const pageTexts: Migration = {
  id: 23,
  name: 'page-texts',
  sql: `
    CREATE TABLE outcome_texts (
      sync_no INTEGER NOT NULL,
      page INTEGER NOT NULL,
      lines BLOB NOT NULL,
      places BLOB NOT NULL,
      PRIMARY KEY (sync_no, page)
    ) STRICT;
    CREATE TABLE outcome_signatures (
      sync_no INTEGER NOT NULL,
      page INTEGER NOT NULL,
      signature BLOB NOT NULL,
      PRIMARY KEY (sync_no, page)
    ) STRICT;
    ALTER TABLE outcome_rows DROP COLUMN search;
  `,
};
