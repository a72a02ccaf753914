import type { JsonObject, JsonValue } from '#core';
import { findAttribute, isObject, readAttribute } from './attribute-names.js';
import { type ResourceType, topAttributes } from './resource-type.js';
import type { SchemaAttribute } from './schema-attribute.js';

/** What `urn:…:User:name.givenName` names (RFC 7644 §3.10). */
export interface AttributePath {
  /** The extension whose object holds the attribute; null when the resource itself does. */
  urn: string | null;
  /** Null: the extension's object as a whole. */
  attribute: string | null;
  sub: string | null;
}

/** Cuts a path; the core schema's own URN is left out, known ones are spelled as their schema is. */
export function parseAttributePath(text: string, type: ResourceType): AttributePath {
  const lower = text.toLowerCase();
  for (const { id } of [type.schema, ...type.extensions]) {
    const urn = id === type.schema.id ? null : id;
    if (lower === id.toLowerCase()) return { urn, attribute: null, sub: null };
    if (lower.startsWith(`${id.toLowerCase()}:`)) return { urn, ...cutDot(text.slice(id.length + 1)) };
  }
  if (!lower.startsWith('urn:')) return { urn: null, ...cutDot(text) };
  const colon = text.lastIndexOf(':');
  return { urn: text.slice(0, colon), ...cutDot(text.slice(colon + 1)) };
}

/** What the schemas say about a path's last part; null for an attribute that they don't know. */
export function definitionOf(type: ResourceType, { urn, attribute, sub }: AttributePath): SchemaAttribute | null {
  if (attribute === null) return null;
  const found = findAttribute(attributesUnder(type, urn), attribute);
  return sub === null || found === null ? found : findAttribute(found.subAttributes ?? [], sub);
}

/** The attributes that the resource itself (null) or one of its extensions has. */
export function attributesUnder(type: ResourceType, urn: string | null): readonly SchemaAttribute[] {
  if (urn === null) return topAttributes(type);
  return type.extensions.find(({ id }) => id === urn)?.attributes ?? [];
}

/** The values at a path, those of a list one by one; a list's or object's own values where the path has no part more. */
export function valuesAt(resource: JsonObject, { urn, attribute, sub }: AttributePath): JsonValue[] {
  const container = urn === null ? resource : readAttribute(resource, urn);
  if (!isObject(container)) return [];
  const found = attribute === null ? container : readAttribute(container, attribute);
  const values = asList(found);
  if (sub === null) return values;
  return values.flatMap((value) => (isObject(value) ? asList(readAttribute(value, sub)) : []));
}

function asList(value: JsonValue | undefined): JsonValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function cutDot(text: string): { attribute: string; sub: string | null } {
  const dot = text.indexOf('.');
  return dot < 0 ? { attribute: text, sub: null } : { attribute: text.slice(0, dot), sub: text.slice(dot + 1) };
}
