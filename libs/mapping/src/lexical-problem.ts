import { tokenize } from '@jmespath-community/jmespath';
import type { ExpressionProblem } from './expression-problem.js';

const harmless = /(?:[\t\n\r ]|[A-Za-z_][A-Za-z0-9_]*|[()*,.:@[\]{}+%?\u2212\u00d7\u00f7!<=>&|/$])+/y;
const numeric = /[-0-9]+/y;

/** Text between delimiters; the delimiter and the backslash are escaped by a backslash. */
const delimited: Record<string, { pattern: RegExp; what: string; rule: string }> = {
  '"': {
    pattern: /"(?:\\["\\]|\\(?!["\\])|[^"\\])*"/y,
    what: 'quoted name',
    rule: 'a name in double quotes follows the rules of a JSON string',
  },
  "'": {
    pattern: /'(?:\\['\\]|\\(?!['\\])|[^'\\])*'/y,
    what: 'text',
    rule: 'a text is written in single quotes',
  },
  '`': {
    pattern: /`(?:\\[`\\]|\\(?![`\\])|[^`\\])*`/y,
    what: 'JSON literal',
    rule: 'backticks hold a JSON value, as in `1`, `true` or `"text"`',
  },
};

/**
 * Finds the first place where the source is not even a row of JMESPath tokens. The package's lexer reports no offsets and
 * lets some broken tokens through (a text that is never closed, `1-2` read as 1); both are refused here.
 */
export function lexicalProblem(source: string): ExpressionProblem | null {
  let position = 0;
  while (position < source.length) {
    const character = source.charAt(position);
    const kind = delimited[character];
    if (kind !== undefined) {
      const token = match(kind.pattern, source, position);
      if (token === null) return problem(position, `This ${kind.what} is never closed.`);
      if (!isToken(token)) return problem(position, `This ${kind.what} is not valid: ${kind.rule}.`);
      position += token.length;
      continue;
    }
    const number = match(numeric, source, position);
    if (number !== null) {
      if (number !== '-' && !(/^-?[0-9]+$/.test(number) && Number.isSafeInteger(Number(number)))) {
        return problem(position, 'This is not a whole number.');
      }
      position += number.length;
      continue;
    }
    const rest = match(harmless, source, position);
    if (rest === null) {
      const unknown = String.fromCodePoint(source.codePointAt(position) ?? 0);
      return problem(position, `The character ${JSON.stringify(unknown)} is not known here.`);
    }
    position += rest.length;
  }
  return null;
}

function match(pattern: RegExp, source: string, position: number): string | null {
  pattern.lastIndex = position;
  return pattern.exec(source)?.[0] ?? null;
}

function isToken(token: string): boolean {
  try {
    return tokenize(token).length === 1;
  } catch {
    return false;
  }
}

function problem(position: number, message: string): ExpressionProblem {
  return { code: 'syntax', message, position };
}
