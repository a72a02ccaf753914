import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '#core';
import { temporaryDirectory } from '#testing';
import { SqliteDatabase } from './sqlite-database.js';

/**
 * Another process with the same lock. Plain JavaScript over `node:sqlite`, so that it needs no build: the lock is what
 * the file holds, not whose code took it.
 */
const holder = `
  const { DatabaseSync } = require('node:sqlite');
  const file = new DatabaseSync(process.argv[1]);
  file.exec('BEGIN EXCLUSIVE');
  process.stdout.write('held');
  setInterval(() => file.isOpen, 1000);
`;

/** Tries to take the lock, and says how that ended. */
const rival = `
  const { DatabaseSync } = require('node:sqlite');
  try {
    new DatabaseSync(process.argv[1], { timeout: 0 }).exec('BEGIN EXCLUSIVE');
    process.stdout.write('taken');
  } catch (error) {
    process.stdout.write(error.errstr);
  }
`;

function openError(dataDirectory: string): ConfigurationError {
  try {
    SqliteDatabase.open({ dataDirectory }).close();
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('the directory could be opened');
}

describe('the data directory’s lock', () => {
  let dataDirectory: string;
  let child: ChildProcess | null = null;

  beforeEach(() => {
    dataDirectory = temporaryDirectory();
  });
  afterEach(async () => {
    if (child !== null && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    child = null;
    rmSync(dataDirectory, { recursive: true });
  });

  async function run(script: string): Promise<string> {
    const started = spawn(process.execPath, ['-e', script, join(dataDirectory, 'muster.lock')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    const [said] = (await once(started.stdout, 'data')) as [Buffer];
    return said.toString();
  }

  it('refuses a directory that another process holds, naming it and its setting', async () => {
    expect(await run(holder)).toBe('held');
    const error = openError(dataDirectory);
    expect(error.code).toBe('dataDirectoryInUse');
    expect(error.message).toContain(dataDirectory);
    expect(error.message).toContain('MUSTER_DATA_DIR');
    expect(error.problems.join()).toContain('MUSTER_DATA_DIR');
  });

  it('is freed by the kernel when its holder is killed', async () => {
    await run(holder);
    expect(openError(dataDirectory).code).toBe('dataDirectoryInUse');
    child?.kill('SIGKILL');
    await once(child!, 'exit');
    const database = SqliteDatabase.open({ dataDirectory });
    expect(database.isOpen).toBe(true);
    database.close();
  });

  it('keeps other processes out while the database is open, and lets them in when it is closed', async () => {
    const database = SqliteDatabase.open({ dataDirectory });
    expect(await run(rival)).toBe('database is locked');
    database.close();
    expect(await run(rival)).toBe('taken');
  });

  it('refuses a second opener in the same process too', () => {
    const database = SqliteDatabase.open({ dataDirectory });
    expect(openError(dataDirectory).code).toBe('dataDirectoryInUse');
    database.close();
    SqliteDatabase.open({ dataDirectory }).close();
  });

  it('makes the directory when it is missing', () => {
    const database = SqliteDatabase.open({ dataDirectory: join(dataDirectory, 'a', 'b') });
    expect(database.isOpen).toBe(true);
    database.close();
  });

  it('says what is wrong with a directory that cannot be used', () => {
    writeFileSync(join(dataDirectory, 'file'), '');
    const error = openError(join(dataDirectory, 'file'));
    expect(error.code).toBe('configurationInvalid');
    expect(error.message).toContain('MUSTER_DATA_DIR');
  });
});
