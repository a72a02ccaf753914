import {
  type JsonObject,
  scimKeys,
  type ScimResource,
  type ScimResourceId,
  type ScimResourceName,
  type ScimScope,
  scimUniqueKey,
} from '#core';
import { key } from './keys.js';
import type { ScimResourceDocument } from './schemas/scim.js';

export function toScimResource(document: ScimResourceDocument): ScimResource {
  const { id, type, version, body, createdAt, updatedAt, deletedAt, pending } = document;
  const attributes = JSON.parse(body) as JsonObject;
  return { id: id as ScimResourceId, type, version, attributes, createdAt, updatedAt, deletedAt, pending };
}

/** What a document says of its attributes, and what it is found by. */
export function scimFields(
  { tenantId, integrationId }: ScimScope,
  type: ScimResourceName,
  attributes: JsonObject,
): Pick<ScimResourceDocument, 'uniqueKey' | 'keys' | 'body'> {
  const unique = scimUniqueKey(type, attributes);
  return {
    ...(unique === null ? {} : { uniqueKey: key(tenantId, integrationId, unique) }),
    keys: scimKeys(type, attributes),
    body: JSON.stringify(attributes),
  };
}

/** Marks people as pending, and fresh: they have changed, or one of their groups has. */
export const markPending = { $inc: { pending: 1 }, $set: { fresh: true } } as const;
