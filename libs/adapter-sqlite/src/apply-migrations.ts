import type { DatabaseSync } from 'node:sqlite';
import { ConfigurationError } from '#core';
import type { Migration } from './migrations/migration.js';
import { StatementCache } from './statement-cache.js';

/**
 * Brings a database to the newest schema; each step commits with the row that records it. Throws `ConfigurationError`
 * `dataDirectoryNewer`, having changed nothing, when the database has steps that are not known here.
 */
export function applyMigrations(database: DatabaseSync, migrations: readonly Migration[], place: string): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS schema_migrations (id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT',
  );
  const rows = database.prepare('SELECT id FROM schema_migrations').all() as { id: number }[];
  const applied = new Set(rows.map((row) => row.id));
  const known = new Set(migrations.map((migration) => migration.id));
  const unknown = [...applied].filter((id) => !known.has(id));
  if (unknown.length > 0) {
    throw new ConfigurationError(
      'dataDirectoryNewer',
      `${place} was written by a newer version of Muster (schema ${String(Math.max(...unknown))}, this version knows up to ` +
        `${String(Math.max(...known))}). Start that version or a later one, or restore a backup made before the upgrade.`,
    );
  }
  const statements = new StatementCache(database);
  const record = database.prepare('INSERT INTO schema_migrations (id, name, applied_at) VALUES (?, ?, ?)');
  for (const migration of [...migrations].sort((a, b) => a.id - b.id)) {
    if (applied.has(migration.id)) continue;
    database.exec('BEGIN IMMEDIATE');
    try {
      database.exec(migration.sql);
      migration.fill?.(statements);
      record.run(migration.id, migration.name, new Date().toISOString());
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
}
