import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { jsonTooDeepAt } from '#core';
import { ProblemError } from './problem.errors.js';

const maxDepth = 64;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a JSON body (RFC 8259, UTF-8). An empty one is undefined.
 *
 * @throws ProblemError `malformedJson` with the offset at which the text stops being JSON
 */
export function readJsonBody(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined;
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new ProblemError('malformedJson', 'The body is not UTF-8 text. Send JSON in UTF-8.');
  }
  const tooDeepAt = jsonTooDeepAt(text, maxDepth);
  if (tooDeepAt !== null) throw malformed(tooDeepAt, `it nests deeper than ${String(maxDepth)} levels`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const [first] = syntaxErrors(text);
    throw first === undefined
      ? malformed(text.length, 'it is cut short')
      : malformed(first.offset, words(printParseErrorCode(first.error)));
  }
}

function syntaxErrors(text: string): ParseError[] {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  return errors;
}

/** `CommaExpected` → `comma expected`. */
function words(code: string): string {
  return code.replaceAll(/(?<!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

function malformed(position: number, why: string): ProblemError {
  const message = `The body is not JSON at character ${String(position)}: ${why}.`;
  return new ProblemError('malformedJson', message, [{ pointer: '', code: 'malformedJson', message, position }]);
}
