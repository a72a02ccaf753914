import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Sent {
  readonly code: number | null;
  /** What the client said, on whichever output. */
  readonly said: string;
}

export interface Sender {
  readonly port: number;
  readonly user: string;
  /** A private key or a password. */
  readonly key?: string;
  readonly password?: string;
  /** The server's public key, as `known_hosts` holds it. */
  readonly hostKey: string;
  readonly options?: readonly string[];
}

/** The client of OpenSSH, with a folder of its own for what it sends. */
export class OpenSshSender {
  readonly folder = mkdtempSync(join(tmpdir(), 'muster-sender-'));

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  write(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  /** Runs commands of `sftp`, until one fails unless it begins with `-`. */
  async run(sender: Sender, commands: readonly string[]): Promise<Sent> {
    return this.start(sender, commands).ended;
  }

  start(
    { port, user, key, password, hostKey, options = [] }: Sender,
    commands: readonly string[],
  ): { ended: Promise<Sent>; kill: () => void } {
    const known = this.write('known', `[127.0.0.1]:${port} ${hostKey}\n`);
    const args = [
      '-F',
      'none',
      '-o',
      'BatchMode=no',
      '-o',
      `UserKnownHostsFile=${known}`,
      '-o',
      'StrictHostKeyChecking=yes',
    ];
    const env: Record<string, string> = { PATH: process.env['PATH'] ?? '' };
    if (key !== undefined) {
      const file = this.write('key', key);
      chmodSync(file, 0o600);
      args.push('-i', file, '-o', 'IdentitiesOnly=yes', '-o', 'PreferredAuthentications=publickey');
    } else {
      const ask = this.write('ask', `#!/bin/sh\necho '${password ?? ''}'\n`);
      chmodSync(ask, 0o700);
      Object.assign(env, { SSH_ASKPASS: ask, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':0' });
      args.push('-o', 'PreferredAuthentications=password', '-o', 'NumberOfPasswordPrompts=1');
    }
    for (const option of options) args.push('-o', option);
    args.push('-P', String(port), '-b', '-', `${user}@127.0.0.1`);
    const child = spawn('sftp', args, { cwd: this.folder, env });
    let said = '';
    for (const output of [child.stdout, child.stderr]) output.on('data', (chunk) => (said += String(chunk)));
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${commands.join('\n')}\n`);
    const ended = new Promise<Sent>((resolve, reject) => {
      child.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          error.code === 'ENOENT'
            ? new Error('OpenSSH’s client is needed here: apt-get install openssh-client, apk add openssh-client.')
            : error,
        ),
      );
      child.once('close', (code) => resolve({ code, said }));
    });
    return { ended, kill: () => void child.kill('SIGKILL') };
  }
}
