import { join, resolve } from 'node:path';
import type { SftpSettings } from './muster-config.js';
import type { Settings } from './settings.js';

const mib = 1024 * 1024;
const standardPort = 22;

/** How files are taken from senders; relative paths start in the directory. */
export function sftpSettings(settings: Settings, directory: string): SftpSettings | null {
  const port = settings.MUSTER_SFTP_PORT;
  if (port === null) return null;
  const host = settings.MUSTER_SFTP_HOST ?? settings.MUSTER_HOST;
  const [, givenHost, givenPort] = /^(.+?)(?::(\d+))?$/.exec(settings.MUSTER_SFTP_PUBLIC_ADDRESS ?? '') ?? [];
  const url = settings.MUSTER_PUBLIC_URL;
  const keyFile = settings.MUSTER_SFTP_HOST_KEY_FILE;
  const base = resolve(directory);
  return {
    port,
    host,
    publicHost: givenHost ?? (url === null ? host : new URL(url).hostname),
    publicPort: givenHost === undefined ? port : Number(givenPort ?? standardPort),
    directory: resolve(base, settings.MUSTER_SFTP_DIR ?? join(settings.MUSTER_DATA_DIR, 'sftp')),
    hostKeyFile: keyFile === null ? null : resolve(base, keyFile),
    maxFileBytes: settings.MUSTER_SFTP_MAX_FILE_MB * mib,
    quotaBytes: settings.MUSTER_SFTP_QUOTA_MB * mib,
    keepFreeBytes: settings.MUSTER_SFTP_KEEP_FREE_MB * mib,
  };
}
