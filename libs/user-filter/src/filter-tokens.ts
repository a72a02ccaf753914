import type { FilterProblem, FilterValue } from './filter.js';

export type FilterToken =
  | { kind: 'word' | 'number'; text: string; position: number }
  | { kind: 'string'; text: string; position: number }
  | { kind: '(' | ')' | '[' | ']' | 'end'; position: number };

const space = /\s*/y;
/** A name or operator; with a dot before it, the part that follows `[…]`. */
const word = /\.?[A-Za-z$][A-Za-z0-9_.:$-]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.])/y;
const string = /"(?:[^"\\]|\\.)*"/sy;

/** A text cut into the tokens of a filter, the end included; or why it cannot be. */
export function readTokens(text: string): FilterToken[] | FilterProblem {
  const tokens: FilterToken[] = [];
  let position = matched(space, text, 0).length;
  while (position < text.length) {
    const token = readToken(text, position);
    if ('message' in token) return token;
    tokens.push(token.token);
    position = token.end;
    position += matched(space, text, position).length;
  }
  tokens.push({ kind: 'end', position: text.length });
  return tokens;
}

/** The value that a token stands for; null when it is none. */
export function readFilterValue(token: FilterToken): FilterValue | null {
  if (token.kind === 'string' || token.kind === 'number') return { type: token.kind, text: token.text };
  if (token.kind !== 'word') return null;
  switch (token.text.toLowerCase()) {
    case 'true':
      return { type: 'boolean', is: true };
    case 'false':
      return { type: 'boolean', is: false };
    case 'null':
      return { type: 'null' };
    default:
      return null;
  }
}

function readToken(text: string, position: number): { token: FilterToken; end: number } | FilterProblem {
  const first = text[position] ?? '';
  if (first === '(' || first === ')' || first === '[' || first === ']')
    return { token: { kind: first, position }, end: position + 1 };
  if (first === '"') return readString(text, position);
  for (const [kind, pattern] of [
    ['word', word],
    ['number', number],
  ] as const) {
    const found = matched(pattern, text, position);
    if (found !== '') return { token: { kind, text: found, position }, end: position + found.length };
  }
  if (first === "'") return { position, message: 'Text stands in double quotes: "…".' };
  return { position, message: 'An attribute, a value or a parenthesis is expected here.' };
}

/** As JSON has it (RFC 7644 §3.4.2.2: `compValue` is a JSON string). */
function readString(text: string, position: number): { token: FilterToken; end: number } | FilterProblem {
  const found = matched(string, text, position);
  if (found === '') return { position, message: 'The closing quote of this text is missing.' };
  try {
    const value = JSON.parse(found) as string;
    return { token: { kind: 'string', text: value, position }, end: position + found.length };
  } catch {
    return { position, message: 'This text is no JSON string: write \\" for a quote and \\\\ for a backslash.' };
  }
}

function matched(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
