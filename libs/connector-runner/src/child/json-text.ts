import { misbehaved } from './misbehaved.js';

const maxDepth = 100;

/**
 * A value that should be JSON, as its text.
 *
 * @param what it is, for the message: "a cursor"
 * @throws SourceFatalError `connectorMisbehaved` for one that JSON cannot say, refers to itself or is too long
 */
export function jsonText(value: unknown, what: string, maxLength: number): string {
  if (!isJson(value, 0)) throw misbehaved(`gave ${what} that is no JSON`);
  const text = JSON.stringify(value);
  if (text.length > maxLength) throw misbehaved(`gave ${what} of ${text.length} characters; ${maxLength} are allowed`);
  return text;
}

/** Properties without a value are no part of it, as with `JSON.stringify`. */
function isJson(value: unknown, depth: number): boolean {
  if (depth > maxDepth) return false;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === null || prototype === Object.prototype;
  return isPlain && Object.values(value).every((item) => item === undefined || isJson(item, depth + 1));
}
