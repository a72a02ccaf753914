import { hash } from 'node:crypto';

/** 132 bits. */
const length = 22;

/**
 * A user's key (e-mail address, employee id) as it is stored. Employee numbers come in order, and in order they would lie
 * side by side in a unique index: there MongoDB looks for a duplicate by walking over whatever other transactions have
 * inserted and not committed, for each insert anew. Two slices of a first sync took minutes over it; hashed keys lie
 * scattered.
 */
export function keyHash(key: string): string;
export function keyHash(key: string | null): string | null;
export function keyHash(key: string | null): string | null {
  return key === null ? null : hash('sha256', key, 'base64url').slice(0, length);
}

/** The keys by what they are stored as. */
export function byKeyHash(keys: readonly string[]): Map<string, string> {
  return new Map(keys.map((key) => [keyHash(key), key]));
}
