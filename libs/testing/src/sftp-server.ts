import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { type Dir, mkdtempSync, rmSync, type Stats } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, opendir, rename, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import ssh2, { type AuthContext, type Connection, type SFTPWrapper } from 'ssh2';
import { TestSftpServer } from './test-sftp-server.js';

const { Server, utils } = ssh2;
const { STATUS_CODE } = utils.sftp;

export interface SftpServerOptions {
  /** Which ways to log in it takes; default: all. */
  methods?: readonly ('password' | 'keyboard-interactive' | 'publickey')[];
  /** Default: two words. */
  password?: string;
  /** Takes logins, and never answers who then asks for SFTP. */
  isSilentAfterLogin?: boolean;
  /** Called before a folder is listed. */
  beforeList?: (path: string) => void;
  /** Called before a chunk of a file is sent: to let the file change, or the connection break, at that very point. */
  beforeRead?: (at: { path: string; position: number; connection: Connection }) => void | Promise<void>;
}

/**
 * An SFTP server in this process, over a folder of this machine: for tests that run where no server is installed, that need a
 * password (OpenSSH takes one for an account of the machine only), or that interfere in the middle of a file.
 */
export class SftpServer extends TestSftpServer {
  readonly user = 'muster';
  readonly password: string;
  readonly folder = mkdtempSync(join(tmpdir(), 'muster-sftp-'));
  private readonly server: InstanceType<typeof Server>;
  private readonly connections = new Set<Connection>();
  private readonly attempts: string[] = [];

  private constructor(private readonly options: SftpServerOptions) {
    super();
    this.password = options.password ?? 'correct horse';
    this.server = new Server({ hostKeys: [this.keys.host] }, (connection) => this.serve(connection));
  }

