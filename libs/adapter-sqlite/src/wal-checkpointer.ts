import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

/** Above this much log, its pages are copied into the file: those of an index, rewritten again and again, only once. */
const copyAtBytes = 32 * 1024 * 1024;
/** Above this much log, those who write much are made to wait until it is empty. */
const fullAtBytes = 64 * 1024 * 1024;
/** Passes that leave frames behind because somebody reads from outside, before the next try waits for more log. */
const passesHeldBack = 3;
/** A rest that the event loop's own thread may copy in one step: a few milliseconds and two syncs. */
const smallRestBytes = 2 * 1024 * 1024;
/** What stands before each page in the log. */
const frameHeaderBytes = 24;

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
 * left, the writing connection copies that and empties the log. The event loop's thread never copies or syncs much.
 */
export class WalCheckpointer {
  private worker: Worker | null = null;
  private copying = false;
  private heldBack = 0;
  private nextAtBytes = copyAtBytes;
  private fullAtBytes = fullAtBytes;
  private full = false;
  private waiting: (() => void)[] = [];
  private readonly frameBytes: number;

  constructor(
    private readonly connection: DatabaseSync,
    private readonly file: string,
    pageBytes: number,
  ) {
    this.frameBytes = pageBytes + frameHeaderBytes;
    connection.exec('PRAGMA wal_autocheckpoint = 0');
  }

  /** The log has grown beyond its bound: the disk is slower than those who write. */
  get isFull(): boolean {
    return this.full;
  }

  /** Calls back, once, when the log is not full any more. */
  whenRoom(callback: () => void): void {
    this.waiting.push(callback);
  }

  /** Cheap unless the log has grown: to be called after each commit. */
  afterCommit(): void {
    const bytes = this.logBytes();
    if (bytes < this.nextAtBytes) return;
    this.full ||= bytes >= this.fullAtBytes;
    if (!this.copying) this.copy();
  }

  close(): void {
    void this.worker?.terminate();
    this.worker = null;
    this.makeRoom();
  }

  private copy(): void {
    this.copying = true;
    this.thread().postMessage('copy');
  }

  private thread(): Worker {
    if (this.worker === null) {
      const worker = new Worker(workerSource, {
        eval: true,
        workerData: { file: this.file },
        execArgv: [],
        resourceLimits: { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 },
      });
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
    const isWhole = row !== null && row.log >= 0 && row.checkpointed >= row.log;
    this.heldBack = isWhole ? 0 : this.heldBack + 1;
    if (isWhole && this.logBytes() - row.checkpointed * this.frameBytes <= smallRestBytes) this.truncate();
    else if (this.heldBack >= passesHeldBack) this.rest();
    else this.copy();
  }

  private truncate(): void {
    try {
      this.connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // Somebody reads from outside, or the disk is full: the log is kept.
    }
    this.rest();
  }

  /** The next try comes when the log has grown. */
  private rest(): void {
    const bytes = this.logBytes();
    this.heldBack = 0;
    this.nextAtBytes = bytes + copyAtBytes;
    this.fullAtBytes = bytes + fullAtBytes;
    this.makeRoom();
  }

  private makeRoom(): void {
    this.full = false;
    const waiting = this.waiting;
    this.waiting = [];
    for (const callback of waiting) callback();
  }

  private logBytes(): number {
    return statSync(`${this.file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }
}
