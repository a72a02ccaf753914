import type { Stats } from 'node:fs';
import ssh2, { type Attributes, type SFTPWrapper } from 'ssh2';
import type { InboxUse } from '#connector-sdk';
import type { Account, Listing } from './account.js';
import { pathSteps } from './inbox-path.js';
import { type Refusal, RefusedError } from './refused.errors.js';
import type { Upload } from './upload.js';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

const maxHandles = 64;
/** Each may hold as many names as an account has files; clients read one folder after the other. */
const maxListings = 4;
const entriesAtOnce = 100;
/** Clients have up to 2 MiB under way; what sends more without waiting for answers fills the memory. */
const maxPendingBytes = 16 * 1024 * 1024;
const maxPendingRequests = 1024;

const codes: Record<Refusal, number> = {
  permissionDenied: STATUS_CODE.PERMISSION_DENIED,
  noSuchFile: STATUS_CODE.NO_SUCH_FILE,
  failure: STATUS_CODE.FAILURE,
  fileTooLarge: STATUS_CODE.FAILURE,
  accountFull: STATUS_CODE.FAILURE,
  diskFull: STATUS_CODE.FAILURE,
};

/** What version 3 of the protocol has no status for, in words; clients that show them show them as they are. */
const texts: Partial<Record<Refusal, string>> = {
  fileTooLarge: 'The file is larger than is taken here.',
  accountFull: 'There is no room for more files in this account. Nothing of this one was kept.',
  diskFull: 'There is no room on the disk at present. Nothing of this file was kept; send it again later.',
};

type Open =
  | { readonly upload: Upload; readonly target: { path: string; place: string }; readonly replace: boolean }
  | { readonly listing: Listing };

export interface SessionParts {
  readonly account: Account;
  readonly use: InboxUse;
  /** A file is there under its name. */
  uploaded(path: string, bytes: number): void;
  /** Something that is no refusal went wrong. */
  failed(error: unknown): void;
  /** Whether the account is still as it was at the login. */
  isWelcome(): Promise<boolean>;
  /** The client asked for something. */
  alive(): void;
  /** Ends the connection. */
  end(): void;
}

/** What a client of SFTP (draft-ietf-secsh-filexfer-02) may do in its account: put files there, and look what is there. */
export class InboxSession {
  private readonly handles = new Map<number, Open>();
  /** What this session put there: it may give it another name. */
  private readonly own = new Map<string, number>();
  private lastHandle = 0;
  /** Handles that are being opened: they have their place already. */
  private opening = 0;
  private listings = 0;
  private pendingBytes = 0;
  private pendingRequests = 0;
  private isOver = false;

  constructor(
    private readonly sftp: SFTPWrapper,
    private readonly parts: SessionParts,
  ) {
    const { account, use } = parts;
    sftp.on('REALPATH', (id, path) => this.answer(id, async () => this.tellPath(id, path)));
    sftp.on('STAT', (id, path) => this.answer(id, async () => sftp.attrs(id, attributes(await account.look(path)))));
    sftp.on('LSTAT', (id, path) => this.answer(id, async () => sftp.attrs(id, attributes(await account.look(path)))));
    sftp.on('FSTAT', (id, handle) => this.answer(id, async () => this.tellUpload(id, handle)));
    sftp.on('OPENDIR', (id, path) => this.answer(id, async () => this.openFolder(id, path)));
    sftp.on('READDIR', (id, handle) => this.answer(id, async () => this.tellEntries(id, handle)));
    sftp.on('MKDIR', (id, path) => this.done(id, async () => account.makeFolder(path, use)));
    sftp.on('OPEN', (id, path, flags) => this.answer(id, async () => this.open(id, path, flags)));
    sftp.on('WRITE', (id, handle, offset, data) => this.write(id, handle, offset, data));
    sftp.on('CLOSE', (id, handle) => this.done(id, async () => this.close(handle)));
    sftp.on('RENAME', (id, from, to) => this.done(id, async () => this.rename(from, to)));
    // Clients set times and modes of what they have sent: they are Muster's own, and nothing else is refused for it.
    sftp.on('FSETSTAT', (id, handle) => this.done(id, async () => void this.upload(handle)));
    sftp.on('SETSTAT', (id, path) => this.done(id, async () => void (await account.look(path))));
    for (const request of ['READ', 'REMOVE', 'RMDIR', 'READLINK', 'SYMLINK'] as const) {
      sftp.on(request, (id: number) => this.done(id, async () => refuse('permissionDenied')));
    }
    sftp.on('error', () => parts.end());
  }

  /** Of what was not sent to its end, nothing stays. */
  async giveUp(): Promise<void> {
    this.isOver = true;
    const open = [...this.handles.values()];
    this.handles.clear();
    for (const one of open) if ('upload' in one) await one.upload.giveUp();
  }

  private done(id: number, work: () => Promise<void>): void {
    this.answer(id, async () => {
      await work();
      this.sftp.status(id, STATUS_CODE.OK);
    });
  }

  private answer(id: number, work: () => Promise<unknown>): void {
    this.parts.alive();
    if (this.isOver || this.pendingRequests >= maxPendingRequests) return this.parts.end();
    this.pendingRequests += 1;
    work()
      .catch((error: unknown) => this.sftp.status(id, this.codeOf(error), textOf(error)))
      .catch(() => this.parts.end())
      .finally(() => (this.pendingRequests -= 1));
  }

  private codeOf(error: unknown): number {
    if (error instanceof RefusedError) return codes[error.refusal];
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return STATUS_CODE.NO_SUCH_FILE;
    if (code !== 'EEXIST') this.parts.failed(error);
    return STATUS_CODE.FAILURE;
  }

