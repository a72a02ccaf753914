import { type AttributeValue, foldText, type User } from '#core';
import type { UserField, UserFields } from './user-field.js';

/** Characters of a text that order tells apart; beyond them the id decides. Keeps cursors short. */
const orderedLength = 100;

/** A number's text is what decides between integers beyond 2^53. */
export function toNumber(value: string | number | boolean): number | bigint {
  if (typeof value === 'number') return value;
  const text = String(value);
  const number = Number(text);
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(number) ? BigInt(text) : number;
}

/** What a list is ordered by: a field, then the id. */
export interface UserOrder {
  field: UserField;
  descending: boolean;
}

/** Where a user stands in an order: JSON, so that a cursor can hold it. Blank values come last, either way. */
export interface OrderPlace {
  value: string | number | boolean | null;
  id: string;
}

/** Reads `title` or `-title`; null when there is no such field, or when it has several values. */
export function parseOrder(text: string, fields: UserFields): UserOrder | null {
  const descending = text.startsWith('-');
  const field = fields.find(descending ? text.slice(1) : text);
  return field === null || field.type === 'string[]' ? null : { field, descending };
}

export function placeOf({ field }: UserOrder, user: User): OrderPlace {
  return { value: orderedValue(field, field.read(user)), id: user.id };
}

/** Below zero when `a` comes first. */
export function comparePlaces({ field, descending }: UserOrder, a: OrderPlace, b: OrderPlace): number {
  const byValue = compareValues(field, a.value, b.value, descending);
  if (byValue !== 0) return byValue;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function orderedValue({ type }: UserField, value: AttributeValue): OrderPlace['value'] {
  if (value === null || Array.isArray(value)) return null;
  if (type !== 'string' || typeof value !== 'string') return value;
  return value === '' ? null : foldText(value).slice(0, orderedLength);
}

function compareValues(
  { type }: UserField,
  a: OrderPlace['value'],
  b: OrderPlace['value'],
  descending: boolean,
): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const [x, y] = type === 'number' ? [toNumber(a), toNumber(b)] : [a, b];
  const order = x < y ? -1 : x > y ? 1 : 0;
  return descending ? -order : order;
}
