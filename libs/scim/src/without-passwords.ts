import type { JsonObject, JsonValue } from '#core';
import { isObject, readAttribute } from './attribute-names.js';

/** As an attribute, under a URN, as a part of a path, within a value filter, in any case; not `passwordChangedAt`. */
const password = /(?<![a-z0-9])password(?![a-z0-9])/i;

/** The value without anything that is called a password, at any depth. */
export function withoutPasswords(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutPasswords);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !password.test(key));
  return Object.fromEntries(kept.map(([key, part]) => [key, withoutPasswords(part)]));
}

/**
 * A request's body without passwords: neither in what it writes, nor in what the operations of a PATCH or a bulk request
 * write. Of an operation whose path names a password there is left that it does.
 */
export function requestWithoutPasswords(body: JsonValue): JsonValue {
  const operations = isObject(body) ? readAttribute(body, 'Operations') : undefined;
  if (!isObject(body) || !Array.isArray(operations)) return withoutPasswords(body);
  const kept = Object.entries(body).filter(([key]) => !password.test(key));
  return Object.fromEntries(
    kept.map(([key, part]) => [key, part === operations ? operations.map(operationWithout) : withoutPasswords(part)]),
  );
}

function operationWithout(operation: JsonValue): JsonValue {
  if (!isObject(operation)) return operation;
  const path = readAttribute(operation, 'path');
  if (typeof path === 'string' && password.test(path)) {
    const shown: JsonObject = { path: 'password' };
    for (const name of ['op', 'method']) {
      const value = readAttribute(operation, name);
      if (typeof value === 'string' && value.length <= maxWordLength) shown[name] = value;
    }
    return shown;
  }
  const kept = Object.entries(operation).filter(([key]) => !password.test(key));
  return Object.fromEntries(
    kept.map(([key, part]) => [
      key,
      key.toLowerCase() === 'data' ? requestWithoutPasswords(part) : withoutPasswords(part),
    ]),
  );
}

/** As long as any `op` or `method`. */
const maxWordLength = 10;
