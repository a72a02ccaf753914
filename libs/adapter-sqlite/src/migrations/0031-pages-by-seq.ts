import type { Migration } from './migration.js';

/** The page that a sequence is on, and the pages after it, without reading a sync's others. */
export const pagesBySeq: Migration = {
  id: 31,
  name: 'pages-by-seq',
  sql: `
    CREATE INDEX outcome_pages_by_seq ON outcome_pages (sync_no, first_seq);
    CREATE INDEX outcome_pages_without_texts ON outcome_pages (sync_no, first_seq) WHERE has_texts = 0;
  `,
};
