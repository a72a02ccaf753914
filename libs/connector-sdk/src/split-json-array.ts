import type { RawRecord } from './raw-record.js';
import type { JsonValue } from './json-value.js';
import { JsonSplitError } from './json-split.errors.js';
import { BYTE, JsonScanner } from './json-scanner.js';

export interface SplitJsonArrayOptions {
  /** The top-level key that holds the records. */
  arrayKey: string;
  /** The key of each record, at its own top level, that holds the source's id of the person. */
  idKey: string;
}

export interface SplitJsonArray {
  /** One per array element, in order; `bytes` are views into the body: they keep it alive, and change with it. */
  records: RawRecord[];
  /** Everything else at the top level of the body, parsed. */
  envelope: Readonly<Record<string, JsonValue>>;
}

/**
 * Splits a whole response body `{"<arrayKey>": [{…}, {…}], …}` into its records, byte for byte, without parsing them.
 *
 * Elements that are not objects are records too (with `sourceId: null`): the pipeline shows them instead of losing them.
 * A numeric id is given as the source wrote it, so ids beyond 2^53 survive. Only what is needed to tell records apart is
 * checked; what is wrong inside a record shows when that record is decoded. A byte order mark is passed over.
 *
 * @throws JsonSplitError when the body is cut off, not JSON at its top level, or without that array
 */
export function splitJsonArray(body: Uint8Array, { arrayKey, idKey }: SplitJsonArrayOptions): SplitJsonArray {
  const scanner = new JsonScanner(body, idKey);
  const envelope: [string, JsonValue][] = [];
  let records: RawRecord[] | undefined;

  let at = scanner.skipWhitespace(body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0);
  if (scanner.byteAt(at) !== BYTE.OPEN_BRACE) {
    throw new JsonSplitError('arrayMissing', at, 'The body is not a JSON object');
  }
  at = scanner.skipWhitespace(at + 1);
  if (scanner.byteAt(at) === BYTE.CLOSE_BRACE) {
    throw new JsonSplitError('arrayMissing', at, `The body has no array "${arrayKey}"`);
  }
  for (;;) {
    const keyStart = at;
    if (scanner.byteAt(at) !== BYTE.QUOTE) {
      throw new JsonSplitError('malformed', at, 'A key was expected');
    }
    at = scanner.skipString(at);
    const key = parse(scanner, keyStart, at) as string;
    at = scanner.skipWhitespace(at);
    if (scanner.byteAt(at) !== BYTE.COLON) {
      throw new JsonSplitError('malformed', at, 'A colon was expected');
    }
    at = scanner.skipWhitespace(at + 1);
    const valueStart = at;
    if (key === arrayKey) {
      if (records !== undefined) {
        throw new JsonSplitError('malformed', keyStart, `The array "${arrayKey}" comes twice`);
      }
      if (scanner.byteAt(at) !== BYTE.OPEN_BRACKET) {
        throw new JsonSplitError('arrayMissing', at, `"${arrayKey}" is not an array`);
      }
      records = [];
      at = splitElements(scanner, at + 1, records);
    } else {
      at = scanner.skipValue(at);
      envelope.push([key, parse(scanner, valueStart, at)]);
    }
    at = scanner.skipWhitespace(at);
    const byte = scanner.byteAt(at);
    if (byte === BYTE.CLOSE_BRACE) {
      break;
    }
    if (byte !== BYTE.COMMA) {
      throw new JsonSplitError('malformed', at, 'A comma or the end of the object was expected');
    }
    at = scanner.skipWhitespace(at + 1);
  }
  const end = scanner.skipWhitespace(at + 1);
  if (end < body.length) {
    throw new JsonSplitError('malformed', end, 'Something follows the end of the body');
  }
  if (records === undefined) {
    throw new JsonSplitError('arrayMissing', at, `The body has no array "${arrayKey}"`);
  }
  return { records, envelope: Object.fromEntries(envelope) };
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
