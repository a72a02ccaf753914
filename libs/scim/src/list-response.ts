import type { JsonObject } from '#core';
import { ScimError } from './scim-error.js';

export const maxListCount = 500;
const defaultListCount = 100;

/** Which part of a list a client asks for (RFC 7644 §3.4.2.4). */
export interface ListWindow {
  /** How many come before the first wanted. */
  offset: number;
  /** At most this many; 0 asks for the total alone. */
  count: number;
}

/**
 * Reads `startIndex` (from 1; anything lower is 1) and `count` (below 0 is 0; at most 500 are given).
 * @throws {ScimError} 400 `invalidValue` when one is no number
 */
export function readWindow({
  startIndex,
  count,
}: {
  startIndex?: string | undefined;
  count?: string | undefined;
}): ListWindow {
  const start = readInteger(startIndex, 'startIndex') ?? 1;
  const wanted = readInteger(count, 'count') ?? defaultListCount;
  return { offset: Math.max(1, start) - 1, count: Math.min(Math.max(0, wanted), maxListCount) };
}

export function listResponse(resources: JsonObject[], totalResults: number, offset: number): JsonObject {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults,
    startIndex: offset + 1,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

function readInteger(text: string | undefined, name: string): number | null {
  if (text === undefined || text === '') return null;
  if (!/^-?\d{1,9}$/.test(text)) throw ScimError.bad('invalidValue', `${name} has to be a whole number.`);
  return Number(text);
}
