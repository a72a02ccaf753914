import { isIPv6 } from 'node:net';

/**
 * One spelling for all that a host can be written as, by the rules that URLs have (WHATWG URL, "host parsing"): lower case,
 * punycode, and every IPv4 address as four decimal numbers (`0x7f.1`, `017700000001` and `2130706433` are `127.0.0.1`). An IPv6
 * address comes without brackets and keeps its zone. Null for what is no host.
 */
export function canonicalHost(host: string): string | null {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  if (isIPv6(bare)) return bare.toLowerCase();
  if (/[\s/?#@:\\[\]]/.test(host) || !URL.canParse(`http://${host}/`)) return null;
  return new URL(`http://${host}/`).hostname;
}
