import { jsonTooDeepAt } from '#core';
import { ScimError } from '#scim';

const maxDepth = 64;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a JSON body. An empty one is undefined.
 *
 * @throws ScimError 400 `invalidSyntax`
 */
export function readScimBody(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined;
  try {
    const text = utf8.decode(bytes);
    if (jsonTooDeepAt(text, maxDepth) === null) return JSON.parse(text) as unknown;
  } catch {
    throw ScimError.bad('invalidSyntax', 'The body is not JSON in UTF-8.');
  }
  throw ScimError.bad('invalidSyntax', `The body nests deeper than ${String(maxDepth)} levels.`);
}
