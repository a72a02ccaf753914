import type { JsonObject, JsonValue } from '#core';
import { ScimError } from './scim-error.js';
import type { SchemaAttribute } from './schema-attribute.js';

/** The key by which an object has an attribute, whose name is compared without regard to case (RFC 7643 §2.1). */
export function findKey(object: JsonObject, name: string): string | undefined {
  if (Object.hasOwn(object, name)) return name;
  const wanted = name.toLowerCase();
  return Object.keys(object).find((key) => key.toLowerCase() === wanted);
}

/** The value of an attribute, whatever the case of its name; undefined when the object has none. */
export function readAttribute(object: JsonObject, name: string): JsonValue | undefined {
  const key = findKey(object, name);
  return key === undefined ? undefined : object[key];
}

/** Sets an attribute under the key that it has already, or the one given. */
export function writeAttribute(object: JsonObject, name: string, value: JsonValue): void {
  checkName(name);

  object[findKey(object, name) ?? name] = value;
}

export function removeAttribute(object: JsonObject, name: string): void {
  const key = findKey(object, name);

  if (key !== undefined) delete object[key];
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
