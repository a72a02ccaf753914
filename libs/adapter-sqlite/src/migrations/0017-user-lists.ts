import type { Migration } from './migration.js';

/** Both leave out active users: a first sync writes neither. */
export const userLists: Migration = {
  id: 17,
  name: 'user-lists',
  sql: `
    CREATE INDEX users_gone_by_email ON users (tenant_no, email_key)
      WHERE status = 'deactivated' AND email_key IS NOT NULL;
    CREATE INDEX users_not_active ON users (tenant_no, status, id) WHERE status <> 'active';
  `,
};
