/** Digits of a page or index in a key: as text they sort as numbers do. */
const numberDigits = 9;

/** Joins the parts of a key. Ids hold no colon; only a last part may be any text. */
export function key(...parts: readonly (string | number)[]): string {
  return parts.map((part) => (typeof part === 'number' ? String(part).padStart(numberDigits, '0') : part)).join(':');
}

/** All keys that begin with these parts, from after a last part on (null: from the first). */
export function keysUnder(parts: readonly string[], after: string | null = null): { $gt: string; $lt: string } {
  const prefix = parts.join(':');
  // A semicolon is the character after a colon.
  return { $gt: `${prefix}:${after ?? ''}`, $lt: `${prefix};` };
}

/** All keys that begin with these parts and go on with a number from `from` to `to` (exclusive). */
export function keysBetween(parts: readonly string[], from: number, to?: number): { $gte: string; $lt: string } {
  const prefix = parts.join(':');
  return {
    $gte: `${prefix}:${key(from)}`,
    $lt: to === undefined || to >= 10 ** numberDigits ? `${prefix};` : `${prefix}:${key(to)}`,
  };
}

/** The last part of a key made of `parts` and one more. */
export function lastPart(id: string, parts: readonly string[]): string {
  return id.slice(parts.reduce((length, part) => length + part.length + 1, 0));
}
