import { JsonSplitError } from './json-split.errors.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** RFC 8259 §6, as one literal. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

export const BYTE = { QUOTE, COMMA, COLON, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE } as const;

/**
 * Walks over JSON without building values. One instance per body.
 *
 * It finds where a value ends by strings and brackets alone; what stands between them is judged by whoever decodes the
 * value. So a record with a bad literal inside costs that record, while one whose brackets don't match, where nobody can
 * tell the end any more, is an error with its offset.
 */
export class JsonScanner {
  private readonly body: Buffer;
  private readonly length: number;
  private readonly idKey: Buffer;
  private readonly brackets: number[] = [];

  constructor(
    body: Uint8Array,
    private readonly idKeyText: string,
  ) {
    this.body = Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    this.length = this.body.length;
    this.idKey = Buffer.from(idKeyText, 'utf8');
  }

  /** The id of the object last scanned by `skipRecord`, `null` when absent, blank or neither string nor number. */
  recordId: string | null = null;

  skipWhitespace(start: number): number {
    let at = start;
    while (at < this.length) {
      const byte = this.body[at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) {
        break;
      }
      at += 1;
    }
    return at;
  }

  /** The byte at `at`; a body that ends there is cut off. */
  byteAt(at: number): number {
    const byte = this.body[at];
    if (byte === undefined) {
      throw new JsonSplitError('cutOff', at, 'The body ends in the middle');
    }
    return byte;
  }

  text(start: number, end: number): string {
    return this.body.toString('utf8', start, end);
  }

  bytes(start: number, end: number): Uint8Array {
    return this.body.subarray(start, end);
  }

  /** From an opening quote to behind the closing one. */
  skipString(start: number): number {
    const { body, length } = this;
    let at = start + 1;
    while (at < length) {
      const byte = body[at];
      if (byte === QUOTE) {
        return at + 1;
      }
      at += byte === BACKSLASH ? 2 : 1;
    }
    throw new JsonSplitError('cutOff', length, 'The body ends inside a string');
  }

  /** From the first byte of any value to behind its last. */
  skipValue(start: number): number {
    const byte = this.byteAt(start);
    if (byte === QUOTE) {
      return this.skipString(start);
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      return this.skipContainer(start, false);
    }
    return this.skipLiteral(start);
  }

  /** As `skipValue`, and sets `recordId` from the value's own top-level keys. A key that comes twice: the last counts. */
  skipRecord(start: number): number {
    this.recordId = null;
    return this.byteAt(start) === OPEN_BRACE ? this.skipContainer(start, true) : this.skipValue(start);
  }

  private skipLiteral(start: number): number {
    const { body, length } = this;
    let at = start;
    while (at < length) {
      const byte = body[at] as number;
      if (
        byte <= 0x20 ||
        byte === COMMA ||
        byte === CLOSE_BRACKET ||
        byte === CLOSE_BRACE ||
        byte === COLON ||
        byte === QUOTE
      ) {
        break;
      }
      at += 1;
    }
    if (at === length) {
      throw new JsonSplitError('cutOff', length, 'The body ends inside a value');
    }
    if (at === start) {
      throw new JsonSplitError('malformed', start, 'A value was expected');
    }
    return at;
  }

  /* One loop over every byte of every record: locals instead of fields, no calls except for strings' keys and brackets. */
  private skipContainer(start: number, findId: boolean): number {
    const { body, length, brackets } = this;
    let depth = 1;
    brackets[0] = body[start] as number;
    let keyMayFollow = findId;
    let at = start + 1;
    while (at < length) {
      const byte = body[at] as number;
      if (byte === QUOTE) {
        const opened = at;
        at += 1;
        for (;;) {
          const inner = body[at];
          if (inner === QUOTE) {
            break;
          }
          if (inner === undefined) {
            throw new JsonSplitError('cutOff', length, 'The body ends inside a string');
          }
          at += inner === BACKSLASH ? 2 : 1;
        }
        at += 1;
        if (keyMayFollow && depth === 1) {
          keyMayFollow = false;
          if (this.isIdKey(opened + 1, at - 1)) {
            this.recordId = this.readId(at);
          }
        }
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        brackets[depth] = byte;
        depth += 1;
        at += 1;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth -= 1;
        // In ASCII each closing bracket is two above its opening one.
        if (brackets[depth] !== byte - 2) {
          throw new JsonSplitError('malformed', at, 'A closing bracket does not match its opening one');
        }
        at += 1;
        if (depth === 0) {
          return at;
        }
      } else {
        if (byte === COMMA && depth === 1) {
          keyMayFollow = findId;
        }
        at += 1;
      }
    }
    throw new JsonSplitError('cutOff', length, 'The body ends inside an object or array');
  }

  private isIdKey(start: number, end: number): boolean {
    const { body, idKey } = this;
    if (end - start === idKey.length) {
      let index = 0;
      while (index < idKey.length && body[start + index] === idKey[index]) {
        index += 1;
      }
      return index === idKey.length && !body.subarray(start, end).includes(BACKSLASH);
    }
    // An escaped spelling of a key is always longer than the key.
    return (
      end - start > idKey.length &&
      body.subarray(start, end).includes(BACKSLASH) &&
      this.unescape(start, end) === this.idKeyText
    );
  }

  private readId(keyEnd: number): string | null {
    const colon = this.skipWhitespace(keyEnd);
    if (this.byteAt(colon) !== COLON) {
      return null;
    }
    const start = this.skipWhitespace(colon + 1);
    const byte = this.byteAt(start);
    if (byte === QUOTE) {
      const end = this.skipString(start);
      const id = this.unescape(start + 1, end - 1);
      return id === null || id.trim() === '' ? null : id;
    }
    let end = start;
    while (end < this.length) {
      const next = this.body[end] as number;
      if (next <= 0x20 || next === COMMA || next === CLOSE_BRACE || next === CLOSE_BRACKET) {
        break;
      }
      end += 1;
    }
    const literal = this.text(start, end);
    return NUMBER.test(literal) ? literal : null;
  }

  private unescape(start: number, end: number): string | null {
    let escaped = false;
    for (let at = start; at < end && !escaped; at += 1) {
      escaped = this.body[at] === BACKSLASH;
    }
    const text = this.text(start, end);
    if (!escaped) {
      return text;
    }
    try {
      return JSON.parse(`"${text}"`) as string;
    } catch {
      return null;
    }
  }
}
