import { isDeepStrictEqual } from 'node:util';

/** One value that becomes another; undefined: there is none. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** What makes one value another, field by field; objects are looked into, lists are not. */
export function fieldChanges(before: unknown, after: unknown, field = ''): FieldChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  const old = before ?? {};
  if (!isObject(old) || !isObject(after) || Object.keys(after).length === 0) return [{ field, before, after }];
  const names = [...new Set([...Object.keys(old), ...Object.keys(after)])];
  return names.flatMap((name) => fieldChanges(old[name], after[name], field === '' ? name : `${field}.${name}`));
}

/** What is there with what is given put over it; what is not given stays, in objects within too. */
export function merged(present: unknown, given: unknown): unknown {
  if (!isObject(present) || !isObject(given)) return given;
  const entries = Object.entries(given).map(([name, value]) => [name, merged(present[name], value)] as const);
  return { ...present, ...Object.fromEntries(entries) };
}

/** Those of the given fields that are not as they are already; undefined ones are not given. */
export function changedFields(present: object, given: object): Record<string, unknown> {
  const old = present as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) => value !== undefined && !isDeepStrictEqual(old[name], value)),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
