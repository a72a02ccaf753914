import { mongo, type Connection } from 'mongoose';
import { ConfigurationError } from '#core';
import type { Migration } from './migrations/migration.js';

interface MigrationDocument {
  _id: number;
  name: string;
  appliedAt: Date;
}

const namespaceExistsCode = 48;

/**
 * Brings a database to the newest schema and records each step. Steps may be made twice and by several processes at
 * once: creating what is there changes nothing. Throws `ConfigurationError` `dataDirectoryNewer`, having changed
 * nothing, when the database has steps that are not known here, and `configurationInvalid` for a server outside a
 * replica set.
 */
export async function applyMigrations(
  connection: Connection,
  db: mongo.Db,
  migrations: readonly Migration[],
  hosts: string,
): Promise<void> {
  await refuseStandalone(db, hosts);
  const record = db.collection<MigrationDocument>('schemaMigrations');
  const applied = new Set((await record.find({}, { projection: { _id: 1 } }).toArray()).map((row) => row._id));
  const known = new Set(migrations.map((migration) => migration.id));
  const unknown = [...applied].filter((id) => !known.has(id));
  if (unknown.length > 0) {
    throw new ConfigurationError(
      'dataDirectoryNewer',
      `The database at ${hosts} (MONGODB_URI) was written by a newer version of Muster (schema ${String(Math.max(...unknown))}, ` +
        `this version knows up to ${String(Math.max(...known))}). Start that version or a later one, or restore a backup made before the upgrade.`,
    );
  }
  for (const migration of [...migrations].sort((a, b) => a.id - b.id)) {
    if (applied.has(migration.id)) continue;
    for (const { name, schema } of migration.creates) {
      await createCollection(db, name);
      const model = connection.models[name] ?? connection.model(name, schema, name);
      await model.createIndexes();
    }
    await migration.fill?.(db);
    await record.updateOne(
      { _id: migration.id },
      { $setOnInsert: { name: migration.name, appliedAt: new Date() } },
      { upsert: true },
    );
  }
}

async function createCollection(db: mongo.Db, name: string): Promise<void> {
  try {
    await db.createCollection(name);
  } catch (error) {
    if (!(error instanceof mongo.MongoServerError && error.code === namespaceExistsCode)) throw error;
  }
}

async function refuseStandalone(db: mongo.Db, hosts: string): Promise<void> {
  const hello = await db.command({ hello: 1 });
  if (hello['setName'] !== undefined || hello['msg'] === 'isdbgrid') return;
  throw new ConfigurationError(
    'configurationInvalid',
    `MongoDB at ${hosts} (MONGODB_URI) is no replica set, and transactions need one. Start mongod with --replSet and initiate it once; one node is enough.`,
    ['MONGODB_URI'],
  );
}
