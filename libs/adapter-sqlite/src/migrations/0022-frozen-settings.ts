import type { Migration } from './migration.js';

/** A sync's settings beside its other fixed parts: whoever asks which syncs are open reads none of them. */
export const frozenSettings: Migration = {
  id: 22,
  name: 'frozenSettings',
  sql: `
    ALTER TABLE syncs ADD COLUMN frozen TEXT NOT NULL DEFAULT '';
    UPDATE syncs SET frozen = json_extract(fixed, '$.frozen'), fixed = json_remove(fixed, '$.frozen');
  `,
};
