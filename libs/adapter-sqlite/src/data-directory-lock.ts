import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConfigurationError } from '#core';

/**
 * Holds a data directory for this process alone. Node has no `flock`, SQLite has: an exclusive transaction that stays
 * open on a file of its own (`muster.lock`). The kernel frees it however the process ends, `SIGKILL` included.
 */
export class DataDirectoryLock {
  private constructor(private readonly file: DatabaseSync) {}

  /** Makes the directory if need be. Throws `ConfigurationError` `dataDirectoryInUse` when somebody holds it. */
  static take(dataDirectory: string): DataDirectoryLock {
    let file: DatabaseSync | undefined;
    try {
      mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
      file = new DatabaseSync(join(dataDirectory, 'muster.lock'), { timeout: 0 });
      file.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
      return new DataDirectoryLock(file);
    } catch (error) {
      file?.close();
      if (error instanceof Error && 'errcode' in error && error.errcode === 5) {
        throw new ConfigurationError(
          'dataDirectoryInUse',
          `Another Muster process is using the data directory ${dataDirectory}. Stop it, or set MUSTER_DATA_DIR to another directory.`,
          [`MUSTER_DATA_DIR: ${dataDirectory} is in use by another process`],
          { cause: error },
        );
      }
      const why = error instanceof Error ? error.message : String(error);
      throw new ConfigurationError(
        'configurationInvalid',
        `The data directory ${dataDirectory} cannot be used (${why}). Set MUSTER_DATA_DIR to a directory that Muster may write to.`,
        [`MUSTER_DATA_DIR: ${why}`],
        { cause: error },
      );
    }
  }

  release(): void {
    this.file.close();
  }
}
