import type { ArrayPlace } from './array-path.js';
import { keysOf } from './array-path.js';
import type { RawRecord } from './raw-record.js';
import type { JsonValue } from './json-value.js';
import { JsonSplitError } from './json-split.errors.js';
import { BYTE, JsonScanner } from './json-scanner.js';

export type SplitJsonArrayOptions = ArrayPlace & {
  /** The key of each record, at its own top level, that holds the source's id of the person. */
  readonly idKey: string;
};

export interface SplitJsonArray {
  /** One per array element, in order; `bytes` are views into the body: they keep it alive, and change with it. */
  records: RawRecord[];
  /** Everything else in the body, parsed; the objects on the way to the array without it. */
  envelope: Envelope;
}

type Envelope = { readonly [key: string]: JsonValue };

/**
 * Splits a whole response body `{"<arrayKey>": [{…}, {…}], …}`, or one with its array at any other path, into its records, byte for byte,
 * without parsing them.
 *
 * Elements that are not objects are records too (with `sourceId: null`): the pipeline shows them instead of losing them.
 * A numeric id is given as the source wrote it, so ids beyond 2^53 survive. Only what is needed to tell records apart is
 * checked; what is wrong inside a record shows when that record is decoded. A byte order mark is passed over.
 *
 * @throws JsonSplitError when the body is cut off, not JSON outside of its records, or without that array
 */
export function splitJsonArray(body: Uint8Array, { idKey, ...place }: SplitJsonArrayOptions): SplitJsonArray {
  const scanner = new JsonScanner(body, idKey);
  const keys = keysOf(place);
  const records: RawRecord[] = [];
  const start = scanner.skipWhitespace(body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0);
  const { end, value } = splitAt(scanner, start, { keys, depth: 0, records });
  const rest = scanner.skipWhitespace(end);
  if (rest < body.length) {
    throw new JsonSplitError('malformed', rest, 'Something follows the end of the body');
  }
  return { records, envelope: value };
}

interface OnTheWay {
  readonly keys: readonly string[];
  /** How many of the keys lead here. */
  readonly depth: number;
  readonly records: RawRecord[];
}

/** The array, when all keys have led to it, or an object on the way there. */
function splitAt(scanner: JsonScanner, start: number, way: OnTheWay): { end: number; value: Envelope } {
  const { keys, depth, records } = way;
  const name = depth === 0 ? 'The body' : `"${keys[depth - 1]}"`;
  if (depth === keys.length) {
    if (scanner.byteAt(start) !== BYTE.OPEN_BRACKET) {
      throw new JsonSplitError('arrayMissing', start, `${name} is not an array`);
    }
    return { end: splitElements(scanner, start + 1, records), value: {} };
  }
  if (scanner.byteAt(start) !== BYTE.OPEN_BRACE) {
    throw new JsonSplitError('arrayMissing', start, `${name} is not ${depth === 0 ? 'a JSON' : 'an'} object`);
  }
  const key = keys[depth] as string;
  const missing = (at: number): JsonSplitError =>
    new JsonSplitError('arrayMissing', at, `${name} has no ${depth + 1 === keys.length ? 'array ' : ''}"${key}"`);
  const envelope: [string, JsonValue][] = [];
  let isFound = false;
  let at = scanner.skipWhitespace(start + 1);
  if (scanner.byteAt(at) === BYTE.CLOSE_BRACE) throw missing(at);
  for (;;) {
    const keyStart = at;
    const read = readKey(scanner, at);
    at = read.end;
    if (read.key === key) {
      if (isFound) throw new JsonSplitError('malformed', keyStart, `The key "${key}" comes twice`);
      isFound = true;
      const { end, value } = splitAt(scanner, at, { keys, depth: depth + 1, records });
      if (depth + 1 < keys.length) envelope.push([key, value]);
      at = end;
    } else {
      const valueStart = at;
      at = scanner.skipValue(at);
      envelope.push([read.key, parse(scanner, valueStart, at)]);
    }
    at = scanner.skipWhitespace(at);
    const byte = scanner.byteAt(at);
    if (byte === BYTE.CLOSE_BRACE) break;
    if (byte !== BYTE.COMMA) {
      throw new JsonSplitError('malformed', at, 'A comma or the end of the object was expected');
    }
    at = scanner.skipWhitespace(at + 1);
  }
  if (!isFound) throw missing(at);
  return { end: at + 1, value: Object.fromEntries(envelope) };
}

/** A key, and where its value begins. */
function readKey(scanner: JsonScanner, start: number): { key: string; end: number } {
  if (scanner.byteAt(start) !== BYTE.QUOTE) {
    throw new JsonSplitError('malformed', start, 'A key was expected');
  }
  const end = scanner.skipString(start);
  const colon = scanner.skipWhitespace(end);
  if (scanner.byteAt(colon) !== BYTE.COLON) {
    throw new JsonSplitError('malformed', colon, 'A colon was expected');
  }
  return { key: parse(scanner, start, end) as string, end: scanner.skipWhitespace(colon + 1) };
}

function splitElements(scanner: JsonScanner, start: number, records: RawRecord[]): number {
  let at = scanner.skipWhitespace(start);
  if (scanner.byteAt(at) === BYTE.CLOSE_BRACKET) {
    return at + 1;
  }
  for (;;) {
    const recordStart = at;
    at = scanner.skipRecord(at);
    records.push({ sourceId: scanner.recordId, bytes: scanner.bytes(recordStart, at) });
    at = scanner.skipWhitespace(at);
    const byte = scanner.byteAt(at);
    if (byte === BYTE.CLOSE_BRACKET) {
      return at + 1;
    }
    if (byte !== BYTE.COMMA) {
      throw new JsonSplitError('malformed', at, 'A comma or the end of the array was expected');
    }
    at = scanner.skipWhitespace(at + 1);
  }
}

function parse(scanner: JsonScanner, start: number, end: number): JsonValue {
  try {
    return JSON.parse(scanner.text(start, end)) as JsonValue;
  } catch {
    throw new JsonSplitError('malformed', start, 'A value is not valid JSON');
  }
}
