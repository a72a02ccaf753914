import { statfs } from 'node:fs/promises';
import type { Logger } from '#telemetry';
import { RefusedError } from './refused.errors.js';

/** So long what was measured is counted down from: other programs write to the disk, too. */
const measuredForMs = 1_000;

/** How a file system says that it takes no more: full, over somebody's quota, or the file as long as the process may write. */
const fullCodes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** The room on the disk of all inboxes: what must stay free is not given to senders. Says once that it is full, and once that it is no more. */
export class DiskRoom {
  private left = 0;
  private measuredAt = Number.NEGATIVE_INFINITY;
  private isFull = false;

  constructor(
    private readonly directory: string,
    private readonly keepFreeBytes: number,
    private readonly logger: Logger,
  ) {}

  /** @throws RefusedError `diskFull` when so many bytes would not leave enough */
  async take(bytes: number): Promise<void> {
    if (bytes > this.left || performance.now() - this.measuredAt > measuredForMs) await this.measure();
    if (this.left < bytes) throw this.full();
    this.left -= bytes;
  }

  /** What a file operation has thrown, as senders are told of it. */
  judge(error: unknown): unknown {
    return fullCodes.has((error as NodeJS.ErrnoException | null)?.code ?? '') ? this.full() : error;
  }

  /** A file is whole on the disk. */
  found(): void {
    if (!this.isFull) return;
    this.isFull = false;
    this.logger.info('There is room for files of senders again.', { directory: this.directory });
  }

  private full(): RefusedError {
    if (!this.isFull) {
      this.isFull = true;
      const { directory, keepFreeBytes } = this;
      this.logger.error('The disk has no room for files of senders: they are refused. Make room, or give it more.', {
        directory,
        keepFreeBytes,
      });
    }
    return new RefusedError('diskFull');
  }

  private async measure(): Promise<void> {
    const { bavail, bsize } = await statfs(this.directory);
    this.left = bavail * bsize - this.keepFreeBytes;
    this.measuredAt = performance.now();
  }
}
