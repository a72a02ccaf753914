import { randomBytes } from 'node:crypto';
import { afterAll } from 'vitest';
import { MongoConnection } from '#adapter-mongo';
import type { ContractSubject } from './contract.js';
import { testServices } from './services.js';

/**
 * Makes subjects for the cases of one spec file, in a database of its own that is emptied after each case and dropped
 * after the last. A reopen connects anew.
 */
export function mongoSubjects(): <Port>(make: (connection: MongoConnection) => Port) => Promise<ContractSubject<Port>> {
  const database = `muster_test_${randomBytes(6).toString('hex')}`;
  let migrated: MongoConnection | null = null;
  const open = async (): Promise<MongoConnection> => MongoConnection.open({ uri: testServices.mongodbUri, database });

  afterAll(async () => {
    await migrated?.database.dropDatabase();
    await migrated?.close();
  });

  return async (make) => {
    if (migrated === null) {
      migrated = await open();
      await migrated.migrate();
    }
    const first = migrated;
    const reopened: MongoConnection[] = [];
    return {
      port: make(first),
      reopen: async () => {
        const again = await open();
        reopened.push(again);
        return make(again);
      },
      dispose: async () => {
        for (const connection of reopened) await connection.close();
        for (const collection of await first.database.collections()) {
          if (collection.collectionName !== 'schemaMigrations') await collection.deleteMany({});
        }
      },
    };
  };
}
