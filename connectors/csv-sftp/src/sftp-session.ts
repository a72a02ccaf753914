import { fileChanged, SourceFatalError } from '#connector-sdk';
import type { FileEntryWithStats, Stats } from 'ssh2';
import { isSame, type ReportFile, type ReportFolder } from './report-folder.js';
import { type SftpConnection, connectSftp, type ServerContext } from './sftp-connection.js';
import { requestFailure, SFTP_STATUS, timedOut } from './sftp-failure.js';

type Callback<T> = (error: Error | undefined | null, value: T) => void;

const chunkBytes = 32 * 1024;
/** Requests that are out at a time while a file is read: a far server would else be waited for after each chunk. */
const chunksAhead = 16;
const maxEntries = 100_000;

/** A logged-in SFTP connection, with what this connector asks of a server: every answer in bounded time, or an error. */
export class SftpSession implements ReportFolder {
  private readonly pending = new Set<(error: unknown) => void>();
  private readonly onAbort = (): void => this.fail(this.signal.reason);
  /** Why nothing can be asked any more. */
  private end: { reason: unknown } | null = null;

  private constructor(
    private readonly connection: SftpConnection,
    private readonly server: string,
    private readonly timeoutMs: number,
    private readonly signal: AbortSignal,
  ) {
    const { client } = connection;
    client.on('error', (error) => this.fail(error));
    client.on('close', () => this.fail(new Error('The connection was closed.')));
    signal.addEventListener('abort', this.onAbort, { once: true });
  }

  /** As {@link connectSftp}. */
  static async open(context: ServerContext): Promise<SftpSession> {
    const connection = await connectSftp(context);
    const { host, port, requestTimeoutSeconds } = context.config;
    return new SftpSession(connection, `${host}:${port}`, requestTimeoutSeconds * 1000, context.signal);
  }

  close(): void {
    this.signal.removeEventListener('abort', this.onAbort);
    this.connection.client.end();
  }

  async list(folder: string, isMeant: (name: string) => boolean): Promise<ReportFile[]> {
    const what = `folder ${folder}`;
    const handle = await this.ask<Buffer>(what, (done) => this.connection.sftp.opendir(folder, done));
    const found: ReportFile[] = [];
    try {
      for (let entries = 0; ;) {
        const batch = await this.unlessStatus(SFTP_STATUS.endOfFile, what, (done: Callback<FileEntryWithStats[]>) =>
          // The declared type knows paths only; a handle reads one batch at a time.
          this.connection.sftp.readdir(handle as unknown as string, done),
        );
        if (batch === null || batch.length === 0) return found;
        entries += batch.length;
        if (entries > maxEntries) {
          const message = `The ${what} has more than ${maxEntries} entries. Move old files away.`;
          throw new SourceFatalError({ code: 'folderTooFull', message, fields: { maxEntries } });
        }
        for (const { filename, attrs } of batch) if (isMeant(filename)) found.push(toFile(filename, attrs));
      }
    } finally {
      await this.closeHandle(handle);
    }
  }

  async look(path: string): Promise<ReportFile | null> {
    const attrs = await this.unlessStatus(SFTP_STATUS.noSuchFile, path, (done: Callback<Stats>) =>
      this.connection.sftp.lstat(path, done),
    );
    return attrs === null ? null : toFile(path, attrs);
  }

  async makeFolder(path: string): Promise<void> {
    await this.ask<unknown>(path, (done) => this.connection.sftp.mkdir(path, (error) => done(error, null)));
  }

  async rename(from: string, to: string): Promise<void> {
    await this.ask<unknown>(`${from} or ${to}`, (done) =>
      this.connection.sftp.rename(from, to, (error) => done(error, null)),
    );
  }

  async *read(path: string, seen: ReportFile): AsyncGenerator<Buffer, void, void> {
    await this.mustBe(path, seen);
    const handle = await this.ask<Buffer>(path, (done) => this.connection.sftp.open(path, 'r', done));
    try {
      // What was opened, and not what a link put there in between leads to.
      const opened = await this.ask<Stats>(path, (done) => this.connection.sftp.fstat(handle, done));
      if (!isSame(toFile(path, opened), seen)) throw fileChanged(path);
      const asked: Promise<Buffer>[] = [];
      for (let at = 0; ;) {
        while (asked.length < chunksAhead && at < seen.size) {
          const chunk = this.readChunk(path, handle, at, Math.min(chunkBytes, seen.size - at));
          chunk.catch(() => undefined);
          asked.push(chunk);
          at += chunkBytes;
        }
        const next = asked.shift();
        if (next === undefined) break;
        yield await next;
      }
    } finally {
      await this.closeHandle(handle);
    }
    await this.mustBe(path, seen);
  }

  private async readChunk(path: string, handle: Buffer, from: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafeSlow(length);
    for (let filled = 0; filled < length;) {
      const count = await this.ask<number>(path, (done) =>
        this.connection.sftp.read(handle, buffer, filled, length - filled, from + filled, done),
      );
      if (count === 0) throw fileChanged(path);
      filled += count;
    }
    return buffer;
  }

  private async mustBe(path: string, seen: ReportFile): Promise<void> {
    const now = await this.look(path);
    if (now === null || !isSame(now, seen)) throw fileChanged(path);
  }

  private async closeHandle(handle: Buffer): Promise<void> {
    await this.ask<unknown>('an open file', (done) =>
      this.connection.sftp.close(handle, (error) => done(error, null)),
    ).catch(() => undefined);
  }

  private async unlessStatus<T>(status: number, what: string, send: (done: Callback<T>) => void): Promise<T | null> {
    return this.ask<T | null>(what, (done) =>
      send((error, value) => {
        const isMeant = error instanceof Error && 'code' in error && error.code === status;
        done(isMeant ? null : error, isMeant ? null : value);
      }),
    );
  }

  private async ask<T>(what: string, send: (done: Callback<T>) => void): Promise<T> {
    this.signal.throwIfAborted();
    if (this.end !== null) throw requestFailure(this.end.reason, what, this.server);
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.pending.add(reject);
    const deadline = setTimeout(() => this.fail(timedOut(this.server)), this.timeoutMs);
    try {
      send((error, value) => (error ? reject(error) : resolve(value)));
      return await promise;
    } catch (error) {
      this.signal.throwIfAborted();
      throw requestFailure(error, what, this.server);
    } finally {
      clearTimeout(deadline);
      this.pending.delete(reject);
    }
  }

  private fail(reason: unknown): void {
    this.end ??= { reason };
    for (const reject of this.pending) reject(reason);
    this.connection.client.destroy();
  }
}

function toFile(name: string, attrs: Stats): ReportFile {
  const kind = attrs.isFile() ? 'file' : attrs.isDirectory() ? 'folder' : 'other';
  return { name, kind, size: attrs.size, modified: attrs.mtime };
}
