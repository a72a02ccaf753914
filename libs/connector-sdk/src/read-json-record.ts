import type { RawRecord } from './raw-record.js';
import { JsonSplitError } from './json-split.errors.js';
import { BYTE, JsonScanner } from './json-scanner.js';

/**
 * A body that is one person's JSON object, as a record: the object's bytes without surrounding white space, and its id.
 * An object gives the same bytes here as it does out of `splitJsonArray`.
 *
 * @throws JsonSplitError when the body is cut off, malformed or something other than an object
 */
export function readJsonRecord(body: Uint8Array, { idKey }: { idKey: string }): RawRecord {
  const scanner = new JsonScanner(body, idKey);
  const start = scanner.skipWhitespace(0);
  if (scanner.byteAt(start) !== BYTE.OPEN_BRACE) {
    throw new JsonSplitError('malformed', start, 'A JSON object was expected');
  }
  const end = scanner.skipRecord(start);
  const rest = scanner.skipWhitespace(end);
  if (rest < body.length) {
    throw new JsonSplitError('malformed', rest, 'Something follows the end of the body');
  }
  return { sourceId: scanner.recordId, bytes: scanner.bytes(start, end) };
}
