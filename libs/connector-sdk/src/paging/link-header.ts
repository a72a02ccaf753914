import { BadResponseError } from '../bad-response.errors.js';

/**
 * RFC 8288 §3, one after the other: `<target>`, then its parameters; RFC 9110 §5.6.2 and §5.6.4 for their spelling.
 * White space has one place each time: where it had two, a malformed header would be read in as many ways as there are choices.
 */
const LINK = /\s*<([^<>]*)>((?:\s*;\s*[!#$%&'*+.^`|~\w-]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",;]+))?)*)\s*(?:,|$)/y;
const PARAMETER = /;\s*([^\s=;]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]+)))?/g;

/** Of what no source sends: so that a hostile one cannot make much work of it. */
const MOST_CHARACTERS = 32_768;

/**
 * The target of the first link with this relation in a `Link` header (RFC 8288), as it stands there; null when there is none.
 *
 * @param header undefined where the answer had none
 * @throws BadResponseError `malformedLink`, so that a header that cannot be read is never taken for the end of a list
 */
export function linkTarget(header: string | undefined, relation: string): string | null {
  if (header === undefined || header.trim() === '') return null;
  const malformed = new BadResponseError('malformedLink', 'The source sent a Link header that is none (RFC 8288).');
  if (header.length > MOST_CHARACTERS) throw malformed;
  let found: string | null = null;
  for (LINK.lastIndex = 0; LINK.lastIndex < header.length;) {
    const [, target = '', parameters = ''] = LINK.exec(header) ?? [];
    // Without a match the index is back at the start.
    if (LINK.lastIndex === 0) throw malformed;
    if (relationsOf(parameters).includes(relation)) found ??= target;
  }
  return found;
}

/** Of several parameters `rel` the first counts (RFC 8288 §3.3); a relation is compared without regard to case. */
function relationsOf(parameters: string): string[] {
  for (const [, name = '', quoted, token] of parameters.matchAll(PARAMETER)) {
    if (name.toLowerCase() === 'rel') return (quoted ?? token ?? '').toLowerCase().split(/\s+/);
  }
  return [];
}
