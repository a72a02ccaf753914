import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { publicIpv6Range, type SpecialRange, specialIpv4Ranges, specialIpv6Ranges } from './special-range.js';

export interface EgressRules {
  /** Addresses and ranges besides the public ones: `10.20.0.0/16`, `::1`. Default: none. */
  readonly allow?: readonly string[];
  /** Names of hosts, or `*.` and a domain for all that is below it. Default, and when empty: every host. */
  readonly hosts?: readonly string[];
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Cidr = [Address, number];

const compiled = (ranges: readonly SpecialRange[]): [Cidr, SpecialRange][] =>
  ranges.map((special) => [ipaddr.parseCIDR(special.range), special]);
const special = { ipv4: compiled(specialIpv4Ranges), ipv6: compiled(specialIpv6Ranges) };
const publicIpv6 = ipaddr.parseCIDR(publicIpv6Range);
const translated = ipaddr.parseCIDR('64:ff9b::/96');

/** Where an operator lets connectors go. Without rules: to every public address, and to no other. */
export class EgressPolicy {
  private readonly allowed: readonly Cidr[];
  private readonly hosts: readonly string[];

  /** @throws Error for a range that is none; the configuration has checked them by then */
  constructor({ allow = [], hosts = [] }: EgressRules = {}) {
    this.allowed = allow.map(parseRange);
    this.hosts = hosts.map((host) => host.toLowerCase());
  }

  /** What speaks against connecting to an address, as a resolver gives it; null: nothing does. */
  objection(address: string): SpecialRange | null {
    const parsed = parse(address);
    if (parsed === null) return { range: '::/0', what: 'something that is no address' };
    // The machine connects to what is mapped, not to the IPv6 address (RFC 4291 §2.5.5.2).
    const target = parsed.kind() === 'ipv6' && isMapped(parsed) ? parsed.toIPv4Address() : parsed;
    // A gateway of the network connects to what is translated (RFC 6052), so that counts; IPv6-only networks need it.
    const real = within(target, translated) ? ipaddr.fromByteArray(target.toByteArray().slice(12)) : target;
    if (this.allowed.some((range) => within(target, range) || within(real, range))) return null;
    const [, found] = special[real.kind()].find(([range]) => within(real, range)) ?? [];
    if (found !== undefined) return found;
    return real.kind() === 'ipv4' || within(real, publicIpv6) ? null : { range: '::/0', what: 'a reserved address' };
  }

  /** `name`: in lower case; a dot at its end counts for nothing. */
  allowsHost(name: string): boolean {
    if (this.hosts.length === 0) return true;
    const host = name.replace(/\.$/, '');
    return this.hosts.some((entry) => (entry.startsWith('*.') ? host.endsWith(entry.slice(1)) : host === entry));
  }
}

function parse(address: string): Address | null {
  const family = isIP(address);
  if (family === 4) return ipaddr.IPv4.parse(address);
  if (family !== 6) return null;
  // By way of a URL, which writes all of it in hexadecimal: ipaddr.js takes `::8.8.8.8` for `::ffff:8.8.8.8`, which is another address.
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, '')}]/`);
  return ipaddr.IPv6.parse(hostname.slice(1, -1));
}

function parseRange(range: string): Cidr {
  if (range.includes('/')) return ipaddr.parseCIDR(range);
  const address = ipaddr.parse(range);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function isMapped(address: Address): address is ipaddr.IPv6 {
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress();
}

function within(address: Address, [range, bits]: Cidr): boolean {
  return address.kind() === range.kind() && address.match(range, bits);
}
