import { BYTE, JsonScanner } from './json-scanner.js';
import { JsonSplitError } from './json-split.errors.js';
import type { RawRecord } from './raw-record.js';

export interface NdjsonSplitterOptions {
  /** The key of each record, at its own top level, that holds the source's id of the person. */
  readonly idKey: string;
  /** One line may not be larger. Default 64 MiB. */
  readonly maxLineBytes?: number;
  /**
   * Whether the last line may lack its newline. Default false: without one, nobody can tell a body that is whole from one that
   * was cut behind a record.
   */
  readonly mayLackLastNewline?: boolean;
}

const LINE_FEED = 0x0a;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Splits a body of one JSON value a line (NDJSON, JSON Lines) into its records as it comes, in parts of any size, while no more than one line and
 * one part is held. A record is the line's value byte for byte, as out of a `JsonArraySplitter`; blank lines are passed over, and so is
 * white space around a value (a carriage return before the newline included).
 *
 * The records given before an error are good. Offsets in errors count from the start of the body, lines from 1.
 */
export class NdjsonSplitter {
  private readonly idKey: string;
  private readonly maxLineBytes: number;
  private readonly mayLackLastNewline: boolean;
  /** What earlier parts hold of the line that is open. */
  private held: Uint8Array[] = [];
  private heldBytes = 0;
  private line = 1;
  /** Where the open line begins. */
  private offset = 0;

  constructor({ idKey, maxLineBytes = 64 * 1024 * 1024, mayLackLastNewline = false }: NdjsonSplitterOptions) {
    this.idKey = idKey;
    this.maxLineBytes = maxLineBytes;
    this.mayLackLastNewline = mayLackLastNewline;
  }

  /**
   * The records whose lines end in this part of the body. Their bytes may be views into it.
   *
   * @throws JsonSplitError `malformed` for a line that is not one value, `tooLarge`; both with their `line`
   */
  push(part: Uint8Array): RawRecord[] {
    const records: RawRecord[] = [];
    for (let at = 0; at < part.length;) {
      const newline = part.indexOf(LINE_FEED, at);
      const end = newline === -1 ? part.length : newline + 1;
      this.heldBytes += end - at;
      if (this.heldBytes - (newline === -1 ? 0 : 1) > this.maxLineBytes) {
        throw this.error('tooLarge', 0, `is larger than ${this.maxLineBytes} bytes`);
      }
      this.held.push(part.subarray(at, end));
      if (newline !== -1) this.close(records);
      at = end;
    }
    return records;
  }

  /**
   * The record of a last line without a newline, where such a line may be.
   *
   * @throws JsonSplitError `cutOff` with its `line` when the body ends within one; as `push`
   */
  end(): RawRecord[] {
    const records: RawRecord[] = [];
    const last = Buffer.concat(this.held);
    const scanner = new JsonScanner(last, this.idKey);
    const start = scanner.skipWhitespace(this.markOf(last));
    if (start === last.length) return records;
    if (!this.mayLackLastNewline) throw this.error('cutOff', last.length, 'ends without a newline');
    const first = last[start];
    // Nobody can tell a number or a word that is whole from the beginning of a longer one.
    const tellsItsEnd = first === BYTE.OPEN_BRACE || first === BYTE.OPEN_BRACKET || first === BYTE.QUOTE;
    if (!tellsItsEnd) throw this.error('cutOff', last.length, 'ends in the middle of its value');
    this.held = [last, Buffer.from('\n')];
    this.close(records, 'cutOff');
    return records;
  }

  private close(records: RawRecord[], broken: 'malformed' | 'cutOff' = 'malformed'): void {
    const [first, ...others] = this.held;
    const bytes = first !== undefined && others.length === 0 ? first : Buffer.concat(this.held);
    const scanner = new JsonScanner(bytes, this.idKey);
    const start = scanner.skipWhitespace(this.markOf(bytes));
    if (start < bytes.length) {
      const end = this.endOf(scanner, start, broken);
      const rest = scanner.skipWhitespace(end);
      if (rest < bytes.length) throw this.error('malformed', rest, 'holds something behind its value');
      const isObject = bytes[start] === BYTE.OPEN_BRACE;
      records.push({ sourceId: isObject ? scanner.recordId : null, bytes: scanner.bytes(start, end) });
    }
    this.held = [];
    this.heldBytes = 0;
    this.offset += bytes.length;
    this.line += 1;
  }

  /** How long the byte order mark is with which the line begins. */
  private markOf(line: Uint8Array): number {
    return this.offset === 0 && BOM.equals(line.subarray(0, BOM.length)) ? BOM.length : 0;
  }

  /** The newline is there, so that a value that has not ended before it is none. */
  private endOf(scanner: JsonScanner, start: number, broken: 'malformed' | 'cutOff'): number {
    try {
      return scanner.skipRecord(start);
    } catch (error) {
      if (!(error instanceof JsonSplitError)) throw error;
      throw this.error(broken, error.offset, 'is not one whole JSON value');
    }
  }

  private error(code: 'cutOff' | 'malformed' | 'tooLarge', at: number, what: string): JsonSplitError {
    return new JsonSplitError(code, this.offset + at, `Line ${this.line} ${what}`, this.line);
  }
}
