import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ReportToSend {
  readonly port: number;
  readonly user: string;
  /** In OpenSSH's form. */
  readonly privateKey: string;
  readonly from: string;
  readonly to: string;
  /** A folder for the client's own files. */
  readonly folder: string;
}

/** Sends a file with the client of OpenSSH. @throws Error with what it said when it does not succeed */
export async function sendByOpenSsh({ port, user, privateKey, from, to, folder }: ReportToSend): Promise<void> {
  const key = join(folder, 'key');
  writeFileSync(key, privateKey, { mode: 0o600 });
  const options = [
    `UserKnownHostsFile=${join(folder, 'known')}`,
    'StrictHostKeyChecking=accept-new',
    'IdentitiesOnly=yes',
  ];
  const args = ['-F', 'none', ...options.flatMap((option) => ['-o', option]), '-i', key, '-P', String(port)];
  const child = spawn('sftp', [...args, '-b', '-', `${user}@127.0.0.1`]);
  let said = '';
  for (const output of [child.stdout, child.stderr]) output.on('data', (chunk) => (said += String(chunk)));
  child.stdin.end(`put ${from} ${to}\n`);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`sftp ended with ${String(code)}: ${said}`);
}
