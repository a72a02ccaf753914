import type { JsonObject, JsonValue } from '#core';
import { findAttribute, findKey, isObject } from './attribute-names.js';
import { type AttributePath, attributesUnder, parseAttributePath } from './attribute-path.js';
import type { ResourceType } from './resource-type.js';

/** Which attributes a client wants to see (RFC 7644 §3.9): those named alone, or all but those named. */
export interface Projection {
  only: readonly AttributePath[] | null;
  without: readonly AttributePath[];
}

/** Reads `attributes` and `excludedAttributes`, each a list with commas. The first wins where both are given. */
export function readProjection(
  { attributes, excludedAttributes }: { attributes?: string | undefined; excludedAttributes?: string | undefined },
  type: ResourceType,
): Projection {
  const only = readPaths(attributes, type);
  return only.length > 0 ? { only, without: [] } : { only: null, without: readPaths(excludedAttributes, type) };
}

/** Whether a projection shows anything of an attribute at the resource's top; what is not shown need not be read. */
export function shows({ only, without }: Projection, name: string): boolean {
  const names = ({ urn, attribute }: AttributePath): boolean =>
    urn === null && attribute?.toLowerCase() === name.toLowerCase();
  return only === null ? !without.some((path) => names(path) && path.sub === null) : only.some(names);
}

/** The resource as the client wants to see it; `schemas` and `id` always (`returned: always`). */
export function projectAttributes(resource: JsonObject, { only, without }: Projection, type: ResourceType): JsonObject {
  if (only === null && without.length === 0) return resource;
  const shown: JsonObject = only === null ? { ...resource } : {};
  if (only === null) for (const path of without) hide(shown, path, type);
  else for (const path of only) copy(resource, shown, path);
  for (const name of ['id', 'schemas']) {
    const key = findKey(resource, name);
    if (key !== undefined && resource[key] !== undefined) shown[key] = resource[key];
  }
  return shown;
}

function hide(shown: JsonObject, path: AttributePath, type: ResourceType): void {
  const { urn, attribute, sub } = path;
  const own = ownKey(shown, path);
  if (own !== undefined) {
    remove(shown, own);
    return;
  }
  const name = urn ?? attribute;
  const key = name === null ? undefined : findKey(shown, name);
  if (key === undefined) return;
  const parts = [...(urn === null ? [] : [attribute]), sub].filter((part) => part !== null);
  const definition = attribute === null ? null : findAttribute(attributesUnder(type, urn), attribute);
  if (definition?.returned === 'always') return;
  if (parts.length === 0) remove(shown, key);
  else replace(shown, key, withoutPart(shown[key] ?? null, parts));
}

function withoutPart(value: JsonValue, parts: readonly string[]): JsonValue {
  if (Array.isArray(value)) return value.map((element) => withoutPart(element, parts));
  const [part = '', ...rest] = parts;
  const key = isObject(value) ? findKey(value, part) : undefined;
  if (!isObject(value) || key === undefined) return value;
  const { [key]: inner = null, ...others } = value;
  return rest.length === 0 ? others : { ...others, [key]: withoutPart(inner, rest) };
}

/**
 * The key of what no schema of ours knows and is named as a whole: where `urn:acme:badges` is cut, the resource alone can
 * tell.
 */
function ownKey(resource: JsonObject, { urn, attribute, sub }: AttributePath): string | undefined {
  if (urn === null || attribute === null) return undefined;
  return findKey(resource, `${urn}:${attribute}${sub === null ? '' : `.${sub}`}`);
}

function copy(resource: JsonObject, shown: JsonObject, path: AttributePath): void {
  const own = ownKey(resource, path);
  const parts = own === undefined ? [path.urn, path.attribute, path.sub].filter((part) => part !== null) : [own];
  const [top = ''] = parts;
  const key = findKey(resource, top);
  if (key === undefined) return;
  const found = onlyPart(resource[key] ?? null, parts.slice(1));
  if (found !== undefined) replace(shown, key, together(shown[key], found));
}

function onlyPart(value: JsonValue, parts: readonly string[]): JsonValue | undefined {
  const [part, ...rest] = parts;
  if (part === undefined) return value;
  if (Array.isArray(value)) return value.map((element) => onlyPart(element, parts) ?? {});
  const key = isObject(value) ? findKey(value, part) : undefined;
  if (!isObject(value) || key === undefined) return undefined;
  const inner = onlyPart(value[key] ?? null, rest);
  return inner === undefined ? undefined : { [key]: inner };
}

/** Two parts of the same attribute, named one after the other. */
function together(one: JsonValue | undefined, other: JsonValue): JsonValue {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.map((element, index) => together(element, other[index] ?? null));
  }
  if (!isObject(one) || !isObject(other)) return other;
  const made = { ...one };
  for (const [key, value] of Object.entries(other)) made[key] = together(made[key], value);
  return made;
}

function readPaths(list: string | undefined, type: ResourceType): AttributePath[] {
  return (list ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => parseAttributePath(name, type));
}

function remove(object: JsonObject, key: string): void {
  delete object[key];
}

function replace(object: JsonObject, key: string, value: JsonValue): void {
  object[key] = value;
}
