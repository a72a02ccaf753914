interface Spelling {
  readonly host: string;
  /** It arrives at this machine when nobody hinders it. */
  readonly here?: boolean;
  /** A name, not an address. */
  readonly names?: boolean;
  /** Fits into no URL. */
  readonly notInUrls?: boolean;
}

const here = (...hosts: string[]): Spelling[] => hosts.map((host) => ({ host, here: true }));
const elsewhere = (...hosts: string[]): Spelling[] => hosts.map((host) => ({ host }));

/** Ways to write addresses that nobody may reach by default. */
export const forbiddenSpellings: readonly Spelling[] = [
  // 127.0.0.1
  ...here(
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '127.0.0.1.',
    '127.1.',
    '2130706433',
    '0x7f000001',
    '0X7F000001',
    '017700000001',
  ),
  ...here(
    '0x7f.1',
    '0x7f.0.0.1',
    '0x7f.0x0.0x0.0x1',
    '0x7f.0x000001',
    '0177.0.0.1',
    '0177.0.0.01',
    '0177.1',
    '0000177.0.0.1',
  ),
  ...here('0x000000007f.0.0.1', '127.0x1', '0x7F.0.1', '127.0.0x0.1', '%31%32%37.0.0.1', '127%2e0%2e0%2e1'),
  ...here('①②⑦.0.0.1', '１２７.０.０.１', '127。0。0。1', '127．0．0．1', '𝟭𝟮𝟳.0.0.1', '⑫7.0.0.1'),
  // The rest of 127/8, and the unspecified address, which is this machine too
  ...here(
    '127.0.0.2',
    '127.255.255.254',
    '127.16777214',
    '0x7f.0xff.0xff.0xfe',
    '0.0.0.0',
    '0',
    '0.0',
    '0x0',
    '00000000',
    '0.0.0.0.',
  ),
  // IPv6 in short, long and mapped forms
  ...here('[::1]', '[0:0:0:0:0:0:0:1]', '[0000:0000:0000:0000:0000:0000:0000:0001]', '[::0001]', '[::]', '[0:0::0]'),
  ...here(
    '[::ffff:127.0.0.1]',
    '[::FFFF:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
    '[::ffff:0:0]',
    '[::ffff:0.0.0.0]',
  ),
  { host: '::1%lo', here: true, notInUrls: true },
  { host: '::1', here: true, notInUrls: true },
  { host: '::ffff:127.0.0.1', here: true, notInUrls: true },
  // Names of this machine
  ...[
    'localhost',
    'LOCALHOST',
    'LocalHost',
    'localhost.',
    'hr.localhost',
    'a.b.localhost',
    'hr.localhost.',
    'ⓛocalhost',
  ].map((host) => ({ host, here: true, names: true })),
  // IPv6 that carries an IPv4 address
  ...elsewhere('[::127.0.0.1]', '[::7f00:1]', '[64:ff9b::127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::127.0.0.1]'),
  ...elsewhere(
    '[2002:7f00:1::]',
    '[2002:a9fe:a9fe::1]',
    '[2001:0:7f00:1::]',
    '[::ffff:0:127.0.0.1]',
    '[::ffff:169.254.169.254]',
  ),
  // Where clouds keep their metadata
  ...elsewhere(
    '169.254.169.254',
    '2852039166',
    '0xa9fea9fe',
    '0xa9.0xfe.0xa9.0xfe',
    '0251.0376.0251.0376',
    '169.254.43518',
  ),
  ...elsewhere(
    '[fd00:ec2::254]',
    '[fd20:ce::254]',
    '[FD00:0EC2:0:0:0:0:0:254]',
    '[64:ff9b::a9fe:a9fe]',
    '100.100.100.200',
    '192.0.0.192',
    '168.63.129.16',
  ),
  // Private networks and the rest
  ...elsewhere(
    '10.0.0.1',
    '10.1',
    '0xa.1',
    '012.0.0.1',
    '167772161',
    '172.16.0.1',
    '192.168.1.1',
    '0xc0a80101',
    '192.168.257',
  ),
  ...elsewhere(
    '[fc00::1]',
    '[fd12:3456:789a::1]',
    '[fe80::1]',
    '[fec0::1]',
    '[ff02::1]',
    '[2001:db8::1]',
    '[::ffff:10.0.0.1]',
  ),
  ...elsewhere(
    '224.0.0.1',
    '255.255.255.255',
    '0xffffffff',
    '4294967295',
    '240.0.0.1',
    '198.18.0.1',
    '203.0.113.7',
    '100.64.0.1',
  ),
  { host: 'fe80::1%eth0', notInUrls: true },
];