  private tellPath(id: number, path: string): void {
    const filename = `/${pathSteps(path).join('/')}`;
    this.sftp.name(id, [{ filename, longname: filename, attrs: noAttributes }]);
  }

  private tellUpload(id: number, handle: Buffer): void {
    const { size } = this.upload(handle).upload;
    const now = Math.floor(Date.now() / 1000);
    this.sftp.attrs(id, { mode: 0o100600, uid: 0, gid: 0, size, atime: now, mtime: now });
  }

  private async tellEntries(id: number, handle: Buffer): Promise<void> {
    const open = this.handles.get(numberOf(handle));
    if (open === undefined || !('listing' in open)) refuse('failure');
    const some = await this.parts.account.takeFrom(open.listing, entriesAtOnce);
    if (some.length === 0) return this.sftp.status(id, STATUS_CODE.EOF);
    const names = some.map(({ name, stats }) => {
      const attrs = attributes(stats);
      return { filename: name, longname: longName(name, stats), attrs };
    });
    this.sftp.name(id, names);
  }

  private async openFolder(id: number, path: string): Promise<void> {
    if (this.listings >= maxListings) refuse('failure');
    this.listings += 1;
    try {
      await this.give(id, async () => ({ listing: await this.parts.account.list(path) }));
    } catch (error) {
      this.listings -= 1;
      throw error;
    }
  }

  private async open(id: number, path: string, flags: number): Promise<void> {
    const has = (flag: number): boolean => (flags & flag) !== 0;
    if (has(OPEN_MODE.READ) || !has(OPEN_MODE.WRITE)) refuse('permissionDenied');
    const { account, use } = this.parts;
    const mayReplace = has(OPEN_MODE.TRUNC) && !has(OPEN_MODE.EXCL) && !has(OPEN_MODE.APPEND);
    const mayCreate = has(OPEN_MODE.CREAT);
    await this.give(id, async () => {
      await this.mustBeWelcome();
      const opened = await account.openUpload(path, use, { mayReplace, mayCreate });
      return { ...opened, replace: mayReplace };
    });
  }

  private write(id: number, handle: Buffer, offset: number, data: Buffer): void {
    this.pendingBytes += data.length;
    if (this.pendingBytes > maxPendingBytes) return this.parts.end();
    this.done(id, async () => {
      try {
        await this.upload(handle).upload.write(offset, data);
      } finally {
        this.pendingBytes -= data.length;
      }
    });
  }

  /** A password that was changed is one that others may have: whoever came in by it goes, too. */
  private async mustBeWelcome(): Promise<void> {
    if (await this.parts.isWelcome()) return;
    this.parts.end();
    refuse('permissionDenied');
  }

  private async close(handle: Buffer): Promise<void> {
    const number = numberOf(handle);
    const open = this.handles.get(number);
    if (open === undefined) refuse('failure');
    this.handles.delete(number);
    if ('listing' in open) this.listings -= 1;
    if (!('upload' in open)) return;
    const { upload, target, replace } = open;
    // The connection may have ended while the request came: then nobody says that this was all.
    if (this.isOver) return upload.giveUp();
    await this.parts.account.finish(upload, target, { replace });
    this.own.set(target.path, upload.size);
    this.parts.uploaded(target.path, upload.size);
  }

  private async rename(from: string, to: string): Promise<void> {
    const path = pathSteps(from).join('/');
    const bytes = this.own.get(path);
    if (bytes === undefined) refuse('permissionDenied');
    await this.mustBeWelcome();
    const target = await this.parts.account.rename(from, to, this.parts.use);
    this.own.delete(path);
    this.own.set(target.path, bytes);
    this.parts.uploaded(target.path, bytes);
  }

  /** Takes a place before anything is opened, so that nothing is open that has none: nobody would close it. */
  private async give(id: number, work: () => Promise<Open>): Promise<void> {
    if (this.handles.size + this.opening >= maxHandles) refuse('failure');
    this.opening += 1;
    let open: Open;
    try {
      open = await work();
    } finally {
      this.opening -= 1;
    }
    if (this.isOver) return 'upload' in open ? open.upload.giveUp() : undefined;
    this.lastHandle += 1;
    this.handles.set(this.lastHandle, open);
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(this.lastHandle);
    this.sftp.handle(id, handle);
  }

  private upload(handle: Buffer): Extract<Open, { upload: Upload }> {
    const open = this.handles.get(numberOf(handle));
    if (open === undefined || !('upload' in open)) refuse('failure');
    return open;
  }
}

function refuse(refusal: Refusal): never {
  throw new RefusedError(refusal);
}

function textOf(error: unknown): string | undefined {
  return error instanceof RefusedError ? texts[error.refusal] : undefined;
}

function numberOf(handle: Buffer): number {
  return handle.length === 4 ? handle.readUInt32BE() : 0;
}

const noAttributes: Attributes = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };

function attributes(stats: Stats): Attributes {
  const mode = stats.isDirectory() ? 0o40700 : 0o100600;
  const [atime, mtime] = [stats.atimeMs, stats.mtimeMs].map((ms) => Math.floor(ms / 1000));
  return { mode, uid: 0, gid: 0, size: stats.size, atime: atime ?? 0, mtime: mtime ?? 0 };
}

/** As `ls -l` writes it: clients show it as it is. */
function longName(name: string, stats: Stats): string {
  const mode = stats.isDirectory() ? 'drwx------' : '-rw-------';
  const [day, time] = stats.mtime.toISOString().slice(0, 16).split('T');
  return `${mode}    1 muster   muster   ${String(stats.size).padStart(10)} ${day ?? ''} ${time ?? ''} ${name}`;
}