  static async start(options: SftpServerOptions = {}): Promise<SftpServer> {
    const sftp = new SftpServer(options);
    sftp.server.listen(0, sftp.host);
    await once(sftp.server, 'listening');
    return sftp;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  loginAttempts(): string {
    return this.attempts.join('\n');
  }

  async stop(): Promise<void> {
    for (const connection of this.connections) connection.end();
    await new Promise<void>((done) => {
      this.server.close(() => done());
    });
    rmSync(this.folder, { recursive: true, force: true });
  }

  private serve(connection: Connection): void {
    this.connections.add(connection);
    connection.on('close', () => this.connections.delete(connection));
    connection.on('error', () => undefined);
    // Each answer is small: held back until the one before is acknowledged, a test would take seconds.
    (connection as Connection & { setNoDelay(): void }).setNoDelay();
    connection.on('authentication', (context) => this.authenticate(context));
    connection.on('session', (accept) => {
      if (this.options.isSilentAfterLogin === true) return;
      accept().on('sftp', (acceptSftp) => this.speak(acceptSftp(), connection));
    });
  }

  private authenticate(context: AuthContext): void {
    const methods = this.options.methods ?? ['publickey', 'password', 'keyboard-interactive'];
    if (context.method !== 'none') this.attempts.push(`${context.method} for ${context.username}`);
    const taken = methods.find((method) => method === context.method);
    if (context.username !== this.user || taken === undefined) {
      context.reject([...methods]);
      return;
    }
    if (context.method === 'password') {
      this.decide(context, same(context.password, this.password));
    } else if (context.method === 'keyboard-interactive') {
      context.prompt([{ prompt: 'Password: ', echo: false }], (answers) =>
        this.decide(context, same(answers[0] ?? '', this.password)),
      );
    } else if (context.method === 'publickey') {
      const key = this.keys.userPublic
        .trim()
        .split('\n')
        .map((line) => utils.parseKey(line))
        .find((one) => !(one instanceof Error) && one.getPublicSSH().equals(context.key.data));
      if (key === undefined || key instanceof Error) this.decide(context, false);
      else if (context.signature === undefined || context.blob === undefined) this.decide(context, true);
      else this.decide(context, key.verify(context.blob, context.signature, context.hashAlgo) === true);
    }
  }

  private decide(context: AuthContext, isRight: boolean): void {
    if (isRight) context.accept();
    else context.reject();
  }

  private speak(sftp: SFTPWrapper, connection: Connection): void {
    const handles = new Map<number, { path: string; file?: FileHandle; dir?: Dir }>();
    let last = 0;
    let isGone = false;
    const closeAll = (): void => {
      for (const { file, dir } of handles.values()) {
        file?.close().catch(() => undefined);
        dir?.close().catch(() => undefined);
      }
      handles.clear();
    };
    const keep = (request: number, open: { path: string; file?: FileHandle; dir?: Dir }): void => {
      last += 1;
      handles.set(last, open);
      // What was still being opened when the client went away.
      if (isGone) return closeAll();
      const name = Buffer.alloc(4);
      name.writeUInt32BE(last);
      sftp.handle(request, name);
    };
    connection.on('close', () => {
      isGone = true;
      closeAll();
    });
    const opened = (name: Buffer) => handles.get(name.readUInt32BE()) ?? { path: '' };
    const local = (path: string): string => {
      const found = resolve(this.folder, `.${sep}${path}`);
      return found.startsWith(this.folder) ? found : join(this.folder, 'outside');
    };
    const answer = (request: number, work: () => Promise<void>): void => {
      work().catch((error: NodeJS.ErrnoException) => {
        const codes: Record<string, number> = {
          ENOENT: STATUS_CODE.NO_SUCH_FILE,
          EACCES: STATUS_CODE.PERMISSION_DENIED,
        };
        sftp.status(request, codes[error.code ?? ''] ?? STATUS_CODE.FAILURE);
      });
    };
    sftp.on('OPENDIR', (request, path) =>
      answer(request, async () => {
        this.options.beforeList?.(path);
        keep(request, { path, dir: await opendir(local(path)) });
      }),
    );
    sftp.on('READDIR', (request, name) =>
      answer(request, async () => {
        const { path, dir } = opened(name);
        const entry = (await dir?.read()) ?? null;
        if (entry === null) return void sftp.status(request, STATUS_CODE.EOF);
        const attrs = attributes(await lstat(join(local(path), entry.name)));
        sftp.name(request, [{ filename: entry.name, longname: entry.name, attrs }]);
      }),
    );
    sftp.on('LSTAT', (request, path) =>
      answer(request, async () => void sftp.attrs(request, attributes(await lstat(local(path))))),
    );
    sftp.on('STAT', (request, path) =>
      answer(request, async () => void sftp.attrs(request, attributes(await stat(local(path))))),
    );
    sftp.on('OPEN', (request, path) =>
      answer(request, async () => keep(request, { path, file: await open(local(path), 'r') })),
    );
    sftp.on('FSTAT', (request, name) =>
      answer(request, async () => {
        const found = await opened(name).file?.stat();
        if (found === undefined) return void sftp.status(request, STATUS_CODE.FAILURE);
        sftp.attrs(request, attributes(found));
      }),
    );
    sftp.on('READ', (request, name, position, length) =>
      answer(request, async () => {
        const { path, file } = opened(name);
        await this.options.beforeRead?.({ path, position, connection });
        const read = await file?.read({ buffer: Buffer.alloc(length), position });
        if (read === undefined || read.bytesRead === 0) return void sftp.status(request, STATUS_CODE.EOF);
        sftp.data(request, read.buffer.subarray(0, read.bytesRead));
      }),
    );
    sftp.on('CLOSE', (request, name) =>
      answer(request, async () => {
        const { file, dir } = opened(name);
        handles.delete(name.readUInt32BE());
        await file?.close();
        await dir?.close();
        sftp.status(request, STATUS_CODE.OK);
      }),
    );
    sftp.on('RENAME', (request, from, to) =>
      answer(request, async () => {
        // As OpenSSH does: nothing is overwritten.
        const taken = await lstat(local(to)).catch(() => null);
        if (taken !== null) return void sftp.status(request, STATUS_CODE.FAILURE);
        await rename(local(from), local(to));
        sftp.status(request, STATUS_CODE.OK);
      }),
    );
    sftp.on('MKDIR', (request, path) =>
      answer(request, async () => {
        await mkdir(local(path));
        sftp.status(request, STATUS_CODE.OK);
      }),
    );
    sftp.on('REALPATH', (request, path) =>
      sftp.name(request, [{ filename: path, longname: path, attrs: {} as never }]),
    );
  }
}

function attributes({ mode, uid, gid, size, atimeMs, mtimeMs }: Stats) {
  return { mode, uid, gid, size, atime: Math.floor(atimeMs / 1000), mtime: Math.floor(mtimeMs / 1000) };
}

function same(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
