import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '#core';
import type { MusterConfig } from './muster-config.js';

export const masterKeyFileName = 'master.key';

export interface MasterKey {
  /** 32 bytes. */
  key: Uint8Array;
  /** Set when it was made just now: the file that must be kept as safe as the secrets themselves. */
  madeAt: string | null;
}

/**
 * The key under which secrets are sealed: the configured one, else the one kept in the data directory, made on first
 * use (mode 0600).
 *
 * @throws ConfigurationError `configurationInvalid` when the file holds no key or cannot be read or written
 */
export async function readMasterKey(config: Pick<MusterConfig, 'masterKey' | 'dataDir'>): Promise<MasterKey> {
  if (config.masterKey !== null) return { key: config.masterKey, madeAt: null };
  const path = join(config.dataDir, masterKeyFileName);
  try {
    const kept = await readKept(path);
    if (kept !== null) return { key: kept, madeAt: null };
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    await make(path);
    const made = await readKept(path);
    if (made !== null) return { key: made, madeAt: path };
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw invalid(
      `The master key cannot be read from, or made in, the data directory ${config.dataDir} (${why}). Set MUSTER_DATA_DIR to a directory that Muster may write to.`,
      cause,
    );
  }
  throw invalid('The master key vanished from the data directory while it was made.');
}

async function readKept(path: string): Promise<Uint8Array | null> {
  let encoded: string;
  try {
    encoded = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const key = Buffer.from(encoded.trim(), 'base64');
  if (key.length !== 32) {
    throw invalid(`${masterKeyFileName} in the data directory holds no key of 32 bytes. Put the right one back.`);
  }
  return new Uint8Array(key);
}

/** The file appears whole or not at all, and never replaces another. */
async function make(path: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(32).toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await chmod(draft, 0o600);
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
}

function invalid(message: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError('configurationInvalid', message, [message], { cause });
}
