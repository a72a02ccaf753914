import { z } from 'zod';
import { ProblemError } from './problem.errors.js';

export const defaultLimit = 100;
export const maxLimit = 500;

/** `?limit=&cursor=`, to be spread into a list's query schema. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^([1-9][0-9]?|[1-4][0-9]{2}|500)$/, `A whole number from 1 to ${String(maxLimit)} is expected.`)
    .transform(Number)
    .default(defaultLimit)
    .meta({
      description: 'How many items to give at most.',
      openapi: { type: 'integer', minimum: 1, maximum: maxLimit, default: defaultLimit },
    }),
  cursor: z
    .string()
    .min(1)
    .max(2000)
    .optional()
    .meta({ description: '`nextCursor` of the page before.', openapi: { type: 'string', format: 'cursor' } }),
};

/** `{items, nextCursor}`. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable().describe('Null on the last page.') });
}

/** A cursor: the last key of a page. Opaque to everyone outside. */
export function encodeCursor(key: string | number): string {
  return Buffer.from(JSON.stringify({ after: key })).toString('base64url');
}

/**
 * The key in a cursor; null without one.
 *
 * @throws ProblemError when it is none of ours
 */
export function decodeCursor(cursor: string | undefined): string | null;
export function decodeCursor(cursor: string | undefined, kind: 'number'): number | null;
export function decodeCursor(cursor: string | undefined, kind: 'string' | 'number' = 'string'): string | number | null {
  if (cursor === undefined) return null;
  try {
    const parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as { after?: unknown } | null;
    const after = parsed?.after;
    if (kind === 'string' && typeof after === 'string') return after;
    if (kind === 'number' && typeof after === 'number' && Number.isSafeInteger(after)) return after;
  } catch {
    // Said below.
  }
  throw invalidCursor();
}

export function invalidCursor(): ProblemError {
  const message = 'This cursor is none that this list gave. Start again without one.';
  return new ProblemError('unprocessable', message, [{ parameter: 'cursor', code: 'invalid', message }]);
}

/** A page of views: `rows` may hold one more than the limit, which tells that there is a next page. */
export function toPage<Row, View>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string | number,
  viewOf: (row: Row) => View,
): { items: View[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null;
  return { items: items.map(viewOf), nextCursor };
}
