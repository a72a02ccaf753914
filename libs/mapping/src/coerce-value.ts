import type { AttributeType, AttributeValue, JsonValue } from '#core';
import { describeType } from './describe-type.js';
import { parseIsoDate } from './iso-date.js';

/** A type of attribute, or the stricter kind of string that the attribute `email` holds. */
export type ValueType = AttributeType | 'email';

export type Coercion = { ok: true; value: AttributeValue } | { ok: false; expected: string; actual: string };

/** How problems name what an attribute of a type accepts. */
const accepted: Record<ValueType, string> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean (true/false, yes/no, y/n, 1/0)',
  date: 'date (YYYY-MM-DD or an RFC 3339 date-time)',
  'string[]': 'array of (string)',
  email: 'e-mail address (local@domain)',
};

const blank: Coercion = { ok: true, value: null };
/** RFC 8259 §6: no thousand separators, no hexadecimal, no leading zeros. */
const jsonNumber = /^-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const booleans = new Map<string | number | boolean, boolean>([
  [true, true],
  [false, false],
  [1, true],
  [0, false],
  ...['true', 'yes', 'y', '1'].map((text) => [text, true] as const),
  ...['false', 'no', 'n', '0'].map((text) => [text, false] as const),
]);
/** One `@`, no white space or control characters, a domain without empty labels; lengths by RFC 5321 §4.5.3.1. */
const emailAddress = /^[^\s@\p{Cc}]{1,64}@[^\s@.\p{Cc}]+(?:\.[^\s@.\p{Cc}]+)*$/u;
const maxEmailLength = 254;

/**
 * Turns what an expression gave into a value of an attribute's type, or says which types don't go together. Null, and
 * text of white space alone, is blank whatever the type; so is an array without any element left.
 *
 * Text stays as the source sent it (an e-mail address is trimmed); a lone surrogate, which no store could give back,
 * becomes U+FFFD.
 */
export function coerceValue(value: JsonValue, type: ValueType): Coercion {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return blank;
  const coerced = coercers[type](value);
  if (coerced !== undefined) return { ok: true, value: coerced };
  return { ok: false, expected: accepted[type], actual: describeType(value) };
}

type Present = Exclude<JsonValue, null>;

/** Each gives undefined for what its type does not accept. */
const coercers: Record<ValueType, (value: Present) => AttributeValue | undefined> = {
  string: toText,
  number: toNumber,
  boolean: toBoolean,
  date: (value) => (typeof value === 'string' ? (parseIsoDate(value.trim()) ?? undefined) : undefined),
  'string[]': toTextList,
  email: toEmail,
};

function toText(value: JsonValue): string | undefined {
  if (typeof value === 'string') return value.toWellFormed();
  return typeof value === 'number' ? decimalText(value) : undefined;
}

/** The digits of a number; whole numbers without an exponent. */
function decimalText(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  return Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString();
}

function toNumber(value: Present): number | string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? unsignedZero(value) : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const match = jsonNumber.exec(text);
  if (match === null) return undefined;
  const number = Number(text);
  const isWhole = match[1] === undefined && match[2] === undefined;
  if (isWhole && !Number.isSafeInteger(number)) return text;
  return Number.isFinite(number) ? unsignedZero(number) : undefined;
}

/** -0 as 0: JSON would not give it back, and the next comparison would see a change. */
function unsignedZero(value: number): number {
  return value === 0 ? 0 : value;
}

function toBoolean(value: Present): boolean | undefined {
  if (typeof value === 'object') return undefined;
  return booleans.get(typeof value === 'string' ? value.trim().toLowerCase() : value);
}

function toTextList(value: Present): string[] | null | undefined {
  const elements = Array.isArray(value) ? value : [value];
  const texts = new Set<string>();
  for (const element of elements) {
    if (element === null) continue;
    const text = toText(element);
    if (text === undefined) return undefined;
    if (text.trim() !== '') texts.add(text);
  }
  return texts.size === 0 ? null : [...texts];
}

function toEmail(value: Present): string | undefined {
  if (typeof value !== 'string') return undefined;
  const address = value.trim();
  return address.length <= maxEmailLength && emailAddress.test(address) ? address.toWellFormed() : undefined;
}
