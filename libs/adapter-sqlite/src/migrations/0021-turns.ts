import type { Migration } from './migration.js';

/** Whose turn it is to write, so that nobody who is late writes over it. */
export const turns: Migration = {
  id: 21,
  name: 'turns',
  sql: `
    ALTER TABLE sync_generations ADD COLUMN turns INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE syncs ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
  `,
};
