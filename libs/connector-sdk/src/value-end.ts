import { JsonSplitError } from './json-split.errors.js';
import { BYTE } from './json-scanner.js';

const BACKSLASH = 0x5c;

/** Finds where one JSON value ends, over as many parts as it comes in, by strings and brackets alone. */
export class ValueEnd {
  private kind: 'none' | 'container' | 'string' | 'literal' = 'none';
  private isInString = false;
  private isEscaped = false;
  private readonly brackets: number[] = [];
  private depth = 0;

  /** Before the first byte of a value. */
  begin(first: number): void {
    this.isInString = false;
    this.isEscaped = false;
    this.depth = 0;
    if (first === BYTE.OPEN_BRACE || first === BYTE.OPEN_BRACKET) this.kind = 'container';
    else this.kind = first === BYTE.QUOTE ? 'string' : 'literal';
  }

  /**
   * Where the value ends in the part, behind its last byte; -1 when it goes on in the next part.
   *
   * @param partStart what comes before the part, in bytes, for errors
   * @throws JsonSplitError `malformed` where a closing bracket does not match
   */
  find(part: Uint8Array, from: number, partStart: number): number {
    return this.kind === 'literal' ? endOfLiteral(part, from) : this.endOfNested(part, from, partStart);
  }

  /* One loop over every byte of every record: locals instead of fields. */
  private endOfNested(part: Uint8Array, from: number, partStart: number): number {
    const { brackets } = this;
    let { isInString, isEscaped, depth } = this;
    for (let at = from; at < part.length; at += 1) {
      const byte = part[at] as number;
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === BYTE.QUOTE) {
          isInString = false;
          if (depth === 0) return at + 1;
        }
      } else if (byte === BYTE.QUOTE) {
        isInString = true;
      } else if (byte === BYTE.OPEN_BRACE || byte === BYTE.OPEN_BRACKET) {
        brackets[depth] = byte;
        depth += 1;
      } else if (byte === BYTE.CLOSE_BRACE || byte === BYTE.CLOSE_BRACKET) {
        depth -= 1;
        // In ASCII each closing bracket is two above its opening one.
        if (brackets[depth] !== byte - 2) {
          throw new JsonSplitError('malformed', partStart + at, 'A closing bracket does not match its opening one');
        }
        if (depth === 0) return at + 1;
      }
    }
    this.isInString = isInString;
    this.isEscaped = isEscaped;
    this.depth = depth;
    return -1;
  }
}

function endOfLiteral(part: Uint8Array, from: number): number {
  for (let at = from; at < part.length; at += 1) {
    const byte = part[at] as number;
    if (
      byte <= 0x20 ||
      byte === BYTE.COMMA ||
      byte === BYTE.COLON ||
      byte === BYTE.QUOTE ||
      byte === BYTE.CLOSE_BRACKET ||
      byte === BYTE.CLOSE_BRACE
    ) {
      return at;
    }
  }
  return -1;
}
