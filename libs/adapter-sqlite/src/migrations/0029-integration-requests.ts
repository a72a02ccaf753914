import type { Migration } from './migration.js';

/** Wishes for integrations, and how people are told of them and of syncs. */
export const integrationRequests: Migration = {
  id: 29,
  name: 'integration-requests',
  sql: `
    CREATE TABLE integration_requests (
      tenant_id TEXT NOT NULL,
      id TEXT NOT NULL,
      created_at TEXT NOT NULL,
      state TEXT NOT NULL,
      revision INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (tenant_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX integration_requests_by_time ON integration_requests (tenant_id, created_at, id);
    CREATE INDEX integration_requests_deployed ON integration_requests (tenant_id, id) WHERE state = 'deployed';

    ALTER TABLE tenants ADD COLUMN contacts TEXT NOT NULL DEFAULT '[]';

    CREATE TABLE webhooks (
      tenant_id TEXT NOT NULL,
      id TEXT NOT NULL,
      integration_id TEXT,
      url TEXT NOT NULL,
      sealed_secret TEXT NOT NULL,
      created_at TEXT NOT NULL,
      PRIMARY KEY (tenant_id, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE notice_events (
      tenant_id TEXT NOT NULL,
      subject_id TEXT NOT NULL,
      state TEXT NOT NULL,
      kind TEXT NOT NULL,
      at TEXT NOT NULL,
      PRIMARY KEY (tenant_id, subject_id, state)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE notices (
      tenant_id TEXT NOT NULL,
      id TEXT NOT NULL,
      integration_id TEXT,
      burst TEXT NOT NULL,
      state TEXT NOT NULL,
      tries INTEGER NOT NULL,
      next_try_at TEXT NOT NULL,
      due_at TEXT NOT NULL,
      created_at TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (tenant_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX notices_due ON notices (next_try_at) WHERE state = 'waiting';
    CREATE INDEX notices_by_burst ON notices (tenant_id, burst, due_at);
    CREATE INDEX notices_by_time ON notices (tenant_id, created_at, id);
    CREATE INDEX notices_by_age ON notices (created_at);
  `,
};
