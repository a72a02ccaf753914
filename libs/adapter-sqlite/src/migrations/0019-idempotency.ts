import type { Migration } from './migration.js';

export const idempotency: Migration = {
  id: 19,
  name: 'idempotency',
  sql: `
    CREATE TABLE repeatable_requests (
      id TEXT PRIMARY KEY,
      fingerprint TEXT NOT NULL,
      since TEXT NOT NULL,
      busy_until TEXT NOT NULL,
      answer TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX repeatable_requests_since ON repeatable_requests (since);
  `,
};
