import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

/** Above this much log, its pages are copied into the file: those of an index, rewritten again and again, only once. */
const copyAtBytes = 24 * 1024 * 1024;
/** Above this much log, those who write much are made to wait until all of it is copied. */
const fullAtBytes = 48 * 1024 * 1024;
/** The log's file is used again from its start; it is only made shorter when it has become longer than this. */
const fileBytes = 64 * 1024 * 1024;
/** Passes that leave frames behind because somebody reads from outside, before the next try waits for more log. */
const passesHeldBack = 3;
/** A rest for which it is worth making others wait, so that the next pass can be the last. */
const smallRestBytes = 2 * 1024 * 1024;
/** Passes in vain, while others wait, before the event loop's own thread copies the small rest. */
const passesInVain = 8;
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
 * Keeps the write-ahead log short. A thread of its own copies the log's pages into the file while writing goes on; once
 * none is left, SQLite writes the log from its start again. The event loop's own thread neither copies nor syncs, and
 * the log's file is not cut each time: freeing its blocks would make the next sync wait.
 */
export class WalCheckpointer {
  private worker: Worker | null = null;
  private copying = false;
  private heldBack = 0;
  private inVain = 0;
  private nextAtBytes = copyAtBytes;
  private fullAtBytes = fullAtBytes;
  private full = false;
  private waiting: (() => void)[] = [];
  private readonly frameBytes: number;
  private readonly state: StatementSync;

  constructor(
    private readonly connection: DatabaseSync,
    private readonly file: string,
    pageBytes: number,
  ) {
    this.frameBytes = pageBytes + frameHeaderBytes;
    connection.exec('PRAGMA wal_autocheckpoint = 0');
    // Only tells how long the log is (SQLite 3.51).
    this.state = connection.prepare('PRAGMA wal_checkpoint(NOOP)');
  }

  /** Little is left to be copied, or the disk is slower than those who write: whoever can should wait. */
  get isFull(): boolean {
    return this.full;
  }

  /** Calls back, once, when the log is not full any more. */
  whenRoom(callback: () => void): void {
    this.waiting.push(callback);
  }

  /** Cheap unless the log has grown: to be called after each commit. */
  afterCommit(): void {
    if (!this.connection.isOpen) return;
    const bytes = this.log().bytes;
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
        // Without a bound on the old generation: under one that is near what Node itself takes, V8 ends the whole process
        // ("GC during deserialization") when a thread starts at a bad moment. What this one does leaves next to nothing.
        resourceLimits: { maxYoungGenerationSizeMb: 1 },
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
    const { bytes, rest } = this.log();
    this.heldBack = row !== null && row.checkpointed >= row.log ? 0 : this.heldBack + 1;
    if (rest === 0) {
      this.settle(bytes, 0);
      return;
    }
    if (this.heldBack >= passesHeldBack) {
      this.settle(bytes, bytes);
      return;
    }
    if (rest <= smallRestBytes) {
      this.full = true;
      this.inVain += 1;
      if (this.inVain > passesInVain) {
        this.run('PRAGMA wal_checkpoint(PASSIVE)');
        this.settle(bytes, this.log().rest === 0 ? 0 : bytes);
        return;
      }
    }
    this.copy();
  }

  /** Until the log has grown beyond `kept`, nothing more is to be done. */
  private settle(bytes: number, kept: number): void {
    if (kept === 0 && bytes > fileBytes) this.run('PRAGMA wal_checkpoint(TRUNCATE)');
    this.heldBack = 0;
    this.inVain = 0;
    this.nextAtBytes = kept + copyAtBytes;
    this.fullAtBytes = kept + fullAtBytes;
    this.makeRoom();
  }

  private run(sql: string): void {
    try {
      this.connection.exec(sql);
    } catch {
      // Somebody reads from outside, or the disk is full: the log is kept, and the next try comes when it has grown.
    }
  }

  private makeRoom(): void {
    this.full = false;
    const waiting = this.waiting;
    this.waiting = [];
    for (const callback of waiting) callback();
  }

  /** What the log holds, and how much of it is not copied yet. A log that is copied whole begins anew. */
  private log(): { bytes: number; rest: number } {
    const row = this.state.get() as unknown as CheckpointRow;
    return { bytes: row.log * this.frameBytes, rest: (row.log - row.checkpointed) * this.frameBytes };
  }
}
