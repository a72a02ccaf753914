import type { Stats } from 'node:fs';
import { mkdir, opendir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { SftpSettings } from '#config';
import type { InboxUse } from '#connector-sdk';
import type { AccountId } from './account-name.js';
import type { DiskRoom } from './disk-room.js';
import type { InboxDirectory } from './inbox-directory.js';
import { lookAt, pathSteps, placeOf } from './inbox-path.js';
import { RefusedError } from './refused.errors.js';
import { type ReserveBytes, syncFolder, Upload } from './upload.js';

const maxFiles = 10_000;

export type AccountLimits = Pick<SftpSettings, 'maxFileBytes' | 'quotaBytes'>;

/** What is left to be told of a folder. */
export interface Listing {
  readonly place: string;
  readonly names: string[];
}

/** A path as messages name it, and where it leads. */
interface Target {
  readonly path: string;
  readonly place: string;
}

/** The files of one integration as its sender sees them: it adds some, and can neither read nor take away any. */
export class Account {
  /** How many sessions are open here. */
  sessions = 0;
  /** Of uploads under way. */
  private reserved = 0;
  /** Of the files there were when the last upload began. */
  private used = 0;
  private readonly root: string;
  private readonly incoming: string;

  constructor(
    readonly id: AccountId,
    private readonly directory: InboxDirectory,
    private readonly limits: AccountLimits,
    private readonly disk: DiskRoom,
  ) {
    this.root = directory.filesOf(id);
    this.incoming = directory.incomingOf(id);
  }

  /** Makes the folders that the settings name. */
  async prepare({ folders }: InboxUse): Promise<void> {
    await this.directory.make();
    await mkdir(this.root, { recursive: true, mode: 0o700 });
    for (const folder of folders) await mkdir(join(this.root, ...pathSteps(folder)), { recursive: true, mode: 0o700 });
  }

  async look(path: string): Promise<Stats> {
    const stats = await lookAt(await placeOf(this.root, pathSteps(path)));
    if (stats === null) throw new RefusedError('noSuchFile');
    return stats;
  }

  /** The names in a folder, for `takeFrom`: what is known of each of ten thousand is not held until somebody asks. */
  async list(path: string): Promise<Listing> {
    const place = await placeOf(this.root, pathSteps(path));
    if ((await lookAt(place))?.isDirectory() !== true) throw new RefusedError('noSuchFile');
    const names: string[] = [];
    for await (const { name } of await opendir(place)) {
      names.push(name);
      if (names.length > maxFiles) throw new RefusedError('failure');
    }
    return { place, names };
  }

  /**
   * Takes up to so many files and folders out of a listing, none at its end. What is gone by now, and whatever else an operator has put
   * there, is not shown.
   */
  async takeFrom({ place, names }: Listing, most: number): Promise<{ name: string; stats: Stats }[]> {
    const found: { name: string; stats: Stats }[] = [];
    while (found.length < most) {
      const name = names.shift();
      if (name === undefined) break;
      const stats = await lookAt(join(place, name));
      if (stats?.isFile() === true || stats?.isDirectory() === true) found.push({ name, stats });
    }
    return found;
  }

  /** Only folders that the settings name, or that lead there, may be made. */
  async makeFolder(path: string, { folders }: InboxUse): Promise<void> {
    const steps = pathSteps(path);
    const wanted = `${steps.join('/')}/`;
    if (!folders.some((folder) => `${folder}/`.startsWith(wanted))) throw new RefusedError('permissionDenied');
    await mkdir(await placeOf(this.root, steps), { mode: 0o700 });
  }

  /**
   * @throws RefusedError `permissionDenied` outside the folders of the settings; `failure` for what is a folder; `accountFull` when there are too
   *   many files already; `diskFull`
   */
  async openUpload(
    path: string,
    use: InboxUse,
    { mayReplace, mayCreate }: { mayReplace: boolean; mayCreate: boolean },
  ): Promise<{ upload: Upload; target: Target }> {
    const target = await this.target(path, use);
    const present = await lookAt(target.place);
    if (present === null && !mayCreate) throw new RefusedError('noSuchFile');
    if (present !== null && !(mayReplace && present.isFile())) throw new RefusedError('failure');
    const { files, bytes } = await this.measure(this.root);
    if (files >= maxFiles) throw new RefusedError('accountFull');
    this.used = bytes;
    let size = 0;
    const reserve: ReserveBytes = (more) => {
      const { maxFileBytes, quotaBytes } = this.limits;
      if (more > 0 && size + more > maxFileBytes) throw new RefusedError('fileTooLarge');
      if (more > 0 && this.used + this.reserved + more > quotaBytes) throw new RefusedError('accountFull');
      size += more;
      this.reserved += more;
    };
    const upload = await Upload.open(this.incoming, { reserve, disk: this.disk });
    return { upload, target };
  }

  /** A later upload of the same name is a correction; only the pipeline's archive is for good. */
  async finish(upload: Upload, target: Target, { replace }: { replace: boolean }): Promise<void> {
    await upload.finish(target.place, { replace });
    this.used += upload.size;
  }

  /** Gives a file another name; as when it is sent under that at once, it takes the place of the file that had it. */
  async rename(from: string, to: string, use: InboxUse): Promise<Target> {
    const [source, target] = [await this.target(from, use), await this.target(to, use)];
    const [file, before] = [await lookAt(source.place), await lookAt(target.place)];
    if (file?.isFile() !== true) throw new RefusedError('noSuchFile');
    if (before !== null && !before.isFile()) throw new RefusedError('failure');
    await rename(source.place, target.place);
    await syncFolder(join(target.place, '..'));
    return target;
  }

  private async target(path: string, { folders }: InboxUse): Promise<Target> {
    const steps = pathSteps(path);
    if (steps.length === 0 || !folders.includes(steps.slice(0, -1).join('/') || '.')) {
      throw new RefusedError('permissionDenied');
    }
    return { path: steps.join('/'), place: await placeOf(this.root, steps) };
  }

  private async measure(folder: string): Promise<{ files: number; bytes: number }> {
    const sum = { files: 0, bytes: 0 };
    for await (const entry of await opendir(folder)) {
      const place = join(folder, entry.name);
      if (entry.isDirectory()) {
        const { files, bytes } = await this.measure(place);
        sum.files += files;
        sum.bytes += bytes;
      } else {
        sum.files += 1;
        sum.bytes += (await lookAt(place))?.size ?? 0;
      }
      if (sum.files > maxFiles) return sum;
    }
    return sum;
  }
}
