import { type JsonObject, type JsonValue, scimText } from '#core';
import { isObject, readAttribute } from './attribute-names.js';
import { definitionOf, parseAttributePath, valuesAt } from './attribute-path.js';
import type { ResourceType } from './resource-type.js';

/**
 * The resources by one attribute (RFC 7644 §3.4.2.3): of a list its preferred value, or the first. Those without a value come last when
 * ascending and first when descending; equals keep the order that they came in.
 */
export function sortResources(
  resources: readonly JsonObject[],
  { sortBy, sortOrder }: { sortBy: string; sortOrder?: string | undefined },
  type: ResourceType,
): JsonObject[] {
  const path = parseAttributePath(sortBy, type);
  const exact = definitionOf(type, path)?.caseExact === true;
  const descending = sortOrder?.toLowerCase() === 'descending';
  const keyed = resources.map((resource) => ({ resource, key: sortKey(valuesAt(resource, path), exact) }));
  keyed.sort((one, other) => (descending ? -1 : 1) * compareKeys(one.key, other.key));
  return keyed.map(({ resource }) => resource);
}

type SortKey = string | number | null;

function sortKey(values: readonly JsonValue[], exact: boolean): SortKey {
  const preferred = values.find((value) => isObject(value) && readAttribute(value, 'primary') === true) ?? values[0];
  const value = isObject(preferred) ? readAttribute(preferred, 'value') : preferred;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  return exact ? value : scimText(value);
}

function compareKeys(one: SortKey, other: SortKey): number {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  if (typeof one !== typeof other) return typeof one === 'number' ? -1 : 1;
  return one < other ? -1 : 1;
}
