import { hash } from 'node:crypto';
import { newEd25519Key, type PublicKey } from '#connector-sdk';
import ssh2, { type ParsedKey } from 'ssh2';
import type { CsvSftpSecrets } from './csv-sftp.settings.js';

/** Keys by which Muster logs in: the present one, and the next one until a server has accepted it. */
export const sshKeyPairs = {
  list(secrets: CsvSftpSecrets): PublicKey[] {
    const { privateKey, nextPrivateKey, passphrase } = secrets;
    const current = publicKeyOf(privateKey, passphrase, { secret: 'privateKey', use: 'current' });
    // What a server has accepted is both.
    const next = nextPrivateKey === privateKey ? undefined : nextPrivateKey;
    return [...current, ...publicKeyOf(next, passphrase, { secret: 'nextPrivateKey', use: 'next' })];
  },

  /** A second one that no server has accepted yet is made anew: nobody can log in with it. */
  make(secrets: CsvSftpSecrets): CsvSftpSecrets {
    const made = newEd25519Key({ comment: 'muster' }).private;
    return secrets.privateKey === undefined
      ? { ...secrets, privateKey: made, passphrase: undefined }
      : { ...secrets, nextPrivateKey: made };
  },

  drop(secret: string, secrets: CsvSftpSecrets): CsvSftpSecrets | null {
    const { privateKey, nextPrivateKey } = secrets;
    const hasNext = nextPrivateKey !== undefined && nextPrivateKey !== privateKey;
    if (secret === 'nextPrivateKey') return hasNext ? { ...secrets, nextPrivateKey: undefined } : null;
    if (secret !== 'privateKey' || privateKey === undefined) return null;
    const left = hasNext ? nextPrivateKey : undefined;
    return { ...secrets, privateKey: left, nextPrivateKey: undefined, passphrase: undefined };
  },
};

function publicKeyOf(
  text: string | undefined,
  passphrase: string | undefined,
  names: Pick<PublicKey, 'secret' | 'use'>,
): PublicKey[] {
  const key = text === undefined ? null : parsed(text, passphrase);
  if (key === null) return [];
  const bytes = key.getPublicSSH();
  const fingerprint = `SHA256:${hash('sha256', bytes, 'base64').replace(/=+$/, '')}`;
  return [{ ...names, kind: 'ssh', publicKey: `${key.type} ${bytes.toString('base64')} muster`, fingerprint }];
}

function parsed(text: string, passphrase: string | undefined): ParsedKey | null {
  const key = ssh2.utils.parseKey(text, passphrase);
  return key instanceof Error || !key.isPrivateKey() ? null : key;
}
