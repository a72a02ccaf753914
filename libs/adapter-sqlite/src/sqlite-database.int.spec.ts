import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigurationError, RetriableError } from '#core';
import { temporaryDirectory } from '#testing';
import { applyMigrations } from './apply-migrations.js';
import { migrations } from './migrations/index.js';
import { SqliteDatabase } from './sqlite-database.js';
import { isUniqueViolation } from './translate-error.js';

function caught(fn: () => unknown): unknown {
  try {
    fn();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('SqliteDatabase', () => {
  let dataDirectory: string;
  let database: SqliteDatabase;

  beforeEach(() => {
    dataDirectory = temporaryDirectory();
    database = SqliteDatabase.open({ dataDirectory });
  });
  afterEach(() => {
    if (database.isOpen) database.close();
    rmSync(dataDirectory, { recursive: true });
  });

  function pragma(name: string): unknown {
    return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  }

  function reopen(): void {
    database.close();
    database = SqliteDatabase.open({ dataDirectory });
  }

  /** A table of our own; `value` is any bytes. */
  function makeTable(): void {
    database.prepare('CREATE TABLE things (id INTEGER PRIMARY KEY, value BLOB) STRICT').run();
  }

  function insert(id: number, bytes = 0): void {
    database.prepare('INSERT INTO things (id, value) VALUES (?, ?)').run(id, new Uint8Array(bytes));
  }

  function ids(): unknown[] {
    return database
      .prepare('SELECT id FROM things ORDER BY id')
      .all()
      .map(({ id }) => id);
  }

  it('writes ahead and does not sync each commit', () => {
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(1);
  });

  it('keeps people’s data from other users of the machine', () => {
    makeTable();
    for (const file of ['muster.db', 'muster.db-wal']) {
      expect(statSync(join(dataDirectory, file)).mode & 0o077).toBe(0);
    }
  });

  it('prepares a statement once for each text', () => {
    expect(database.prepare('SELECT 1')).toBe(database.prepare('SELECT 1'));
    expect(database.prepare('SELECT 1')).not.toBe(database.prepare('SELECT 2'));
  });

  describe('transactions', () => {
    beforeEach(makeTable);

    it('commit when the function returns, and give its result', () => {
      expect(
        database.transaction(() => {
          insert(1);
          return 'done';
        }),
      ).toBe('done');
      reopen();
      expect(ids()).toEqual([1]);
    });

    it('undo everything when the function throws, and throw that', () => {
      const reason = new Error('no');
      const error = caught(() =>
        database.transaction(() => {
          insert(1);
          throw reason;
        }),
      );
      expect(error).toBe(reason);
      expect(ids()).toEqual([]);
      database.transaction(() => insert(2));
      expect(ids()).toEqual([2]);
    });

    it('are joined by the ones within them', () => {
      caught(() =>
        database.transaction(() => {
          insert(1);
          database.transaction(() => insert(2));
          throw new Error('no');
        }),
      );
      expect(ids()).toEqual([]);
    });

    it('refuse a function that waits', () => {
      const error = caught(() =>
        database.transaction(async () => {
          insert(1);
        }),
      );
      expect(error).toBeInstanceOf(TypeError);
      expect(ids()).toEqual([]);
    });

    it('sync the commit when durability is full, and that one only', () => {
      const levels: unknown[] = [];
      const note = (): void => void levels.push(pragma('synchronous'));
      database.transaction(note);
      database.transaction(note, 'full');
      database.transaction(note);
      caught(() =>
        database.transaction(() => {
          note();
          throw new Error('no');
        }, 'full'),
      );
      levels.push(pragma('synchronous'));
      expect(levels).toEqual([1, 2, 1, 2, 1]);
    });

    it('sync the log afterwards when a joined call asks for full too late to raise the level', () => {
      const before = Number(pragma('user_version'));
      database.transaction(() => database.transaction(() => insert(1), 'full'));
      // A commit of its own at full, which syncs all that lies before it in the log.
      expect(Number(pragma('user_version'))).toBe(before + 1);
      expect(pragma('synchronous')).toBe(1);
      expect(ids()).toEqual([1]);
    });

    it('let a broken unique rule through as it is', () => {
      database.transaction(() => insert(1));
      const error = caught(() => database.transaction(() => insert(1)));
      expect(isUniqueViolation(error)).toBe(true);
      expect(error).not.toBeInstanceOf(RetriableError);
    });
  });

  describe('outages', () => {
    beforeEach(makeTable);

    it('are storeFull when there is no room, say what to do, lose nothing and end with room', () => {
      database.transaction(() => insert(1, 1000));
      database.prepare(`PRAGMA max_page_count = ${String(Number(pragma('page_count')) + 4)}`).get();
      const error = caught(() =>
        database.transaction(() => {
          insert(2, 100);
          insert(3, 1_000_000);
        }),
      );
      expect(error).toBeInstanceOf(RetriableError);
      expect(error).toMatchObject({ code: 'storeFull' });
      expect((error as Error).message).toMatch(/free disk space/);
      expect(ids()).toEqual([1]);
      database.prepare('PRAGMA max_page_count = 1000000').get();
      database.transaction(() => insert(3, 1_000_000));
      reopen();
      expect(ids()).toEqual([1, 3]);
    });

    it('are storeUnavailable while somebody outside holds the file for writing', () => {
      const outside = new DatabaseSync(join(dataDirectory, 'muster.db'));
      outside.exec('BEGIN IMMEDIATE');
      expect(caught(() => database.transaction(() => insert(1)))).toMatchObject({ code: 'storeUnavailable' });
      outside.exec('ROLLBACK');
      outside.close();
      database.transaction(() => insert(1));
      expect(ids()).toEqual([1]);
    });

    it('are what a closed database is, for reads and writes', () => {
      const select = database.prepare('SELECT 1');
      database.close();
      for (const error of [
        caught(() => database.read(() => select.get())),
        caught(() => database.transaction(() => undefined)),
        caught(() => database.transaction(() => undefined, 'full')),
      ]) {
        expect(error).toBeInstanceOf(RetriableError);
        expect(error).toMatchObject({ code: 'storeUnavailable' });
      }
    });
  });

  it('empties the write-ahead log while much is written, and loses nothing', async () => {
    makeTable();
    for (let id = 0; id < 800; id += 1) {
      database.transaction(() => insert(id, 250_000));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await vi.waitFor(() => expect(statSync(join(dataDirectory, 'muster.db-wal')).size).toBeLessThan(64 * 1024 * 1024), {
      timeout: 10_000,
    });
    expect(database.prepare('SELECT count(*) AS n, sum(length(value)) AS bytes FROM things').get()).toEqual({
      n: 800,
      bytes: 200_000_000,
    });
    expect(pragma('integrity_check')).toBe('ok');
  });

  describe('the schema', () => {
    it('has each step recorded once, however often the directory is opened', () => {
      const steps = migrations.map(({ id, name }) => ({ id, name })).sort((a, b) => a.id - b.id);
      reopen();
      reopen();
      expect(database.prepare('SELECT id, name FROM schema_migrations ORDER BY id').all()).toEqual(steps);
    });

    it('refuses a directory that a newer version wrote, and changes nothing', () => {
      database
        .prepare("INSERT INTO schema_migrations (id, name, applied_at) VALUES (9999, 'later', '2030-01-01')")
        .run();
      database.close();
      const error = caught(() => SqliteDatabase.open({ dataDirectory }));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error).toMatchObject({ code: 'dataDirectoryNewer' });
      expect((error as Error).message).toContain(dataDirectory);
      const outside = new DatabaseSync(join(dataDirectory, 'muster.db'));
      expect(outside.prepare('SELECT count(*) AS n FROM schema_migrations').get()).toEqual({
        n: migrations.length + 1,
      });
      outside.close();
    });

    it('applies the steps that are missing, in order of id, and leaves the others', () => {
      const plain = new DatabaseSync(':memory:');
      const one = { id: 1, name: 'one', sql: 'CREATE TABLE one (a) ; INSERT INTO one VALUES (1)' };
      const two = { id: 2, name: 'two', sql: 'INSERT INTO one VALUES (2)' };
      applyMigrations(plain, [one], 'here');
      applyMigrations(plain, [two, one], 'here');
      expect(plain.prepare('SELECT a FROM one').all()).toEqual([{ a: 1 }, { a: 2 }]);
      plain.close();
    });

    it('undoes a step that fails half-way, and stands where it stood', () => {
      const plain = new DatabaseSync(':memory:');
      const broken = { id: 1, name: 'one', sql: 'CREATE TABLE one (a); INSERT INTO nowhere VALUES (1)' };
      expect(() => applyMigrations(plain, [broken], 'here')).toThrow(/nowhere/);
      expect(plain.prepare("SELECT name FROM sqlite_schema WHERE name = 'one'").all()).toEqual([]);
      applyMigrations(plain, [{ ...broken, sql: 'CREATE TABLE one (a)' }], 'here');
      expect(plain.prepare('SELECT name FROM schema_migrations').all()).toEqual([{ name: 'one' }]);
      plain.close();
    });

    it('has no number twice', () => {
      expect(new Set(migrations.map(({ id }) => id)).size).toBe(migrations.length);
    });
  });
});
