import { describe, expect, it } from 'vitest';
import { canonicalHost } from './canonical-host.js';
import { EgressPolicy } from './egress-policy.js';
import { forbiddenSpellings } from './forbidden-spellings.spec.js';

const byDefault = new EgressPolicy();

describe('EgressPolicy', () => {
  it.each([
    ['the first and the last of 10/8', ['10.0.0.0', '10.255.255.255'], '10.0.0.0/8'],
    ['172.16/12', ['172.16.0.0', '172.31.255.255'], '172.16.0.0/12'],
    ['192.168/16', ['192.168.0.0', '192.168.255.255'], '192.168.0.0/16'],
    ['loopback', ['127.0.0.0', '127.0.0.1', '127.255.255.255'], '127.0.0.0/8'],
    ['this network', ['0.0.0.0', '0.255.255.255'], '0.0.0.0/8'],
    ['carriers', ['100.64.0.0', '100.100.100.200', '100.127.255.255'], '100.64.0.0/10'],
    ['link-local', ['169.254.0.0', '169.254.169.254', '169.254.255.255'], '169.254.0.0/16'],
    ["a cloud's own", ['168.63.129.16'], '168.63.129.16/32'],
    ['protocols', ['192.0.0.0', '192.0.0.192', '192.0.0.255'], '192.0.0.0/24'],
    ['documentation 1', ['192.0.2.0', '192.0.2.255'], '192.0.2.0/24'],
    ['documentation 2', ['198.51.100.0', '198.51.100.255'], '198.51.100.0/24'],
    ['documentation 3', ['203.0.113.0', '203.0.113.255'], '203.0.113.0/24'],
    ['benchmarks', ['198.18.0.0', '198.19.255.255'], '198.18.0.0/15'],
    ['the old relay', ['192.88.99.1'], '192.88.99.0/24'],
    ['multicast', ['224.0.0.0', '239.255.255.255'], '224.0.0.0/4'],
    ['reserved', ['240.0.0.0', '255.255.255.254'], '240.0.0.0/4'],
    ['broadcast', ['255.255.255.255'], '255.255.255.255/32'],
    ['IPv6 loopback and unspecified', ['::1'], '::1/128'],
    ['IPv6 with a zone', ['fe80::1%eth0', 'fe80::', 'febf:ffff::1'], 'fe80::/10'],
    ['unique local', ['fc00::', 'fd00:ec2::254', 'fd20:ce::254', 'fdff:ffff::1'], 'fc00::/7'],
    ['site-local', ['fec0::1'], 'fec0::/10'],
    ['IPv6 multicast', ['ff00::', 'ff02::1'], 'ff00::/8'],
    ['mapped', ['::ffff:127.0.0.1', '::ffff:7f00:1'], '127.0.0.0/8'],
    ['mapped metadata', ['::ffff:169.254.169.254'], '169.254.0.0/16'],
    ['compatible', ['::127.0.0.1', '::a00:1', '::8.8.8.8'], '::/96'],
    ['translated', ['64:ff9b::127.0.0.1', '64:ff9b::7f00:1'], '127.0.0.0/8'],
    ['translated metadata', ['64:ff9b::169.254.169.254'], '169.254.0.0/16'],
    ['translated by the network itself', ['64:ff9b:1::1'], '64:ff9b:1::/48'],
    ['translated the old way', ['::ffff:0:127.0.0.1'], '::ffff:0:0:0/96'],
    ['6to4, whatever it carries', ['2002:7f00:1::', '2002:808:808::1'], '2002::/16'],
    ['Teredo, whatever it carries', ['2001:0:7f00:1::', '2001::1'], '2001::/32'],
    ['kept for protocols', ['2001:2::1', '2001:20::1', '2001:1ff::1'], '2001::/23'],
    ['IPv6 documentation', ['2001:db8::1', '3fff::1', '3fff:fff::1'], undefined],
    ['discards', ['100::1'], '100::/64'],
    ['never given out', ['4000::1', '5f00::1', 'e000::1', '64:ff9c::1', '1::1'], '::/0'],
    ['no address', ['hr.example', '', '127.0.0.1, 8.8.8.8'], undefined],
  ])('objects to %s', (_, addresses, range) => {
    for (const address of addresses) {
      const objection = byDefault.objection(address);
      expect(objection, address).not.toBeNull();
      if (range !== undefined) expect(objection?.range, address).toBe(range);
    }
  });

  it.each([
    ['beside 10/8', ['9.255.255.255', '11.0.0.0']],
    ['beside 172.16/12', ['172.15.255.255', '172.32.0.0']],
    ['beside 192.168/16', ['192.167.255.255', '192.169.0.0']],
    ['beside loopback', ['126.255.255.255', '128.0.0.0']],
    ['beside carriers', ['100.63.255.255', '100.128.0.0']],
    ['beside link-local', ['169.253.255.255', '169.255.0.0']],
    ['beside benchmarks', ['198.17.255.255', '198.20.0.0']],
    ['before multicast', ['223.255.255.255']],
    ['of the public internet', ['1.1.1.1', '8.8.8.8', '168.63.129.17', '192.0.1.0']],
    ['IPv6 of the public internet', ['2600::1', '2a00:1450::1', '2001:4860:4860::8888', '2001:200::1', '3fff:1000::1']],
    ['public, mapped and translated', ['::ffff:8.8.8.8', '64:ff9b::8.8.8.8']],
  ])('has nothing against addresses %s', (_, addresses) => {
    for (const address of addresses) expect(byDefault.objection(address), address).toBeNull();
  });

  it('lets the operator allow ranges, and what is mapped or translated into them', () => {
    const policy = new EgressPolicy({ allow: ['10.20.0.0/16', '::1', 'fd12:3456::/32', '192.168.7.7'] });
    for (const address of [
      '10.20.0.1',
      '::ffff:10.20.255.255',
      '64:ff9b::10.20.0.1',
      '::1',
      'fd12:3456::9',
      '192.168.7.7',
    ]) {
      expect(policy.objection(address), address).toBeNull();
    }
    for (const address of ['10.21.0.1', '127.0.0.1', 'fd12:3457::9', '192.168.7.8', '::ffff:10.21.0.1', '::']) {
      expect(policy.objection(address), address).not.toBeNull();
    }
  });

  it('does not take an IPv4 address for IPv6 because of its spelling', () => {
    expect(new EgressPolicy({ allow: ['::/0'] }).objection('::ffff:127.0.0.1')).toMatchObject({ range: '127.0.0.0/8' });
    expect(new EgressPolicy({ allow: ['0.0.0.0/0'] }).objection('::1')).toMatchObject({ range: '::1/128' });
  });

  it('keeps to the hosts that are listed', () => {
    const policy = new EgressPolicy({ hosts: ['hr.example', '*.acme.example', '10.0.0.7'] });
    for (const host of ['hr.example', 'hr.example.', 'a.acme.example', 'a.b.acme.example.', '10.0.0.7']) {
      expect(policy.allowsHost(host), host).toBe(true);
    }
    for (const host of ['example', 'xhr.example', 'hr.example.org', 'acme.example', 'evilacme.example', '10.0.0.70']) {
      expect(policy.allowsHost(host), host).toBe(false);
    }
  });
});

describe('canonicalHost', () => {
  it.each([
    ['HR.Example', 'hr.example'],
    ['hr.example.', 'hr.example.'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['[2001:DB8::1]', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['8.8.2056', '8.8.8.8'],
    ['hr_1.example', 'hr_1.example'],
  ])('%s is %s', (host, canonical) => {
    expect(canonicalHost(host)).toBe(canonical);
  });

  it.each([
    '',
    ' ',
    'a b',
    'hr.example/x',
    'hr.example:80',
    'user@hr.example',
    'a\\b',
    '[::1',
    '1.2.3.256',
    '0x100000000',
    '1.2.3.4.5',
    'a%00b',
  ])('%j is no host', (host) => {
    expect(canonicalHost(host)).toBeNull();
  });

  it('comes to an address for every spelling of one', () => {
    for (const { host, names = false } of forbiddenSpellings) {
      if (!names) expect(byDefault.objection(canonicalHost(host) ?? ''), host).not.toBeNull();
    }
  });
});
