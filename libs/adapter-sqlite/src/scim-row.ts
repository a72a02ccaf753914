import type { JsonObject, ScimResource, ScimResourceId, ScimResourceName } from '#core';

export interface ScimRow {
  id: ScimResourceId;
  type: ScimResourceName;
  version: number;
  attributes: string;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
  pending: number;
}

export const scimColumns = 'id, type, version, attributes, created_at, updated_at, deleted_at, pending';

export function toScimResource(row: ScimRow): ScimResource {
  return {
    id: row.id,
    type: row.type,
    version: row.version,
    attributes: JSON.parse(row.attributes) as JsonObject,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
    pending: row.pending,
  };
}
