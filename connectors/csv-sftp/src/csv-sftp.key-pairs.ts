import type { KeyPairs } from '#connector-sdk';
import type { CsvSftpSecrets } from './csv-sftp.settings.js';
import { pgpKeyPairs } from './pgp-key-pairs.js';
import { sshKeyPairs } from './ssh-key-pairs.js';

/** The pairs that Muster makes to log in at the server, and to decrypt what lies there. */
export const csvSftpKeyPairs: KeyPairs<CsvSftpSecrets> = {
  kinds: ['ssh', 'pgp'],
  list: async (secrets) => [...sshKeyPairs.list(secrets), ...(await pgpKeyPairs.list(secrets))],
  make: async (kind, secrets) => (kind === 'ssh' ? sshKeyPairs.make(secrets) : pgpKeyPairs.make(secrets)),
  drop: (secret, secrets) => sshKeyPairs.drop(secret, secrets) ?? pgpKeyPairs.drop(secret, secrets),
};
