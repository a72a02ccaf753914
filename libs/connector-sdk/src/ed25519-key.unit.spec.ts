import ssh2 from 'ssh2';
import { expect, it } from 'vitest';
import { newEd25519Key } from './ed25519-key.js';

it('makes keys that can be used, whatever bytes they begin with', () => {
  // Of so many, a dozen would begin with a zero byte, which the library leaves out.
  const pairs = Array.from({ length: 3000 }, () => newEd25519Key());
  for (const pair of pairs) {
    for (const text of [pair.private, pair.public]) expect(ssh2.utils.parseKey(text)).not.toBeInstanceOf(Error);
  }
});

it('encrypts the private key where it is told to', () => {
  const pair = newEd25519Key({ passphrase: 'open sesame' });
  expect(ssh2.utils.parseKey(pair.private)).toBeInstanceOf(Error);
  expect(ssh2.utils.parseKey(pair.private, 'open sesame')).not.toBeInstanceOf(Error);
});
