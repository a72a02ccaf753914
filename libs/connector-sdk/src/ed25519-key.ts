import { createRequire } from 'node:module';
import type ssh2 from 'ssh2';

export interface KeyOptions {
  readonly comment?: string;
  /** Encrypts the private key. */
  readonly passphrase?: string;
}

/**
 * A new pair of Ed25519 keys, in OpenSSH's form. The library leaves out zero bytes that a public key begins with, as one in 256
 * does, and what it then writes is no key: such a pair is not taken.
 */
export function newEd25519Key({ comment = '', passphrase }: KeyOptions = {}): { private: string; public: string } {
  // Loaded by whoever makes a key: every connector's process loads this module, and few of them speak SSH.
  const { utils } = createRequire(import.meta.url)('ssh2') as typeof ssh2;
  const encryption = passphrase === undefined ? {} : { passphrase, cipher: 'aes256-ctr', rounds: 16 };
  for (;;) {
    const pair = utils.generateKeyPairSync('ed25519', { comment, ...encryption });
    if (!(utils.parseKey(pair.private, passphrase) instanceof Error)) return pair;
  }
}
