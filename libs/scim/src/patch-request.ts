import type { JsonObject, JsonValue } from '#core';
import { isObject, readAttribute } from './attribute-names.js';
import { type PatchPath, parsePatchPath } from './parse-scim-filter.js';
import type { ResourceType } from './resource-type.js';
import { ScimError } from './scim-error.js';

const maxPatchOperations = 1_000;

/** One change of one attribute. */
export interface PatchOperation {
  op: 'add' | 'replace' | 'remove';
  path: PatchPath;
  /** Null where the client gave none. */
  value: JsonValue;
}

/**
 * Reads a PATCH body (RFC 7644 §3.5.2) as a list of changes of one attribute each. An operation without a path is cut up:
 * each key of its value is a path, so that `name.givenName`, `urn:…:User:department` and `emails[type eq "work"].value` are
 * taken there as they are in `path`, and so is one whose path is the core schema's URN. Operations are written in any case (`Replace`).
 * @throws {ScimError} 400 `invalidSyntax`, `invalidPath` or `noTarget`
 */
export function readPatch(body: unknown, type: ResourceType): PatchOperation[] {
  const operations = isObject(body as JsonValue) ? readAttribute(body as JsonObject, 'Operations') : undefined;
  if (!Array.isArray(operations)) throw ScimError.bad('invalidSyntax', 'Operations has to be a list of changes.');
  if (operations.length > maxPatchOperations) {
    throw ScimError.bad('invalidSyntax', `A request has at most ${String(maxPatchOperations)} operations.`);
  }
  return operations.flatMap((operation, index) => readOperation(operation, `Operations[${String(index)}]`, type));
}

function readOperation(operation: JsonValue, place: string, type: ResourceType): PatchOperation[] {
  if (!isObject(operation)) throw ScimError.bad('invalidSyntax', `${place} has to be an object.`);
  const op = readOp(readAttribute(operation, 'op'), place);
  const path = readAttribute(operation, 'path') ?? '';
  const value = readAttribute(operation, 'value') ?? null;
  if (typeof path !== 'string') throw ScimError.bad('invalidPath', `${place}.path has to be a text.`);
  const isWhole = path.toLowerCase() === type.schema.id.toLowerCase() && isObject(value) && op !== 'remove';
  if (path !== '' && !isWhole) return [{ op, path: parsePatchPath(path, type), value }];
  if (op === 'remove') throw ScimError.bad('noTarget', `${place} removes, and has no path that says what.`);
  if (!isObject(value)) {
    throw ScimError.bad('invalidValue', `${place} has no path: its value has to be an object of attributes.`);
  }
  return attributesOf(value, type).map(([key, part]) => ({ op, path: readKey(key, part, type), value: part }));
}

/** The core schema's object is no attribute: those in it are. */
function attributesOf(value: JsonObject, type: ResourceType): [string, JsonValue][] {
  return Object.entries(value).flatMap(([key, part]): [string, JsonValue][] =>
    key.toLowerCase() === type.schema.id.toLowerCase() && isObject(part) ? attributesOf(part, type) : [[key, part]],
  );
}

function readOp(value: JsonValue | undefined, place: string): PatchOperation['op'] {
  const op = typeof value === 'string' ? value.toLowerCase() : '';
  if (op === 'add' || op === 'replace' || op === 'remove') return op;
  throw ScimError.bad('invalidSyntax', `${place}.op has to be add, replace or remove.`);
}

/**
 * The path that a key of a value is. An object under a URN that no schema of ours has is that extension as a whole; a name that
 * cannot be a path is an attribute's own.
 */
function readKey(key: string, value: JsonValue, type: ResourceType): PatchPath {
  const literal = { urn: null, attribute: key, sub: null, filter: null };
  if (/^urn:/i.test(key)) {
    const known = [type.schema, ...type.extensions].some(({ id }) => key.toLowerCase().startsWith(id.toLowerCase()));
    return known || !isObject(value) ? parsePatchPath(key, type) : literal;
  }
  return /^[A-Za-z$][\w.$-]*$/.test(key) || key.includes('[') ? parsePatchPath(key, type) : literal;
}
