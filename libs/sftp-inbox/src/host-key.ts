import { hash, randomUUID } from 'node:crypto';
import { link, open, readFile, unlink } from 'node:fs/promises';
import ssh2 from 'ssh2';
import type { SftpSettings } from '#config';
import { newEd25519Key } from '#connector-sdk';
import { ConfigurationError } from '#core';
import { InboxDirectory } from './inbox-directory.js';

const { utils } = ssh2;

export interface HostKey {
  /** In OpenSSH's form. */
  readonly privateKey: string;
  readonly fingerprint: string;
}

type Place = Pick<SftpSettings, 'directory' | 'hostKeyFile'>;

/**
 * The key by which senders know the server: the one of the settings, or an Ed25519 key that is made once (mode 0600) and kept with
 * the files, so that all fetchers have the same.
 *
 * @throws ConfigurationError `configurationInvalid` when it cannot be read, made or used
 */
export async function openHostKey({ directory, hostKeyFile }: Place): Promise<HostKey> {
  if (hostKeyFile !== null) return toHostKey(await textOf(hostKeyFile), 'MUSTER_SFTP_HOST_KEY_FILE');
  const inbox = new InboxDirectory(directory);
  try {
    await inbox.make();
    const kept = await readFile(inbox.hostKey, 'utf8').catch(nullIfMissing);
    if (kept === null) await make(inbox.hostKey, newEd25519Key({ comment: 'muster' }).private);
    return toHostKey(kept ?? (await readFile(inbox.hostKey, 'utf8')), inbox.hostKey);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw invalid(
      `Files of senders cannot be kept in ${directory} (${code}). Set MUSTER_SFTP_DIR to a directory that Muster may write to.`,
      error,
    );
  }
}

/** Of the key that senders see, where it can be read: as a process that does not serve them itself tells it. */
export async function hostKeyFingerprint({ directory, hostKeyFile }: Place): Promise<string | null> {
  try {
    return toHostKey(await readFile(hostKeyFile ?? new InboxDirectory(directory).hostKey, 'utf8'), '').fingerprint;
  } catch {
    return null;
  }
}

function toHostKey(text: string, where: string): HostKey {
  const key = utils.parseKey(text);
  if (key instanceof Error || !key.isPrivateKey()) {
    throw invalid(
      `${where} holds no private key that can be used. Give one as \`ssh-keygen -t ed25519\` writes it, without a passphrase.`,
    );
  }
  const digest = hash('sha256', key.getPublicSSH(), 'base64').replace(/=+$/, '');
  return { privateKey: text, fingerprint: `SHA256:${digest}` };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw invalid('MUSTER_SFTP_HOST_KEY_FILE names a file that cannot be read.', error);
  }
}

/** The file appears whole or not at all, and never replaces one that another fetcher has made meanwhile. */
async function make(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

function invalid(message: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError('configurationInvalid', message, [message], { cause });
}
