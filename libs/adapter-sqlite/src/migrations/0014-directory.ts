import type { Migration } from './migration.js';

/**
 * `users` holds what is searched and compared, narrow and in order of id; `user_bodies` the rest, under a number that
 * only grows. Instants are milliseconds. `user_counts` is kept exact by every write; `owner_no` is 0 without an owner.
 */
export const directory: Migration = {
  id: 14,
  name: 'directory',
  sql: `
    CREATE TABLE users (
      tenant_no INTEGER NOT NULL,
      id TEXT NOT NULL,
      no INTEGER NOT NULL,
      version INTEGER NOT NULL,
      status TEXT NOT NULL,
      owner_no INTEGER NOT NULL,
      email_key TEXT,
      employee_id_key TEXT,
      manager_by TEXT,
      manager_key TEXT,
      manager_id TEXT,
      deactivated_at INTEGER,
      anonymize_after INTEGER,
      removal_inferred INTEGER NOT NULL,
      PRIMARY KEY (tenant_no, id)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX users_by_email ON users (tenant_no, email_key)
      WHERE status = 'active' AND email_key IS NOT NULL;
    CREATE UNIQUE INDEX users_by_employee_id ON users (tenant_no, employee_id_key)
      WHERE status = 'active' AND employee_id_key IS NOT NULL;
    CREATE INDEX users_gone_by_employee_id ON users (tenant_no, employee_id_key)
      WHERE status = 'deactivated' AND employee_id_key IS NOT NULL;
    CREATE INDEX users_parked ON users (tenant_no, id) WHERE manager_by IS NOT NULL AND manager_id IS NULL;
    CREATE INDEX users_due ON users (anonymize_after) WHERE status = 'deactivated';
    CREATE INDEX users_removed ON users (tenant_no, owner_no, deactivated_at)
      WHERE status = 'deactivated' AND removal_inferred = 1;

    CREATE TABLE user_bodies (
      no INTEGER PRIMARY KEY,
      search TEXT NOT NULL,
      body TEXT NOT NULL
    ) STRICT;

    CREATE TABLE user_counts (
      tenant_no INTEGER NOT NULL,
      owner_no INTEGER NOT NULL,
      status TEXT NOT NULL,
      users INTEGER NOT NULL,
      PRIMARY KEY (tenant_no, owner_no, status)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE links (
      integration_no INTEGER NOT NULL,
      source_id TEXT NOT NULL,
      tenant_no INTEGER NOT NULL,
      user_id TEXT NOT NULL,
      present INTEGER NOT NULL,
      record_hash TEXT,
      mapping_version INTEGER,
      attributes_revision INTEGER,
      settings_revision INTEGER,
      user_version INTEGER,
      due_date TEXT,
      PRIMARY KEY (integration_no, source_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX links_by_user ON links (tenant_no, user_id);
  `,
};
