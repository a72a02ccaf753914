import type { JsonObject, JsonValue } from '#core';
import { isObject, readAttribute } from './attribute-names.js';
import { ScimError } from './scim-error.js';

export const maxBulkOperations = 1_000;

/** One request within a bulk request (RFC 7644 §3.7). */
export interface BulkOperation {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/Users` or `/Users/{id}`. */
  path: string;
  bulkId: string | null;
  /** What If-Match would say. */
  version: string | null;
  data: JsonValue;
}

export interface BulkRequest {
  operations: BulkOperation[];
  /** After this many failures the rest is not tried. */
  failOnErrors: number;
}

/** @throws {ScimError} 400 `invalidSyntax`; 413 for more operations than 1,000 */
export function readBulk(body: unknown): BulkRequest {
  const read = isObject(body as JsonValue) ? (body as JsonObject) : {};
  const operations = readAttribute(read, 'Operations');
  if (!Array.isArray(operations)) throw ScimError.bad('invalidSyntax', 'Operations has to be a list of requests.');
  if (operations.length > maxBulkOperations) {
    throw new ScimError(413, null, `A bulk request has at most ${String(maxBulkOperations)} operations.`);
  }
  const limit = readAttribute(read, 'failOnErrors');
  return {
    operations: operations.map((operation, index) => readBulkOperation(operation, `Operations[${String(index)}]`)),
    failOnErrors: typeof limit === 'number' && limit >= 1 ? limit : Number.POSITIVE_INFINITY,
  };
}

/**
 * A value with every `bulkId:…` replaced by the id that the resource made under it has.
 * @throws {ScimError} 409 where nothing was made under it before
 */
export function resolveBulkIds(value: JsonValue, ids: ReadonlyMap<string, string>): JsonValue {
  if (typeof value === 'string') return resolveBulkPath(value, ids);
  if (Array.isArray(value)) return value.map((element) => resolveBulkIds(element, ids));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolveBulkIds(part, ids)]));
}

/** As {@link resolveBulkIds}, for a path such as `/Users/bulkId:…`. */
export function resolveBulkPath(text: string, ids: ReadonlyMap<string, string>): string {
  const [, before = '', bulkId] = /^(\/(?:Users|Groups)\/)?bulkId:(.+)$/s.exec(text) ?? [];
  if (bulkId === undefined) return text;
  const id = ids.get(bulkId);
  if (id === undefined) throw new ScimError(409, null, 'A bulkId is named under which nothing was made before.');
  return `${before}${id}`;
}

function readBulkOperation(operation: JsonValue, place: string): BulkOperation {
  const read = isObject(operation) ? operation : {};
  const text = (name: string): string | null => {
    const value = readAttribute(read, name);
    return typeof value === 'string' ? value : null;
  };
  const method = text('method')?.toUpperCase();
  const path = text('path');
  if (method !== 'POST' && method !== 'PUT' && method !== 'PATCH' && method !== 'DELETE') {
    throw ScimError.bad('invalidSyntax', `${place}.method has to be POST, PUT, PATCH or DELETE.`);
  }
  if (path === null) throw ScimError.bad('invalidSyntax', `${place}.path is missing.`);
  if (method === 'POST' && text('bulkId') === null) throw ScimError.bad('invalidSyntax', `${place}.bulkId is missing.`);
  return { method, path, bulkId: text('bulkId'), version: text('version'), data: readAttribute(read, 'data') ?? null };
}
