import type { JsonValue, MappingProblem } from '#core';

/** How deep a record document may nest. Deeper ones are no record of a person but an attack on whoever walks them. */
export const maxDocumentDepth = 100;

/** From this many digits on a whole number may lie beyond 2^53 (9,007,199,254,740,992 has 16). */
const suspiciousDigits = 16;

export type DecodedRecord = { ok: true; document: JsonValue } | { ok: false; problem: MappingProblem };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Makes the record document of a raw record that is JSON (RFC 8259) in UTF-8; a byte order mark is ignored.
 *
 * Whole numbers outside ±(2^53 − 1) become their decimal text, so that no id is rounded. Of a member that stands twice
 * the last one wins. A member called `__proto__` is a member like any other. Never throws; the problem says where the
 * text breaks, not what stands there.
 */
export function decodeJsonRecord(bytes: Uint8Array): DecodedRecord {
  const { depth, hasLongNumber } = scan(bytes);
  if (depth > maxDocumentDepth) return failed(`The record nests deeper than ${maxDocumentDepth} levels.`);
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return failed('The record is not valid UTF-8 text.');
  }
  try {
    return { ok: true, document: (hasLongNumber ? JSON.parse(text, exactIntegers) : JSON.parse(text)) as JsonValue };
  } catch (error) {
    // The engine's message quotes the text; only its position is used.
    const position =
      error instanceof Error ? /at position (\d+)(?: \(line \d+ column \d+\))?$/.exec(error.message)?.[1] : undefined;
    const where = text.length === 0 ? ': it is empty' : position === undefined ? '' : ` (at character ${position})`;
    return failed(`The record is not valid JSON${where}.`);
  }
}

/** Keeps the source text of whole numbers that a double cannot hold exactly. */
function exactIntegers(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && /^-?\d+$/.test(source) ? source : value;
}

const quote = 0x22;
const backslash = 0x5c;

/** One pass over the bytes outside strings: how deep they nest and whether a long row of digits is among them. */
function scan(bytes: Uint8Array): { depth: number; hasLongNumber: boolean } {
  let depth = 0;
  let deepest = 0;
  let digits = 0;
  let hasLongNumber = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === quote) {
      index += 1;
      while (index < bytes.length && bytes[index] !== quote) index += bytes[index] === backslash ? 2 : 1;
      digits = 0;
    } else if (byte !== undefined && byte >= 0x30 && byte <= 0x39) {
      digits += 1;
      if (digits === suspiciousDigits) hasLongNumber = true;
    } else {
      digits = 0;
      // Only these four bytes have this pattern when bit 0x20 is masked: [ ] { }
      const bracket = byte === undefined ? 0 : byte & 0xdf;
      if (bracket === 0x5b) {
        depth += 1;
        if (depth > deepest) deepest = depth;
      } else if (bracket === 0x5d) {
        depth -= 1;
      }
    }
  }
  return { depth: deepest, hasLongNumber };
}

function failed(message: string): DecodedRecord {
  return { ok: false, problem: { attribute: 'record', code: 'decodeFailed', expression: '', message } };
}
