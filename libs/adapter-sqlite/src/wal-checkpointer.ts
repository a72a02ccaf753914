import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

/** Above this much log, its pages are copied into the file. */
const copyAtBytes = 16 * 1024 * 1024;
/** Above this much log, it is emptied even if the rest to be copied is not small. */
const truncateAtBytes = 64 * 1024 * 1024;
/** While much is written, each pass leaves a rest; while somebody reads from outside, all of them do. */
const passes = 3;
/** A rest that the event loop's own thread may copy in one step: a few milliseconds and two syncs. */
const smallRestBytes = 4 * 1024 * 1024;

interface CheckpointRow {
  busy: number;
  /** Frames in the log, and how many of them have been copied; -1 when another checkpoint was under way. */
  log: number;
  checkpointed: number;
}

/**
 * Runs beside the event loop: copying and syncing take tens of milliseconds. It opens the file for each checkpoint
 * alone, so that none of its locks outlives one. Text, because a worker can't load TypeScript from source.
 */
const workerSource = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  parentPort.on('message', () => {
    let row = null;
    try {
      const database = new DatabaseSync(workerData.file, { timeout: 0 });
      database.exec('PRAGMA wal_autocheckpoint = 0');
      row = { ...database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get() };
      database.close();
    } catch {}
    parentPort.postMessage(row);
  });
`;

/**
 * Keeps the write-ahead log short. A thread of its own copies the log's pages while writing goes on; when little is
 * left, the writing connection copies that and empties the log.
 */
export class WalCheckpointer {
  private worker: Worker | null = null;
  private copying = false;
  private passesLeft = passes;
  private nextAtBytes = copyAtBytes;

  constructor(
    private readonly connection: DatabaseSync,
    private readonly file: string,
    private readonly pageBytes: number,
  ) {
    connection.exec('PRAGMA wal_autocheckpoint = 0');
  }

  /** Cheap unless the log has grown: to be called after each commit. */
  afterCommit(): void {
    if (this.copying || this.logBytes() < this.nextAtBytes) return;
    this.copying = true;
    this.thread().postMessage('copy');
  }

  close(): void {
    void this.worker?.terminate();
    this.worker = null;
  }

  private thread(): Worker {
    if (this.worker === null) {
      const worker = new Worker(workerSource, { eval: true, workerData: { file: this.file }, execArgv: [] });
      worker.on('message', (row: CheckpointRow | null) => this.copied(row));
      worker.on('error', () => this.lost(worker));
      worker.unref();
      this.worker = worker;
    }
    return this.worker;
  }

  private lost(worker: Worker): void {
    if (this.worker !== worker) return;
    this.worker = null;
    this.copied(null);
  }

  private copied(row: CheckpointRow | null): void {
    this.copying = false;
    if (!this.connection.isOpen) return;
    const bytes = this.logBytes();
    const rest = row === null ? bytes : (row.log - row.checkpointed) * this.pageBytes + this.grownSince(row, bytes);
    this.passesLeft -= 1;
    if (rest <= smallRestBytes || bytes >= truncateAtBytes || this.passesLeft === 0) {
      this.truncate();
    } else {
      this.copying = true;
      this.thread().postMessage('copy');
    }
  }

  /** What was written to the log while the thread copied. */
  private grownSince(row: CheckpointRow, bytes: number): number {
    return Math.max(0, bytes - row.log * this.pageBytes);
  }

  private truncate(): void {
    try {
      this.connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // Somebody reads from outside, or the disk is full: the log is kept, and the next try comes when it has grown.
    }
    this.passesLeft = passes;
    this.nextAtBytes = this.logBytes() + copyAtBytes;
  }

  private logBytes(): number {
    return statSync(`${this.file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }
}
