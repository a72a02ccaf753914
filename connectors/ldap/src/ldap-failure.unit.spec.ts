import { describe, expect, it } from 'vitest';
import { resultFailure } from './ldap-failure.js';

describe('what an LDAP result means for the next sync', () => {
  const diagnosticOf = (data: string): string =>
    `80090308: LdapErr: DSID-0C090446, comment: AcceptSecurityContext error, data ${data}, v4563 CN=Ann Lee`;

  it.each([
    ['52e', /password is wrong/],
    ['532', /password has expired/],
    ['533', /account is disabled/],
    ['775', /account is locked/],
  ])('tells Active Directory’s reason %s in words', (data, words) => {
    const error = resultFailure({ code: 49, diagnostic: diagnosticOf(data), cookie: null }, 'bind', 'ad:636');
    expect(error).toMatchObject({
      recovery: 'credentials',
      code: 'loginRefused',
      fields: { server: 'ad:636', result: 49, cause: data },
    });
    expect(error.message).toMatch(words);
  });

  it('repeats nothing that the server says', () => {
    for (const diagnostic of ['data ffff, CN=Ann Lee', 'CN=Ann Lee is no base', '']) {
      for (let code = 1; code < 90; code += 1) {
        const { message, fields } = resultFailure({ code, diagnostic, cookie: null }, 'search', 'ad:636');
        expect(JSON.stringify([message, fields])).not.toMatch(/Ann|ffff/);
        expect(fields).toMatchObject({ server: 'ad:636', result: code });
      }
    }
  });

  it.each([
    [1, 'search', 'credentials', 'notLoggedIn'],
    [2, 'startTls', 'configuration', 'startTlsRefused'],
    [3, 'search', 'retriable', 'timeLimit'],
    [8, 'bind', 'configuration', 'encryptionRequired'],
    [12, 'search', 'configuration', 'pagingNotSupported'],
    [13, 'bind', 'configuration', 'encryptionRequired'],
    [50, 'search', 'credentials', 'forbidden'],
    [51, 'search', 'retriable', 'unavailable'],
    [52, 'bind', 'retriable', 'unavailable'],
    [80, 'search', 'fatal', 'requestRefused'],
  ] as const)('result %i of a %s: %s, %s', (code, asked, recovery, name) => {
    const error = resultFailure({ code, diagnostic: '', cookie: null }, asked, 'ad:636');
    expect(error).toMatchObject({ recovery, code: name });
  });
});
