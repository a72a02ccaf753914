import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PEM text. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** An authority that nobody knows, made by openssl, and certificates that it signs. */
export class PrivateAuthority {
  private readonly directory = mkdtempSync(join(tmpdir(), 'muster-authority-'));
  readonly ca: string;

  constructor() {
    const subject = ['-subj', '/CN=An authority of our own', '-addext', 'basicConstraints=critical,CA:TRUE'];
    this.openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', ...subject);
    this.ca = this.read('ca.pem');
  }

  /** `names`: as OpenSSL writes them, `DNS:hr.example` or `IP:127.0.0.1`. A negative number of days makes one that has run out. */
  sign(names: string, { days = 2 } = {}): Certificate {
    writeFileSync(join(this.directory, 'names'), `subjectAltName=${names}\n`);
    this.openssl('req', ...newKey, '-keyout', 'key.pem', '-out', 'request.pem', '-subj', '/CN=a source');
    const authority = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-extfile', 'names', '-days', String(days)];
    this.openssl('x509', '-req', '-in', 'request.pem', '-out', 'cert.pem', ...authority);
    return { key: this.read('key.pem'), cert: this.read('cert.pem') };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  private openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.directory, stdio: 'pipe' });
  }

  private read(file: string): string {
    return readFileSync(join(this.directory, file), 'utf8');
  }
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
