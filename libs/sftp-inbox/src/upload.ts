import { randomUUID } from 'node:crypto';
import { type FileHandle, link, mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DiskRoom } from './disk-room.js';
import { type Refusal, RefusedError } from './refused.errors.js';
import { WrittenRanges } from './written-ranges.js';

/** Takes room for bytes that are about to be written, or throws a RefusedError. */
export type ReserveBytes = (bytes: number) => void;

/** Where room for an upload is taken from. */
export interface UploadRoom {
  readonly reserve: ReserveBytes;
  readonly disk: DiskRoom;
}

/** A file that is being sent. It lies where nobody looks until all of it is there and on the disk. */
export class Upload {
  private readonly written = new WrittenRanges();
  private writing: Promise<unknown> = Promise.resolve();
  private reserved = 0;
  private isBroken = false;
  /** As what every further write is refused. */
  private refusal: Refusal = 'failure';

  private constructor(
    private readonly file: FileHandle,
    private readonly draft: string,
    private readonly room: UploadRoom,
  ) {}

  /** @throws RefusedError `diskFull` */
  static async open(incoming: string, room: UploadRoom): Promise<Upload> {
    await room.disk.take(0);
    try {
      await mkdir(incoming, { recursive: true, mode: 0o700 });
      const draft = join(incoming, randomUUID());
      return new Upload(await open(draft, 'wx', 0o600), draft, room);
    } catch (error) {
      throw room.disk.judge(error);
    }
  }

  get size(): number {
    return this.written.length;
  }

  /** @throws RefusedError after which the file can only be given up */
  async write(offset: number, bytes: Uint8Array): Promise<void> {
    const work = this.writing.then(async () => this.put(offset, bytes));
    this.writing = work.catch((error: unknown) => {
      this.isBroken = true;
      if (error instanceof RefusedError) this.refusal = error.refusal;
    });
    return work;
  }

  /**
   * Shows the file under its name, at once and for good.
   *
   * @throws RefusedError when not all of it came, or is on the disk; nothing is shown then
   */
  async finish(place: string, { replace }: { replace: boolean }): Promise<void> {
    await this.writing;
    try {
      if (this.isBroken || !this.written.isWhole) throw new RefusedError(this.refusal);
      await this.file.sync();
      await this.file.close();
      if (replace) await rename(this.draft, place);
      else await moveToNothing(this.draft, place);
      await syncFolder(dirname(place));
      this.room.disk.found();
    } catch (error) {
      throw this.room.disk.judge(error);
    } finally {
      await this.giveUp();
    }
  }

  /** Leaves nothing behind; of a file that is finished already, only what it reserved. */
  async giveUp(): Promise<void> {
    this.isBroken = true;
    await this.writing;
    await this.file.close().catch(() => undefined);
    await unlink(this.draft).catch(() => undefined);
    this.room.reserve(-this.reserved);
    this.reserved = 0;
  }

  private async put(offset: number, bytes: Uint8Array): Promise<void> {
    const end = offset + bytes.length;
    if (this.isBroken || !Number.isSafeInteger(end)) throw new RefusedError(this.refusal);
    const more = Math.max(0, end - this.written.length);
    this.room.reserve(more);
    this.reserved += more;
    await this.room.disk.take(bytes.length);
    try {
      for (let done = 0; done < bytes.length;) {
        done += (await this.file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
      }
    } catch (error) {
      throw this.room.disk.judge(error);
    }
    if (!this.written.add(offset, end)) throw new RefusedError('failure');
  }
}

/**
 * Moves a file to where nothing is.
 *
 * @throws RefusedError `failure` when something is there
 */
export async function moveToNothing(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new RefusedError('failure');
    throw error;
  }
  await unlink(from);
}

/** Makes what was done in a folder last through a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
