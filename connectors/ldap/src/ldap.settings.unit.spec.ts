import { describe, expect, it } from 'vitest';
import { filterOf, idAttributeOf, ldapConfig, ldapSecrets, serverOf } from './ldap.settings.js';

const least = { url: 'ldaps://ldap.acme.example', bindDn: 'cn=muster,dc=acme', baseDn: 'dc=acme' };

describe('the settings of ldap', () => {
  it('have defaults for OpenLDAP and Active Directory', () => {
    const openLdap = ldapConfig.parse(least);
    expect([filterOf(openLdap), idAttributeOf(openLdap)]).toEqual(['(&(objectClass=person))', 'entryUUID']);
    const activeDirectory = ldapConfig.parse({ ...least, directory: 'activeDirectory' });
    expect([filterOf(activeDirectory), idAttributeOf(activeDirectory)]).toEqual([
      '(&(objectCategory=person)(objectClass=user))',
      'objectGUID',
    ]);
  });

  it.each([
    ['ldaps://ldap.acme.example', { host: 'ldap.acme.example', port: 636, tls: true }],
    ['ldap://ldap.acme.example/', { host: 'ldap.acme.example', port: 389, tls: false }],
    ['ldaps://10.0.0.7:3269', { host: '10.0.0.7', port: 3269, tls: true }],
    ['ldap://[fd12::7]:1389', { host: 'fd12::7', port: 1389, tls: false }],
  ])('take %s', (url, server) => {
    expect(serverOf(ldapConfig.parse({ ...least, url }))).toEqual(server);
  });

  it.each([
    ['url', 'https://ldap.acme.example'],
    ['url', 'ldaps://me:secret@ldap.acme.example'],
    ['url', 'ldaps://ldap.acme.example/dc=acme?mail'],
    ['url', 'ldaps://'],
    ['url', 'ldap://ldap.acme.example:99999'],
    ['filter', '(objectClass=person'],
    ['filter', '(&)'],
    ['filter', '(objectGUID=\\ff\\fe)'],
    ['filter', '(cn=a)(cn=b)'],
    ['filter', 'objectClass person'],
    ['idAttribute', '*'],
    ['attributes', ['mail', '+']],
    ['attributes', ['mail', 'userPassword']],
    ['attributes', ['UnicodePwd;binary']],
    ['binaryAttributes', ['']],
    ['baseDn', ''],
    ['pageSize', 0],
  ])('refuse %s: %j, by the name of the field', (name, value) => {
    const parsed = ldapConfig.safeParse({ ...least, [name]: value });
    expect(parsed.error?.issues[0]?.path[0]).toBe(name);
  });

  it('refuse an empty password, which would log in as nobody', () => {
    expect(ldapSecrets.safeParse({ password: '' }).success).toBe(false);
  });
});
