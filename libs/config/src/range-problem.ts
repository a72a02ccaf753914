import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What is wrong with an address or a range of them (`10.20.0.0/16`), in words that name it; null: nothing. */
export function rangeProblem(range: string): string | null {
  const [address = '', bits, ...rest] = range.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0 || address.includes('%')) return `${range} is none`;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress()) {
    return `${range} is IPv4 in IPv6's spelling, write it as IPv4`;
  }
  if (bits === undefined) return null;
  const longest = family === 4 ? 32 : 128;
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > longest) return `${range} must end with a number from 0 to ${longest}`;
  const kind = family === 4 ? ipaddr.IPv4 : ipaddr.IPv6;
  const start = kind.networkAddressFromCIDR(range).toString();
  return start === parsed.toString() ? null : `${range} does not start a range, ${start}/${bits} does`;
}
