import type { Migration } from './migration.js';

/** Bodies lie beside their links, so that reading the chain touches no payload. */
export const snapshots: Migration = {
  id: 4,
  name: 'snapshots',
  sql: `
    CREATE TABLE snapshot_pages (
      tenant_id TEXT NOT NULL,
      snapshot_of TEXT NOT NULL,
      page INTEGER NOT NULL,
      first_seq INTEGER NOT NULL,
      records INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      content_hash TEXT NOT NULL,
      cursor_after TEXT,
      claim INTEGER NOT NULL,
      PRIMARY KEY (tenant_id, snapshot_of, page)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE snapshot_bodies (
      tenant_id TEXT NOT NULL,
      snapshot_of TEXT NOT NULL,
      page INTEGER NOT NULL,
      body BLOB NOT NULL,
      PRIMARY KEY (tenant_id, snapshot_of, page)
    ) STRICT;

    CREATE TABLE snapshot_manifests (
      tenant_id TEXT NOT NULL,
      sync_id TEXT NOT NULL,
      claim INTEGER NOT NULL,
      finished_at TEXT NOT NULL,
      manifest TEXT NOT NULL,
      has_pages INTEGER NOT NULL,
      PRIMARY KEY (tenant_id, sync_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX snapshot_manifests_by_end ON snapshot_manifests (finished_at) WHERE has_pages = 1;
  `,
};
