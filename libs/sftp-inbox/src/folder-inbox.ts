import { mkdir, open, opendir } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { join } from 'node:path';
import { fileChanged, type Inbox, type InboxEntry, SourceFatalError } from '#connector-sdk';
import { lookAt, pathSteps, placeOf } from './inbox-path.js';
import { RefusedError } from './refused.errors.js';
import { moveToNothing, syncFolder } from './upload.js';

const maxEntries = 100_000;
const chunkBytes = 256 * 1024;
/** Open at once, for one call of a connector: each holds a file and a connection of this process. */
const maxOpenFiles = 32;

/** An integration's files as its connector sees them: it reads and moves them, and never deletes one. */
export class FolderInbox implements Inbox {
  private openFiles = 0;

  constructor(private readonly root: string) {}

  async list(folder: string): Promise<InboxEntry[]> {
    const place = await this.place(folder);
    if (place === null || (await lookAt(place))?.isDirectory() !== true) return [];
    const found: InboxEntry[] = [];
    for await (const { name } of await opendir(place)) {
      if (found.length === maxEntries) {
        const message = `The folder ${folder} has more than ${maxEntries} entries.`;
        throw new SourceFatalError({ code: 'folderTooFull', message, fields: { maxEntries } });
      }
      const stats = await lookAt(join(place, name));
      if (stats !== null) found.push(toEntry(name, stats));
    }
    return found;
  }

  async look(path: string): Promise<InboxEntry | null> {
    const place = await this.place(path);
    const stats = place === null ? null : await lookAt(place);
    return stats === null ? null : toEntry(path, stats);
  }

  async *read(path: string, seen: InboxEntry): AsyncGenerator<Uint8Array, void, void> {
    const place = await this.place(path);
    if (place === null || !isSame(await this.look(path), seen)) throw fileChanged(path);
    if (this.openFiles >= maxOpenFiles) throw tooManyOpen();
    this.openFiles += 1;
    try {
      yield* this.bytesOf(place, path, seen);
    } finally {
      this.openFiles -= 1;
    }
    if (!isSame(await this.look(path), seen)) throw fileChanged(path);
  }

  async makeFolder(path: string): Promise<void> {
    const place = await this.place(path);
    if (place === null) throw notThere(path);
    await mkdir(place, { mode: 0o700 });
  }

  async move(from: string, to: string): Promise<void> {
    const [source, target] = [await this.place(from), await this.place(to)];
    if (source === null || target === null) throw notThere(source === null ? from : to);
    try {
      await moveToNothing(source, target);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      throw new SourceFatalError({ code: 'targetTaken', message: `Something is at ${to} already.` });
    }
    await syncFolder(join(target, '..'));
    await syncFolder(join(source, '..'));
  }

  private async *bytesOf(place: string, path: string, seen: InboxEntry): AsyncGenerator<Uint8Array, void, void> {
    const file = await open(place, 'r');
    try {
      if (!isSame(toEntry(path, await file.stat()), seen)) throw fileChanged(path);
      for (let at = 0; at < seen.size;) {
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(chunkBytes), 0, chunkBytes, at);
        if (bytesRead === 0) throw fileChanged(path);
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  }

  /** Null when there is no such folder. */
  private async place(path: string): Promise<string | null> {
    try {
      if (path.startsWith('/') || path.split('/').includes('..')) throw new RefusedError('permissionDenied');
      return await placeOf(this.root, pathSteps(path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      if (!(error instanceof RefusedError)) throw error;
      if (error.refusal === 'noSuchFile') return null;
      throw new SourceFatalError({ code: 'pathRefused', message: 'A path leads out of the inbox.' });
    }
  }
}

function toEntry(name: string, stats: Stats): InboxEntry {
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
  return { name, kind, size: stats.size, modified: stats.mtimeMs / 1000 };
}

function isSame(now: InboxEntry | null, seen: InboxEntry): boolean {
  return now?.kind === 'file' && seen.kind === 'file' && now.size === seen.size && now.modified === seen.modified;
}

function notThere(path: string): SourceFatalError {
  return new SourceFatalError({ code: 'pathNotFound', message: `There is no folder for ${path}.` });
}

function tooManyOpen(): SourceFatalError {
  const message = `The connector has ${maxOpenFiles} files of its inbox open and asks for another. It has to read a file to its end, or leave it, before it opens more; report it to the connector's author.`;
  return new SourceFatalError({ code: 'tooManyOpenFiles', message, fields: { maxOpenFiles } });
}
