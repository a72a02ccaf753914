import type { JsonObject, JsonValue } from '#core';
import { checkName, isObject } from './attribute-names.js';
import { parseAttributePath } from './attribute-path.js';
import type { ResourceType } from './resource-type.js';
import { givenTwice, ScimError } from './scim-error.js';

interface Entry {
  key: string;
  value: JsonValue;
  /** The key was a path; this is where it leads. */
  placed: boolean;
}

/**
 * A whole resource's keys and values, those under a known schema's URN where they belong: the core schema's object and
 * `urn:…:core:2.0:User:userName` at the top, `urn:…:enterprise:2.0:User:department` in that extension's object.
 * @throws {ScimError} 400 `invalidValue` for a core URN without an object, `invalidSyntax` for a part given twice
 */
export function unfoldUrns(resource: JsonObject, type: ResourceType): [string, JsonValue][] {
  const byName = new Map<string, Entry[]>();
  for (const entry of entriesOf(resource, type)) {
    const name = entry.key.toLowerCase();
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [entry]);
    else same.push(entry);
  }
  return [...byName.values()].flatMap(together);
}

function entriesOf(resource: JsonObject, type: ResourceType): Entry[] {
  const { id } = type.schema;
  return Object.entries(resource).flatMap(([key, value]): Entry[] => {
    const name = key.toLowerCase();
    if (!name.startsWith('urn:')) return [{ key, value, placed: false }];
    if (name === id.toLowerCase()) {
      if (value === null) return [];
      if (!isObject(value)) throw ScimError.bad('invalidValue', `${id} has to be an object.`);
      return entriesOf(value, type);
    }
    const isPath = [type.schema, ...type.extensions].some((known) => name.startsWith(`${known.id.toLowerCase()}:`));
    return isPath ? [placed(key, value, type)] : [{ key, value, placed: false }];
  });
}

function placed(key: string, value: JsonValue, type: ResourceType): Entry {
  const { urn, attribute, sub } = parseAttributePath(key, type);
  const [top = key, ...inner] = [urn, attribute, sub].filter((part) => part !== null);
  for (const part of inner) checkName(part);
  return { key: top, value: inner.reduceRight((made, part) => ({ [part]: made }), value), placed: true };
}

/** Parts of one object that are named one by one, or beside it, are put together. */
function together(entries: readonly Entry[]): [string, JsonValue][] {
  const [first] = entries;
  const isCutUp = entries.length > 1 && entries.some((entry) => entry.placed);
  if (first === undefined || !isCutUp || !entries.every(({ value }) => isObject(value))) {
    return entries.map(({ key, value }) => [key, value]);
  }
  const parts = entries.flatMap(({ value }) => (isObject(value) ? Object.entries(value) : []));
  const names = new Set<string>();
  for (const [name] of parts) {
    if (names.has(name.toLowerCase())) throw givenTwice(name);
    names.add(name.toLowerCase());
  }
  return [[first.key, Object.fromEntries(parts)]];
}
