import { hash, randomBytes } from 'node:crypto';
import ssh2 from 'ssh2';
import { newEd25519Key } from '#connector-sdk';

const { utils } = ssh2;

/** A real SFTP server on this machine, for one test. */
export abstract class TestSftpServer {
  readonly host = '127.0.0.1';
  abstract readonly port: number;
  abstract readonly user: string;
  /** The folder on this machine that the user finds itself in. */
  abstract readonly folder: string;
  protected keys: SshKeys = newSshKeys();

  /** Opens the user's login. */
  get privateKey(): string {
    return this.keys.user;
  }

  /** Another such key, encrypted with {@link passphrase}. */
  get encryptedKey(): string {
    return this.keys.userEncrypted;
  }

  get passphrase(): string {
    return this.keys.passphrase;
  }

  /** Of the host key that it presents, as `ssh-keygen -l` shows it. */
  get fingerprint(): string {
    return this.keys.fingerprint;
  }

  /** Which keys open the user's login: lines of `authorized_keys`. */
  get authorizedKeys(): string {
    return this.keys.userPublic;
  }

  /** Lets in those keys from now on, and no other. */
  authorize(lines: string): void {
    this.keys = { ...this.keys, userPublic: lines };
  }

  /** What tried to log in so far, in whatever way: empty as long as no credential was sent. */
  abstract loginAttempts(): string;
  abstract stop(): Promise<void>;
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
  const host = newEd25519Key();
  const user = utils.generateKeyPairSync('rsa', { bits: 2048 });
  const passphrase = randomBytes(12).toString('hex');
  const encrypted = newEd25519Key({ passphrase });
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
