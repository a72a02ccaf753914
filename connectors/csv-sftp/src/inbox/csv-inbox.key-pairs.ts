import type { KeyPairs } from '#connector-sdk';
import { pgpKeyPairs } from '../pgp-key-pairs.js';
import type { CsvInboxSecrets } from './csv-inbox.settings.js';

/** The pairs that Muster makes to decrypt what is sent. */
export const csvInboxKeyPairs: KeyPairs<CsvInboxSecrets> = {
  kinds: ['pgp'],
  list: async (secrets) => pgpKeyPairs.list(secrets),
  make: async (_kind, secrets) => pgpKeyPairs.make(secrets),
  drop: (secret, secrets) => pgpKeyPairs.drop(secret, secrets),
};
