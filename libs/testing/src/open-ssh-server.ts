import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from './server-process.js';
import { newSshKeys, TestSftpServer } from './test-sftp-server.js';
import { unusedPort } from './unused-port.js';

const programs = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd', '/opt/homebrew/sbin/sshd'];

/** OpenSSH's own server, with configuration, keys and port of its own, logging in whoever runs the tests. */
export class OpenSshServer extends TestSftpServer {
  readonly user = userInfo().username;
  readonly folder: string;
  private process: ServerProcess | null = null;

  private constructor(
    private readonly directory: string,
    readonly port: number,
  ) {
    super();
    this.folder = join(directory, 'home');
    mkdirSync(this.folder);
    this.authorize(this.authorizedKeys);
  }

  override authorize(lines: string): void {
    super.authorize(lines);
    writeFileSync(join(this.directory, 'authorized'), lines, { mode: 0o600 });
  }

  /** @throws Error where OpenSSH's server is not installed */
  static async start(): Promise<OpenSshServer> {
    const server = new OpenSshServer(mkdtempSync(join(tmpdir(), 'muster-sshd-')), await unusedPort());
    await server.launch();
    return server;
  }

  loginAttempts(): string {
    return (this.process?.log ?? '')
      .split('\n')
      .filter((line) => /userauth-request|(Accepted|Failed|Postponed) \w+/.test(line))
      .join('\n');
  }

  /** Starts again at the same address with another host key, as somebody in the middle would. */
  async swapHostKey(): Promise<void> {
    await this.process?.end('SIGTERM');
    const { host, fingerprint } = newSshKeys();
    this.keys = { ...this.keys, host, fingerprint };
    await this.launch();
  }

  async stop(): Promise<void> {
    await this.process?.end('SIGTERM');
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
    this.process = await ServerProcess.start({
      name: 'sshd',
      program,
      args: ['-D', '-e', '-f', config],
      isReady: (log) => log.includes('Server listening on'),
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
}
