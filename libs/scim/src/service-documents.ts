import type { JsonObject } from '#core';
import { maxListCount } from './list-response.js';
import type { ResourceSchema } from './resource-schema.js';
import { type ResourceType, resourceTypes } from './resource-type.js';
import type { SchemaAttribute } from './schema-attribute.js';

/** A document that is found by its id. */
export type NamedDocument = JsonObject & { id: string };

/** What the service can do (RFC 7643 §5). Addresses are below `base`, which has no slash at its end. */
export function serviceProviderConfig(
  base: string,
  { maxBulkOperations, maxBodyBytes }: { maxBulkOperations: number; maxBodyBytes: number },
): JsonObject {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: true, maxOperations: maxBulkOperations, maxPayloadSize: maxBodyBytes },
    filter: { supported: true, maxResults: maxListCount },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'A token made for this integration, in the Authorization header.',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  };
}

/** The kinds of resources (RFC 7643 §6). */
export function resourceTypeDocuments(base: string): NamedDocument[] {
  return resourceTypes.map((type) => resourceTypeDocument(base, type));
}

/** Every schema that is known here (RFC 7643 §7). */
export function schemaDocuments(base: string): NamedDocument[] {
  return resourceTypes
    .flatMap(({ schema, extensions }) => [schema, ...extensions])
    .map((schema) => schemaDocument(base, schema));
}

function resourceTypeDocument(
  base: string,
  { name, endpoint, description, schema, extensions }: ResourceType,
): NamedDocument {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: name,
    name,
    endpoint,
    description,
    schema: schema.id,
    schemaExtensions: extensions.map(({ id }) => ({ schema: id, required: false })),
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
  };
}

function schemaDocument(base: string, { id, name, description, attributes }: ResourceSchema): NamedDocument {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id,
    name,
    description,
    attributes: attributes.map(attributeDocument),
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
  };
}

function attributeDocument({ canonicalValues, referenceTypes, subAttributes, ...rest }: SchemaAttribute): JsonObject {
  return {
    ...rest,
    ...(canonicalValues === undefined ? {} : { canonicalValues: [...canonicalValues] }),
    ...(referenceTypes === undefined ? {} : { referenceTypes: [...referenceTypes] }),
    ...(subAttributes === undefined ? {} : { subAttributes: subAttributes.map(attributeDocument) }),
  };
}
