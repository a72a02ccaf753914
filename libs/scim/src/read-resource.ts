import type { JsonObject, JsonValue } from '#core';
import { checkName, findAttribute, isObject, readAttribute } from './attribute-names.js';
import { type ResourceType, topAttributes } from './resource-type.js';
import type { SchemaAttribute } from './schema-attribute.js';
import { givenTwice, ScimError } from './scim-error.js';
import { unfoldUrns } from './unfold-urns.js';
import { withoutPasswords } from './without-passwords.js';

/**
 * A resource as a client wrote it, made one that can be stored: known attributes under their schema's spelling and with values
 * of its type, what the server alone writes (`id`, `meta`, `groups`) and passwords left out, everything unknown as it came.
 * Taken as what was meant: `"True"` for a boolean, one value where a list is due, a manager's id for the manager, null for nothing,
 * an attribute under its schema's URN for the attribute.
 * @throws {ScimError} 400 `invalidSyntax` when it is no object, `invalidValue` for a wrong type or a required attribute missing
 */
export function readResource(body: unknown, type: ResourceType): JsonObject {
  const resource = readObject(withoutPasswords(body as JsonValue), topAttributes(type), type);
  for (const { name, required } of topAttributes(type)) {
    if (required && isBlank(resource[name])) throw ScimError.bad('invalidValue', `${name} is required.`);
  }
  return { ...resource, schemas: schemasOf(resource, type) };
}

/**
 * One value made fit for its attribute, as {@link readResource} does it; undefined for null.
 * @throws {ScimError} 400 `invalidValue`
 */
export function readValue(value: JsonValue, attribute: SchemaAttribute, name: string): JsonValue | undefined {
  if (value === null) return undefined;
  if (!attribute.multiValued) return readSingle(unwrapped(value, attribute), attribute, name);
  const elements = Array.isArray(value) ? value : [value];
  return elements.map((element) => readSingle(element, attribute, name)).filter((element) => element !== undefined);
}

function readObject(body: JsonValue, attributes: readonly SchemaAttribute[], type: ResourceType | null): JsonObject {
  if (!isObject(body)) throw ScimError.bad('invalidSyntax', 'The body has to be a JSON object.');
  const read: JsonObject = {};
  const names = new Set<string>();
  for (const [key, value] of type === null ? Object.entries(body) : unfoldUrns(body, type)) {
    checkName(key);
    const extension = type?.extensions.find(({ id }) => id.toLowerCase() === key.toLowerCase());
    const attribute = findAttribute(attributes, key);
    const name = extension?.id ?? attribute?.name ?? key;
    if (attribute !== null && (attribute.mutability === 'readOnly' || attribute.mutability === 'writeOnly')) continue;
    const found = extension === undefined ? readKnown(value, attribute, name) : readExtension(value, extension);
    if (found === undefined) continue;
    const known = name.toLowerCase();
    if (names.has(known)) throw givenTwice(name);
    names.add(known);
    read[name] = found;
  }
  return read;
}

function readKnown(value: JsonValue, attribute: SchemaAttribute | null, name: string): JsonValue | undefined {
  return attribute === null ? value : readValue(value, attribute, name);
}

function readExtension(
  value: JsonValue,
  { id, attributes }: ResourceType['extensions'][number],
): JsonObject | undefined {
  if (value === null) return undefined;
  if (!isObject(value)) throw ScimError.bad('invalidValue', `${id} has to be an object.`);
  return readObject(value, attributes, null);
}

function readSingle(value: JsonValue, attribute: SchemaAttribute, name: string): JsonValue | undefined {
  if (value === null) return undefined;
  switch (attribute.type) {
    case 'complex':
      return readComplex(value, attribute.subAttributes ?? [], name);
    case 'boolean':
      return readBoolean(value, name);
    case 'dateTime':
    case 'string':
    case 'reference':
    case 'binary':
      if (typeof value !== 'string') throw ScimError.bad('invalidValue', `${name} has to be a text.`);
      return value;
  }
}

function readComplex(value: JsonValue, subAttributes: readonly SchemaAttribute[], name: string): JsonValue | undefined {
  const takesValue = findAttribute(subAttributes, 'value') !== null;
  if (typeof value === 'string' && takesValue) return value === '' ? undefined : { value };
  if (!isObject(value)) throw ScimError.bad('invalidValue', `${name} has to be an object.`);
  const read: JsonObject = {};
  for (const [key, part] of Object.entries(value)) {
    checkName(key);
    const sub = findAttribute(subAttributes, key);
    const found = readKnown(part, sub, `${name}.${sub?.name ?? key}`);
    if (found !== undefined) read[sub?.name ?? key] = found;
  }
  return read;
}

function readBoolean(value: JsonValue, name: string): boolean {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (text === 'true' || text === 'false') return text === 'true';
  throw ScimError.bad('invalidValue', `${name} has to be true or false.`);
}

/** Older Entra clients write a single value as `[{"value": …}]`. */
function unwrapped(value: JsonValue, { type }: SchemaAttribute): JsonValue {
  if (!Array.isArray(value)) return value;
  const [first] = value;
  if (value.length !== 1 || first === undefined) return value;
  return isObject(first) && type !== 'complex' ? (readAttribute(first, 'value') ?? first) : first;
}

/** The URNs that the client gave, and those of the schemas whose attributes there are. */
function schemasOf(resource: JsonObject, { schema }: ResourceType): string[] {
  const given = Array.isArray(resource['schemas']) ? resource['schemas'].filter((one) => typeof one === 'string') : [];
  const used = [schema.id, ...Object.keys(resource).filter((key) => /^urn:/i.test(key) && isObject(resource[key]))];
  const known = new Set(given.map((one) => one.toLowerCase()));
  return [...given, ...used.filter((id) => !known.has(id.toLowerCase()))];
}

function isBlank(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
