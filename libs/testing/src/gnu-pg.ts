import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** GnuPG with keys of its own, as customers encrypt with. */
export class GnuPg {
  // Sockets of its agent have short names only.
  readonly home = mkdtempSync(join(tmpdir(), 'gpg-'));

  /** Makes a pair; its name is an e-mail address. @param passphrase empty: none */
  newKey(name: string, { passphrase = '', algorithm = 'future-default', usage = 'default' } = {}): void {
    this.run(['--passphrase', passphrase, '--quick-generate-key', name, algorithm, usage, 'never']);
  }

  publicKey(name: string): string {
    return this.run(['--armor', '--export', name]).toString();
  }

  /** Takes somebody else's public key. */
  importKey(armored: string): void {
    this.run(['--import', this.put(armored)]);
  }

  privateKey(name: string, passphrase = ''): string {
    return this.run(['--passphrase', passphrase, '--armor', '--export-secret-keys', name]).toString();
  }

  /** Encrypts a file, with further options such as `--sign`, `--local-user` and `--armor`. */
  encrypt(content: string | Uint8Array, to: string, options: readonly string[] = []): Buffer {
    return this.run([
      '--trust-model',
      'always',
      '--passphrase',
      '',
      '--recipient',
      to,
      ...options,
      '--encrypt',
      this.put(content),
    ]);
  }

  sign(content: string | Uint8Array, by: string): Buffer {
    return this.run(['--passphrase', '', '--local-user', by, '--sign', this.put(content)]);
  }

  remove(): void {
    spawnSync('gpgconf', ['--homedir', this.home, '--kill', 'all']);
    rmSync(this.home, { recursive: true, force: true });
  }

  private put(content: string | Uint8Array): string {
    const path = join(this.home, 'content');
    writeFileSync(path, content);
    return path;
  }

  private run(args: readonly string[]): Buffer {
    const common = ['--homedir', this.home, '--batch', '--yes', '--quiet', '--pinentry-mode', 'loopback'];
    const output = ['--quick-generate-key', '--import', '--export', '--export-secret-keys'].some((one) =>
      args.includes(one),
    )
      ? []
      : ['--output', '-'];
    const { status, stdout, stderr, error } = spawnSync('gpg', [...common, ...output, ...args], {
      maxBuffer: 1024 * 1024 * 1024,
    });
    if (error !== undefined) {
      throw new Error('GnuPG is needed here: apt-get install gnupg, dnf install gnupg2, apk add gnupg.', {
        cause: error,
      });
    }
    if (status !== 0) throw new Error(`gpg ended with ${String(status)}: ${stderr.toString()}`);
    return stdout;
  }
}
