import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { applyMigrations } from './apply-migrations.js';
import { DataDirectoryLock } from './data-directory-lock.js';
import { migrations } from './migrations/index.js';
import { StatementCache } from './statement-cache.js';
import { translateError, translateOpeningError } from './translate-error.js';
import { WalCheckpointer } from './wal-checkpointer.js';

/** `normal` survives the death of the process, `full` a power cut too. */
export type Durability = 'normal' | 'full';

/** People's keys come in no order: each write to an index rewrites one page, and larger pages write more than they save. */
const pageBytes = 8_192;

/**
 * The embedded engine's one file (`muster.db`) and its one writing connection. Everything is synchronous: a statement
 * has finished when the call returns, so that no transaction and no cursor is ever open across an `await`.
 */
export class SqliteDatabase {
  private readonly statements: StatementCache;
  private depth = 0;
  private fullWanted = false;

  private constructor(
    private readonly connection: DatabaseSync,
    private readonly lock: DataDirectoryLock | null,
    private readonly checkpointer: WalCheckpointer | null,
    private readonly place: string,
  ) {
    this.statements = new StatementCache(connection);
  }

  /**
   * Opens (or makes) the database and brings its schema up to date. Throws `ConfigurationError`: `dataDirectoryInUse`
   * when another process holds the directory, `dataDirectoryNewer` when a newer version wrote it,
   * `dataDirectoryDamaged` when it is no database or a broken one.
   */
  static open(options: { dataDirectory: string } | { memory: true }): SqliteDatabase {
    if ('memory' in options) {
      const connection = new DatabaseSync(':memory:');
      applyMigrations(connection, migrations, 'The database in memory');
      return new SqliteDatabase(connection, null, null, 'The database in memory');
    }
    const { dataDirectory } = options;
    const lock = DataDirectoryLock.take(dataDirectory);
    const file = join(dataDirectory, 'muster.db');
    const place = `The data directory ${dataDirectory}`;
    let connection: DatabaseSync | undefined;
    try {
      // Only somebody looking at the file from outside can be in the way: wait no longer than one step may take.
      connection = new DatabaseSync(file, { timeout: 50 });
      // People's data: for this user alone, whatever the directory allows. The log beside it takes over these rights.
      chmodSync(file, 0o600);
      configure(connection);
      applyMigrations(connection, migrations, place);
      return new SqliteDatabase(connection, lock, new WalCheckpointer(connection, file, pageBytes), place);
    } catch (error) {
      connection?.close();
      lock.release();
      throw translateOpeningError(error, place);
    }
  }

  /**
   * The statement of this text, prepared once. Finish with it in the same step: `run`, `get`, `all`; never leave an
   * iterator open.
   */
  prepare(sql: string): StatementSync {
    return this.statements.prepare(sql);
  }

  /** Runs reads outside a transaction; driver errors are translated like those of {@link transaction}. */
  read<T>(fn: () => T): T {
    try {
      return fn();
    } catch (error) {
      throw translateError(error, this.place);
    }
  }

  /**
   * Runs `fn` in one transaction, which is committed when it returns and undone when it throws. A call within a call
   * joins the outer one. `fn` must be synchronous. Throws `RetriableError`: `storeFull` or `storeUnavailable` (nothing
   * was written); what `fn` throws comes out as it is.
   */
  transaction<T>(fn: () => T, durability: Durability = 'normal'): T {
    if (durability === 'full') this.fullWanted = true;
    if (this.depth > 0) return fn();
    this.depth += 1;
    try {
      // The level can't change inside a transaction.
      if (this.fullWanted) this.connection.exec('PRAGMA synchronous = FULL');
      const fullFromStart = this.fullWanted;
      const result = this.commit(fn);
      if (this.fullWanted && !fullFromStart) this.syncLog();
      return result;
    } catch (error) {
      throw translateError(error, this.place);
    } finally {
      if (this.fullWanted && this.connection.isOpen) this.connection.exec('PRAGMA synchronous = NORMAL');
      this.fullWanted = false;
      this.depth -= 1;
      this.checkpointer?.afterCommit();
    }
  }

  /** Rows written since it was opened: as long as it stays the same, so does everything that was read. */
  get changes(): number {
    return (this.prepare('SELECT total_changes() AS changes').get() as { changes: number }).changes;
  }

  get isOpen(): boolean {
    return this.connection.isOpen;
  }

  /** The disk has fallen behind: whoever can wait should write nothing before {@link whenRoom} calls back. */
  get isBehind(): boolean {
    return this.checkpointer?.isFull ?? false;
  }

  whenRoom(callback: () => void): void {
    this.checkpointer?.whenRoom(callback);
  }

  /** Puts the whole log back into the file and lets the directory go. */
  close(): void {
    this.statements.clear();
    this.checkpointer?.close();
    this.connection.close();
    this.lock?.release();
  }

  private commit<T>(fn: () => T): T {
    this.connection.exec('BEGIN IMMEDIATE');
    try {
      const result = fn();
      if (result instanceof Promise) throw new TypeError('a transaction must not wait for anything');
      this.connection.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite itself has already rolled back after some failures (a full disk).
      if (this.connection.isTransaction) this.connection.exec('ROLLBACK');
      throw error;
    }
  }

  /** A joined call asked for `full` too late to raise the level: any commit at that level syncs all that came before. */
  private syncLog(): void {
    this.connection.exec('PRAGMA synchronous = FULL');
    const row = this.prepare('PRAGMA user_version').get() as { user_version: number };
    this.connection.exec(`PRAGMA user_version = ${String((row.user_version + 1) % 1_000_000)}`);
  }
}

/**
 * - `cache_size` 32 MiB: what one transaction rewrites of the indexes stays in it; the system's own cache holds the rest.
 * - `mmap_size` 0: recent pages lie in the write-ahead log, which is never mapped, and mapped pages count as resident.
 * - `temp_store` memory: no statement sorts more than a page of results, and no file outside the data directory.
 * - `journal_size_limit`: a log that grew while somebody read from outside doesn't stay so large.
 * - `foreign_keys` off: rows of one page are written by several stores in any order, and retention deletes by range.
 */
function configure(connection: DatabaseSync): void {
  connection.exec(`
    PRAGMA page_size = ${String(pageBytes)};
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA cache_size = -32768;
    PRAGMA mmap_size = 0;
    PRAGMA temp_store = MEMORY;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA foreign_keys = OFF;
  `);
}
