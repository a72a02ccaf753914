import type { JsonValue } from '#core';
import type { Ast } from './record-interpreter.js';

/** The names that even an empty object answers to. */
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

/** A chain of names (`a.b."c-d"`), the most frequent expression by far. */
export interface FieldPath {
  readonly names: readonly string[];
  /** True when a name is one that objects inherit, so that each step must look at own members only. */
  readonly careful: boolean;
}

/** The chain of names that an expression is; null when it is anything else. */
export function fieldPath(ast: Ast): FieldPath | null {
  const names: string[] = [];
  let node = ast;
  while (node.type === 'Subexpression') {
    if (node.right.type !== 'Field') return null;
    names.push(node.right.name);
    node = node.left;
  }
  if (node.type !== 'Field') return null;
  names.push(node.name);
  return { names: names.reverse(), careful: names.some((name) => inherited.has(name)) };
}

/** What stands at the end of a path: as the interpreter would find it, without visiting nodes. */
export function followPath(path: FieldPath, document: JsonValue): JsonValue {
  let value: JsonValue = document;
  for (const name of path.names) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
    if (path.careful && !Object.hasOwn(value, name)) return null;
    value = value[name] ?? null;
  }
  return value;
}
