/** Addresses that are not of the public internet. */
export interface SpecialRange {
  /** As CIDR: `10.0.0.0/8`. */
  readonly range: string;
  /** Follows "leads to" in a message: `a private address`. */
  readonly what: string;
}

/**
 * Where nothing on the public internet is: IANA's special-purpose registries (RFC 6890) without the ranges that are globally
 * reachable, and what a network or a cloud gives its own machines. The first that fits counts, so narrower ones come first.
 */
export const specialIpv4Ranges: readonly SpecialRange[] = [
  { range: '0.0.0.0/8', what: 'an unspecified address' }, // RFC 791 §3.2; a connection to 0.0.0.0 arrives at this machine
  { range: '10.0.0.0/8', what: 'a private address' }, // RFC 1918
  { range: '100.64.0.0/10', what: 'an address that a carrier shares among its customers' }, // RFC 6598; a cloud's metadata at 100.100.100.200
  { range: '127.0.0.0/8', what: 'a loopback address' }, // RFC 1122 §3.2.1.3
  { range: '168.63.129.16/32', what: "an address of a cloud's own services" }, // Azure's WireServer: public by its number only
  { range: '169.254.0.0/16', what: 'a link-local address, where clouds keep their metadata' }, // RFC 3927; 169.254.169.254
  { range: '172.16.0.0/12', what: 'a private address' }, // RFC 1918
  { range: '192.0.0.0/24', what: 'an address that is kept for protocols' }, // RFC 6890 §2.1; a cloud's metadata at 192.0.0.192
  { range: '192.0.2.0/24', what: 'an address for documentation' }, // RFC 5737
  { range: '192.88.99.0/24', what: 'a relay that is no longer in use' }, // RFC 7526
  { range: '192.168.0.0/16', what: 'a private address' }, // RFC 1918
  { range: '198.18.0.0/15', what: 'an address for benchmarks' }, // RFC 2544
  { range: '198.51.100.0/24', what: 'an address for documentation' }, // RFC 5737
  { range: '203.0.113.0/24', what: 'an address for documentation' }, // RFC 5737
  { range: '224.0.0.0/4', what: 'a multicast address' }, // RFC 5771
  { range: '255.255.255.255/32', what: 'the broadcast address' }, // RFC 919
  { range: '240.0.0.0/4', what: 'a reserved address' }, // RFC 1112 §4
];

/** 6to4 and Teredo carry an IPv4 address to a relay that is no longer there: they are refused whole, whatever they carry. */
export const specialIpv6Ranges: readonly SpecialRange[] = [
  { range: '::/128', what: 'an unspecified address' }, // RFC 4291 §2.5.2
  { range: '::1/128', what: 'a loopback address' }, // RFC 4291 §2.5.3
  { range: '::/96', what: 'an IPv4 address in an old spelling' }, // RFC 4291 §2.5.5.1, "IPv4-compatible"
  { range: '::ffff:0:0:0/96', what: 'a translated IPv4 address' }, // RFC 2765 §2.1
  { range: '64:ff9b:1::/48', what: "an address of a network's own translation" }, // RFC 8215
  { range: '100::/64', what: 'an address that discards everything' }, // RFC 6666
  { range: '2001::/32', what: 'an IPv4 address in a Teredo tunnel' }, // RFC 4380
  { range: '2001::/23', what: 'an address that is kept for protocols' }, // RFC 2928; benchmarks (RFC 5180) and ORCHID (RFC 7343) among them
  { range: '2001:db8::/32', what: 'an address for documentation' }, // RFC 3849
  { range: '2002::/16', what: 'an IPv4 address in a 6to4 tunnel' }, // RFC 3056
  { range: '3fff::/20', what: 'an address for documentation' }, // RFC 9637
  { range: 'fc00::/7', what: 'a private address' }, // RFC 4193; a cloud's metadata at fd00:ec2::254 and fd20:ce::254
  { range: 'fe80::/10', what: 'a link-local address' }, // RFC 4291 §2.5.6
  { range: 'fec0::/10', what: 'a private address' }, // RFC 3879
  { range: 'ff00::/8', what: 'a multicast address' }, // RFC 4291 §2.7
];

/** All that IANA has given out to the public internet so far; whatever lies outside is reserved (RFC 4291 §2.4). */
export const publicIpv6Range = '2000::/3';
