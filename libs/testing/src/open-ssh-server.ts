import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { newSshKeys, TestSftpServer } from './test-sftp-server.js';
import { unusedPort } from './unused-port.js';

const programs = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd', '/opt/homebrew/sbin/sshd'];

/** OpenSSH's own server, with configuration, keys and port of its own, logging in whoever runs the tests. */
export class OpenSshServer extends TestSftpServer {
  readonly user = userInfo().username;
  readonly folder: string;
  private log = '';
  private process: ChildProcess | null = null;

  private constructor(
    private readonly directory: string,
    readonly port: number,
  ) {
    super();
    this.folder = join(directory, 'home');
    mkdirSync(this.folder);
    writeFileSync(join(directory, 'authorized'), this.keys.userPublic, { mode: 0o600 });
  }

  /** @throws Error where OpenSSH's server is not installed */
  static async start(): Promise<OpenSshServer> {
    const server = new OpenSshServer(mkdtempSync(join(tmpdir(), 'muster-sshd-')), await unusedPort());
    await server.launch();
    return server;
  }

  loginAttempts(): string {
    return this.log
      .split('\n')
      .filter((line) => /userauth-request|(Accepted|Failed|Postponed) \w+/.test(line))
      .join('\n');
  }

  /** Starts again at the same address with another host key, as somebody in the middle would. */
  async swapHostKey(): Promise<void> {
    await this.end();
    const { host, fingerprint } = newSshKeys();
    this.keys = { ...this.keys, host, fingerprint };
    this.log = '';
    await this.launch();
  }

  async stop(): Promise<void> {
    await this.end();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async launch(): Promise<void> {
    const program = programs.find((path) => existsSync(path));
    if (program === undefined) {
      throw new Error(
        `OpenSSH's server is needed here and is in none of ${programs.join(', ')}. Install it: apt-get install openssh-server, dnf install openssh-server, apk add openssh-server; macOS has it.`,
      );
    }
    // Where sshd of root leaves privileges; packages make it when the service first starts, which it need not do here.
    if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
    const hostKey = join(this.directory, 'host-key');
    writeFileSync(hostKey, this.keys.host, { mode: 0o600 });
    const config = join(this.directory, 'config');
    writeFileSync(config, this.configuration(hostKey));
    const child = spawn(program, ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.process = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.log += text));
    await new Promise<void>((resolve, reject) => {
      child.stderr.on('data', () => this.log.includes('Server listening on') && resolve());
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`sshd ended: ${this.log}`)));
    });
  }

  private configuration(hostKey: string): string {
    return `${[
      `Port ${this.port}`,
      `ListenAddress ${this.host}`,
      `HostKey ${hostKey}`,
      `AuthorizedKeysFile ${join(this.directory, 'authorized')}`,
      'PidFile none',
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin prohibit-password',
      // Shows each request to log in.
      'LogLevel DEBUG1',
      `Subsystem sftp internal-sftp -d ${this.folder}`,
    ].join('\n')}\n`;
  }

  private async end(): Promise<void> {
    const child = this.process;
    this.process = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    await once(child, 'exit');
  }
}
