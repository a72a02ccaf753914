import type { Migration } from './migration.js';

/** Who was removed as missing or out of scope counts for the week's limit even after the values are gone. */
export const removedUsers: Migration = {
  id: 15,
  name: 'removed-users',
  sql: `
    DROP INDEX users_removed;
    CREATE INDEX users_removed ON users (tenant_no, owner_no, deactivated_at) WHERE removal_inferred = 1;
  `,
};
