import type { Migration } from './migration.js';

/**
 * What identity providers pushed. `scim_keys` are what resources are looked up by, `scim_members` who is in which group, from
 * both sides. Deleted resources stay until they are forgotten, out of the partial indexes that lists and names go by.
 */
export const scim: Migration = {
  id: 26,
  name: 'scim',
  sql: `
    CREATE TABLE scim_resources (
      tenant_id TEXT NOT NULL,
      integration_id TEXT NOT NULL,
      type TEXT NOT NULL,
      id TEXT NOT NULL,
      version INTEGER NOT NULL,
      unique_key TEXT,
      attributes TEXT NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted_at TEXT,
      pending INTEGER NOT NULL,
      PRIMARY KEY (tenant_id, integration_id, type, id)
    );
    CREATE INDEX scim_resources_present ON scim_resources (tenant_id, integration_id, type, id)
      WHERE deleted_at IS NULL;
    CREATE UNIQUE INDEX scim_resources_unique ON scim_resources (tenant_id, integration_id, unique_key)
      WHERE unique_key IS NOT NULL AND deleted_at IS NULL;
    CREATE INDEX scim_resources_pending ON scim_resources (tenant_id, integration_id, type, id) WHERE pending > 0;
    CREATE INDEX scim_resources_deleted ON scim_resources (deleted_at) WHERE deleted_at IS NOT NULL;

    CREATE TABLE scim_keys (
      tenant_id TEXT NOT NULL,
      integration_id TEXT NOT NULL,
      type TEXT NOT NULL,
      key TEXT NOT NULL,
      id TEXT NOT NULL,
      PRIMARY KEY (tenant_id, integration_id, type, key, id)
    ) WITHOUT ROWID;

    CREATE TABLE scim_members (
      tenant_id TEXT NOT NULL,
      integration_id TEXT NOT NULL,
      group_id TEXT NOT NULL,
      member_id TEXT NOT NULL,
      member TEXT NOT NULL,
      PRIMARY KEY (tenant_id, integration_id, group_id, member_id)
    ) WITHOUT ROWID;
    CREATE INDEX scim_members_groups ON scim_members (tenant_id, integration_id, member_id, group_id);

    CREATE TABLE scim_tokens (
      id TEXT PRIMARY KEY,
      tenant_id TEXT NOT NULL,
      integration_id TEXT NOT NULL,
      label TEXT NOT NULL,
      hash TEXT NOT NULL UNIQUE,
      created_at TEXT NOT NULL,
      last_used_at TEXT
    );
    CREATE INDEX scim_tokens_of ON scim_tokens (tenant_id, integration_id, created_at, id);
  `,
};
