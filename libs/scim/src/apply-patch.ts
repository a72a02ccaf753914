import type { JsonObject, JsonValue } from '#core';
import {
  checkName,
  findAttribute,
  isObject,
  readAttribute,
  removeAttribute,
  writeAttribute,
} from './attribute-names.js';
import { attributesUnder } from './attribute-path.js';
import { addElements, changeElements, removeElements } from './patch-elements.js';
import type { PatchOperation } from './patch-request.js';
import { readResource, readValue } from './read-resource.js';
import type { ResourceType } from './resource-type.js';
import type { SchemaAttribute } from './schema-attribute.js';

/**
 * The resource after all the changes; the one given is left as it is. What the server alone writes is not changed, without a
 * word: Okta names a group's `id` beside its new name. A value filter that nothing fits makes an element of it, as Entra
 * means it (`emails[type eq "work"].value` where there is no work address).
 * @throws {ScimError} 400 `noTarget`, `invalidPath`, or `invalidValue` for what the changes would leave
 */
export function applyPatch(
  resource: JsonObject,
  operations: readonly PatchOperation[],
  type: ResourceType,
): JsonObject {
  const patched = structuredClone(resource);
  for (const operation of operations) applyOperation(patched, operation, type);
  return readResource(patched, type);
}

function applyOperation(resource: JsonObject, { op, path, value }: PatchOperation, type: ResourceType): void {
  const removes = op === 'remove' || (op === 'replace' && isNothing(value));
  const container = path.urn === null ? resource : containerOf(resource, path.urn, !removes);
  if (container === null) return;
  const attributes = attributesUnder(type, path.urn);
  if (path.attribute === null) {
    changeWhole(resource, container, { op, removes, value, urn: path.urn }, attributes);
    return;
  }
  const attribute = findAttribute(attributes, path.attribute);
  if (attribute?.mutability === 'readOnly' || attribute?.mutability === 'writeOnly') return;
  const name = attribute?.name ?? path.attribute;
  const fit = value === null || path.sub !== null || path.filter !== null ? value : fitValue(value, attribute, name);
  change(container, name, { op, removes, value: fit, path, attribute });
  if (path.urn !== null && Object.keys(container).length === 0) removeAttribute(resource, path.urn);
}

interface Change {
  op: PatchOperation['op'];
  removes: boolean;
  value: JsonValue;
  path: PatchOperation['path'];
  attribute: SchemaAttribute | null;
}

function change(container: JsonObject, name: string, { op, removes, value, path, attribute }: Change): void {
  const present = readAttribute(container, name);
  if (path.filter !== null) {
    const elements = Array.isArray(present) ? present : [];
    const changed = removes
      ? removeElements(elements, path.filter, path.sub)
      : changeElements(elements, { filter: path.filter, sub: path.sub, value });
    setOrRemove(container, name, changed);
  } else if (path.sub !== null) {
    setOrRemove(container, name, changePart(present, path.sub, removes ? null : value, attribute));
  } else if (removes) {
    const remaining = Array.isArray(present) && value !== null ? withoutValues(present, value) : [];
    setOrRemove(container, name, remaining);
  } else if (Array.isArray(value) && op === 'add') {
    writeAttribute(container, name, addElements(Array.isArray(present) ? present : [], value));
  } else if (isObject(value) && isObject(present)) {
    for (const [key, part] of Object.entries(value)) writeAttribute(present, key, part);
  } else {
    writeAttribute(container, name, value);
  }
}

/** A path that is an extension's URN, or the core schema's: the value's attributes are those of the object. */
function changeWhole(
  resource: JsonObject,
  container: JsonObject,
  { op, removes, value, urn }: { op: PatchOperation['op']; removes: boolean; value: JsonValue; urn: string | null },
  attributes: readonly SchemaAttribute[],
): void {
  if (removes) {
    if (urn !== null) removeAttribute(resource, urn);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, part] of Object.entries(value)) {
    checkName(key);
    const attribute = findAttribute(attributes, key);
    if (attribute?.mutability === 'readOnly' || attribute?.mutability === 'writeOnly') continue;
    const name = attribute?.name ?? key;
    const path = { urn, attribute: name, sub: null, filter: null };
    change(container, name, { op, removes: part === null, value: fitValue(part, attribute, name), path, attribute });
  }
}

/** The part of an object, or of every element of a list; what is left of it. */
function changePart(
  present: JsonValue | undefined,
  sub: string,
  value: JsonValue,
  attribute: SchemaAttribute | null,
): JsonValue {
  const spelled = findAttribute(attribute?.subAttributes ?? [], sub)?.name ?? sub;
  const changed = (object: JsonObject): JsonObject => {
    if (value === null) removeAttribute(object, spelled);
    else writeAttribute(object, spelled, value);
    return object;
  };
  if (Array.isArray(present) && present.length > 0) {
    return present.map((element) => (isObject(element) ? changed(element) : element));
  }
  const object = changed(isObject(present) ? present : {});
  return attribute?.multiValued === true && Object.keys(object).length > 0 ? [object] : object;
}

function containerOf(resource: JsonObject, urn: string, create: boolean): JsonObject | null {
  const found = readAttribute(resource, urn);
  if (isObject(found)) return found;
  if (!create) return null;
  const made: JsonObject = {};
  writeAttribute(resource, urn, made);
  return made;
}

function fitValue(value: JsonValue, attribute: SchemaAttribute | null, name: string): JsonValue {
  return attribute === null ? value : (readValue(value, attribute, name) ?? null);
}

/** Entra and others remove members by a list of them beside the path. */
function withoutValues(present: JsonValue[], value: JsonValue): JsonValue[] {
  const gone = new Set((Array.isArray(value) ? value : [value]).map(ownText));
  return present.filter((element) => !gone.has(ownText(element)));
}

function ownText(element: JsonValue): string {
  const value = isObject(element) ? (readAttribute(element, 'value') ?? element) : element;
  return JSON.stringify(value);
}

function setOrRemove(container: JsonObject, name: string, value: JsonValue): void {
  const empty = Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
  if (empty) removeAttribute(container, name);
  else writeAttribute(container, name, value);
}

function isNothing(value: JsonValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
