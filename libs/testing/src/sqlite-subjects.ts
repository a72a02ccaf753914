import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteDatabase } from '#adapter-sqlite';
import type { ContractSubject } from './contract.js';

/** A new directory under the system's one for temporary files. */
export function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'muster-test-'));
}

/** An adapter over a database of its own on disk; a reopen closes the database and opens the same file again. */
export async function sqliteSubjectOnDisk<Port>(
  make: (database: SqliteDatabase) => Port,
): Promise<ContractSubject<Port>> {
  const dataDirectory = temporaryDirectory();
  let database = SqliteDatabase.open({ dataDirectory });
  return {
    port: make(database),
    reopen: async () => {
      database.close();
      database = SqliteDatabase.open({ dataDirectory });
      return make(database);
    },
    dispose: async () => {
      database.close();
      rmSync(dataDirectory, { recursive: true });
    },
  };
}

/** An adapter over a database in memory; a reopen makes a new adapter over the same database. */
export async function sqliteSubjectInMemory<Port>(
  make: (database: SqliteDatabase) => Port,
): Promise<ContractSubject<Port>> {
  const database = SqliteDatabase.open({ memory: true });
  return {
    port: make(database),
    reopen: async () => make(database),
    dispose: async () => database.close(),
  };
}
