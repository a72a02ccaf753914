import type { JsonObject, JsonValue } from '#core';
import { ScimError } from './scim-error.js';
import type { SchemaAttribute } from './schema-attribute.js';

/** An object with fewer keys is looked through. */
const indexedFrom = 64;

/** The keys of a large object by their names; the first of several that are the same but for case. */
interface KeyIndex {
  keys: Map<string, string>;
  hasDoubles: boolean;
}

/** A client may write, or add by PATCH, very many attributes: to look through all for each would take minutes. */
const indexes = new WeakMap<JsonObject, KeyIndex>();

/**
 * The key by which an object has an attribute, whose name is compared without regard to case (RFC 7643 §2.1). Once it has been
 * asked for, keys are added by {@link writeAttribute} alone.
 */
export function findKey(object: JsonObject, name: string): string | undefined {
  if (Object.hasOwn(object, name)) return name;
  const wanted = name.toLowerCase();
  const key = indexes.get(object)?.keys.get(wanted);
  if (key !== undefined && Object.hasOwn(object, key)) return key;
  if (key === undefined && indexes.has(object)) return undefined;
  const keys = Object.keys(object);
  if (keys.length < indexedFrom) return keys.find((one) => one.toLowerCase() === wanted);
  const index = indexOf(keys);
  indexes.set(object, index);
  return index.keys.get(wanted);
}

function indexOf(all: readonly string[]): KeyIndex {
  const keys = new Map<string, string>();
  for (const key of all) if (!keys.has(key.toLowerCase())) keys.set(key.toLowerCase(), key);
  return { keys, hasDoubles: keys.size < all.length };
}

/** The value of an attribute, whatever the case of its name; undefined when the object has none. */
export function readAttribute(object: JsonObject, name: string): JsonValue | undefined {
  const key = findKey(object, name);
  return key === undefined ? undefined : object[key];
}

/** Sets an attribute under the key that it has already, or the one given. */
export function writeAttribute(object: JsonObject, name: string, value: JsonValue): void {
  checkName(name);
  const key = findKey(object, name) ?? name;

  object[key] = value;
  const keys = indexes.get(object)?.keys;
  if (keys?.has(key.toLowerCase()) === false) keys.set(key.toLowerCase(), key);
}

export function removeAttribute(object: JsonObject, name: string): void {
  const key = findKey(object, name);
  if (key === undefined) return;

  delete object[key];
  const index = indexes.get(object);
  if (index?.hasDoubles === true) indexes.delete(object);
  else index?.keys.delete(key.toLowerCase());
}

export function findAttribute(attributes: readonly SchemaAttribute[], name: string): SchemaAttribute | null {
  const wanted = name.toLowerCase();
  return attributes.find((one) => one.name.toLowerCase() === wanted) ?? null;
}

/** @throws {ScimError} for the one name that is not an object's own to have. */
export function checkName(name: string): void {
  if (name === '__proto__') throw ScimError.bad('invalidPath', 'An attribute cannot have this name.');
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
