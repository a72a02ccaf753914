import { type JsonObject, type JsonValue, scimText } from '#core';
import type { Comparison, FilterValue } from '#user-filter';
import { isObject, readAttribute } from './attribute-names.js';
import { valuesAt } from './attribute-path.js';
import type { ScimComparison, ScimFilter } from './scim-filter.js';

export type ResourcePredicate = (resource: JsonObject) => boolean;

type Scalar = string | number | boolean;

/**
 * Makes a filter a question about one resource, or one element of a list. Of several values one that fits is enough; `ne` is
 * the opposite of `eq`; a list of objects is compared by their `value` (RFC 7644 §3.4.2.2). Texts compare without regard
 * to case unless their schema says otherwise.
 */
export function compileScimFilter(filter: ScimFilter): ResourcePredicate {
  switch (filter.kind) {
    case 'and': {
      const operands = filter.operands.map(compileScimFilter);
      return (resource) => operands.every((holds) => holds(resource));
    }
    case 'or': {
      const operands = filter.operands.map(compileScimFilter);
      return (resource) => operands.some((holds) => holds(resource));
    }
    case 'not': {
      const operand = compileScimFilter(filter.operand);
      return (resource) => !operand(resource);
    }
    case 'present':
      return (resource) => valuesAt(resource, filter.path).some(isPresent);
    case 'element': {
      const holds = compileScimFilter(filter.filter);
      return (resource) => valuesAt(resource, filter.path).some((element) => holds(asElement(element)));
    }
    case 'compare':
      return compileComparison(filter);
  }
}

function compileComparison(filter: ScimComparison): ResourcePredicate {
  const { path, comparison, value } = filter;
  if (comparison === 'ne') {
    const equals = compileComparison({ ...filter, comparison: 'eq' });
    return (resource) => !equals(resource);
  }
  if (value.type === 'null') return (resource) => !valuesAt(resource, path).some(isPresent);
  const test = scalarTest(filter, comparison, value);
  return (resource) => valuesAt(resource, path).some((found) => test(ownValue(found)));
}

function scalarTest(
  { definition }: ScimComparison,
  comparison: Comparison,
  value: Exclude<FilterValue, { type: 'null' }>,
): (found: Scalar | null) => boolean {
  if (value.type === 'boolean') return (found) => found === value.is;
  if (value.type === 'number') {
    const wanted = Number(value.text);
    return (found) => typeof found === 'number' && compares(comparison, found, wanted);
  }
  if (definition?.type === 'dateTime') {
    const wanted = Date.parse(value.text);
    return (found) => typeof found === 'string' && compares(comparison, Date.parse(found), wanted);
  }
  const fold = definition?.caseExact === true ? (text: string) => text : scimText;
  const wanted = fold(value.text);
  return (found) => typeof found === 'string' && textTest(comparison, fold(found), wanted);
}

function textTest(comparison: Comparison, found: string, wanted: string): boolean {
  switch (comparison) {
    case 'co':
      return found.includes(wanted);
    case 'sw':
      return found.startsWith(wanted);
    case 'ew':
      return found.endsWith(wanted);
    default:
      return compares(comparison, found, wanted);
  }
}

function compares<Ordered extends string | number>(comparison: Comparison, found: Ordered, wanted: Ordered): boolean {
  switch (comparison) {
    case 'gt':
      return found > wanted;
    case 'ge':
      return found >= wanted;
    case 'lt':
      return found < wanted;
    case 'le':
      return found <= wanted;
    default:
      return found === wanted;
  }
}

function asElement(element: JsonValue): JsonObject {
  return isObject(element) ? element : { value: element };
}

function ownValue(found: JsonValue): Scalar | null {
  const value = isObject(found) ? (readAttribute(found, 'value') ?? null) : found;
  return typeof value === 'object' ? null : value;
}

/** SCIM's `pr`: not null, not empty (RFC 7644 §3.4.2.2). */
function isPresent(value: JsonValue): boolean {
  if (value === null || value === '') return false;
  return !isObject(value) || Object.values(value).some(isPresent);
}
