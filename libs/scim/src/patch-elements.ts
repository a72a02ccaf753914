import type { JsonObject, JsonValue } from '#core';
import { isObject, readAttribute, removeAttribute, writeAttribute } from './attribute-names.js';
import { compileScimFilter } from './compile-scim-filter.js';
import { ScimError } from './scim-error.js';
import type { ScimFilter } from './scim-filter.js';

/** The list with these added: one of the same value and type is changed in its place, so that nothing stands there twice. */
export function addElements(present: readonly JsonValue[], added: readonly JsonValue[]): JsonValue[] {
  const elements = [...present];
  const places = new Map(elements.map((element, index) => [identity(element), index]));
  for (const element of added) {
    const place = places.get(identity(element));
    if (place === undefined) places.set(identity(element), elements.push(element) - 1);
    else elements[place] = merged(elements[place], element);
  }
  return onePrimary(elements, added.findLast(isPrimary));
}

/**
 * The list in which every element that the filter fits has been changed: a part of it set, or an object's parts. Where none fits,
 * one is made of the filter's equalities.
 * @throws {ScimError} 400 `noTarget` when it says more than equalities, `invalidValue` for a value that is no object
 */
export function changeElements(
  present: readonly JsonValue[],
  { filter, sub, value }: { filter: ScimFilter; sub: string | null; value: JsonValue },
): JsonValue[] {
  const parts = sub === null ? value : { [sub]: value };
  if (!isObject(parts)) throw ScimError.bad('invalidValue', 'What a value filter selects is changed by an object.');
  const holds = compileScimFilter(filter);
  const elements = [...present];
  let changed: JsonValue | undefined;
  for (const [index, element] of elements.entries()) {
    if (!isObject(element) || !holds(element)) continue;
    changed = merged(element, parts);
    elements[index] = changed;
  }
  if (changed === undefined) {
    changed = merged(equalities(filter), parts);
    elements.push(changed);
  }
  return onePrimary(elements, isPrimary(changed) ? changed : undefined);
}

/** The list without what the filter fits, or without that part of it. Nothing that fits is nothing to remove. */
export function removeElements(present: readonly JsonValue[], filter: ScimFilter, sub: string | null): JsonValue[] {
  const holds = compileScimFilter(filter);
  return present.flatMap((element) => {
    if (!isObject(element) || !holds(element)) return [element];
    if (sub === null) return [];
    const rest = { ...element };
    removeAttribute(rest, sub);
    return [rest];
  });
}

/** What an element must have for the filter to fit it. */
function equalities(filter: ScimFilter): JsonObject {
  if (filter.kind === 'and') {
    return filter.operands.reduce<JsonObject>((made, operand) => merged(made, equalities(operand)) as JsonObject, {});
  }
  if (filter.kind !== 'compare' || filter.comparison !== 'eq' || filter.path.attribute === null) {
    throw ScimError.bad('noTarget', 'Nothing fits the value filter, and it does not say what a new value would be.');
  }
  const { path, definition, value } = filter;
  const name = definition?.name ?? path.attribute ?? '';
  switch (value.type) {
    case 'boolean':
      return { [name]: value.is };
    case 'number':
      return { [name]: Number(value.text) };
    case 'string':
      return { [name]: value.text };
    case 'null':
      return {};
  }
}

/** At most one value is the preferred one: the one named last (RFC 7644 §3.5.2). */
function onePrimary(elements: JsonValue[], chosen: JsonValue | undefined): JsonValue[] {
  if (chosen === undefined) return elements;
  const kept = elements.findLastIndex((element) => element === chosen || identity(element) === identity(chosen));
  return elements.map((element, index) => {
    return index !== kept && isObject(element) && isPrimary(element) ? { ...element, primary: false } : element;
  });
}

function isPrimary(element: JsonValue | undefined): boolean {
  return isObject(element) && readAttribute(element, 'primary') === true;
}

function merged(element: JsonValue | undefined, parts: JsonValue): JsonValue {
  if (!isObject(element) || !isObject(parts)) return parts;
  const made = { ...element };
  for (const [name, part] of Object.entries(parts)) writeAttribute(made, name, part);
  return made;
}

function identity(element: JsonValue): string {
  if (!isObject(element)) return JSON.stringify(element);
  const value = readAttribute(element, 'value');
  return JSON.stringify(value === undefined ? element : [value, readAttribute(element, 'type') ?? null]);
}
