import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/** A host's name, or `*.` and a domain, as names are compared: in lower case, punycode, without a dot at the end. Null: it is none. */
export function canonicalHostPattern(pattern: string): string | null {
  if (isIP(pattern) !== 0) return pattern.toLowerCase();
  const wildcard = pattern.startsWith('*.') ? '*.' : '';
  const name = domainToASCII(pattern.slice(wildcard.length).replace(/\.$/, ''));
  return /^[\w-]+(\.[\w-]+)*$/.test(name) ? `${wildcard}${name}` : null;
}
