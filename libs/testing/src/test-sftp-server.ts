import { hash } from 'node:crypto';
import ssh2 from 'ssh2';

const { utils } = ssh2;

/** A real SFTP server on this machine, for one test. */
export interface TestSftpServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Opens the user's login. */
  readonly privateKey: string;
  /** The same key, encrypted with {@link passphrase}. */
  readonly encryptedKey: string;
  readonly passphrase: string;
  /** Of the host key that it presents, as `ssh-keygen -l` shows it. */
  readonly fingerprint: string;
  /** The folder on this machine that the user finds itself in. */
  readonly folder: string;
  /** What tried to log in so far, in whatever way: empty as long as no credential was sent. */
  loginAttempts(): string;
  stop(): Promise<void>;
}

/** A host key and a user's key. */
export interface SshKeys {
  readonly host: string;
  readonly fingerprint: string;
  readonly user: string;
  readonly userPublic: string;
  readonly userEncrypted: string;
  readonly passphrase: string;
}

export function newSshKeys(): SshKeys {
  const host = utils.generateKeyPairSync('ed25519');
  const user = utils.generateKeyPairSync('rsa', { bits: 2048 });
  const passphrase = 'open sesame';
  const encrypted = utils.generateKeyPairSync('ed25519', { passphrase, cipher: 'aes256-ctr', rounds: 16 });
  const blob = Buffer.from(host.public.split(' ')[1] ?? '', 'base64');
  return {
    host: host.private,
    fingerprint: `SHA256:${hash('sha256', blob, 'base64').replace(/=+$/, '')}`,
    user: user.private,
    userPublic: `${user.public}\n${encrypted.public}\n`,
    userEncrypted: encrypted.private,
    passphrase,
  };
}
