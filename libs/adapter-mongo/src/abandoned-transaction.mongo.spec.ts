import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { afterAll, expect, it } from 'vitest';
import { testServices } from '#testing';
import { MongoConnection } from './mongo-connection.js';
import { counters } from './schemas/syncs.js';

const database = `muster_test_${randomBytes(6).toString('hex')}`;

/** A transaction that somebody has opened under this name, and that nobody goes on with. */
async function openTransaction(appName: string, filter: object) {
  const client = await mongoose.createConnection(testServices.mongodbUri, { dbName: database, appName }).asPromise();
  const session = await client.startSession();
  session.startTransaction();
  await client.collection<{ _id: string }>('counters').updateMany(filter, { $set: { value: 99 } }, { session });
  return { client, session };
}

afterAll(async () => {
  const connection = await MongoConnection.open({ uri: testServices.mongodbUri, database });
  await connection.database.dropDatabase();
  await connection.close();
});

it('goes on within seconds where a killed process left a transaction open, inside a transaction or not', async () => {
  const connection = await MongoConnection.open({ uri: testServices.mongodbUri, database });
  await connection.migrate();
  const collection = connection.collection(counters);
  await collection.insertMany([
    { _id: 'a', value: 0 },
    { _id: 'b', value: 0 },
  ]);
  // What a killed process leaves behind: nobody commits, nobody aborts.
  const { client: dead, session } = await openTransaction(`muster/${database}/muster-fetcher`, {});

  const startedAt = performance.now();
  await Promise.all([
    connection.transaction((own) => collection.updateOne({ _id: 'a' }, { $inc: { value: 1 } }, { session: own })),
    connection.run(() => collection.updateOne({ _id: 'b' }, { $inc: { value: 1 } })),
  ]);
  expect(performance.now() - startedAt).toBeLessThan(15_000);
  expect(await collection.find().sort({ _id: 1 }).toArray()).toEqual([
    { _id: 'a', value: 1 },
    { _id: 'b', value: 1 },
  ]);
  await expect(session.commitTransaction()).rejects.toThrow();
  await dead.close(true);
  await connection.close();
});

it('leaves resting transactions of other applications, and of a Muster in another database, alone', async () => {
  const connection = await MongoConnection.open({ uri: testServices.mongodbUri, database });
  await connection.migrate();
  await connection.collection(counters).insertMany([
    { _id: 'c', value: 0 },
    { _id: 'd', value: 0 },
  ]);
  const others = [
    await openTransaction('reports', { _id: 'c' }),
    await openTransaction(`muster/${database}_2/muster-fetcher`, { _id: 'd' }),
  ];
  await connection.run(() => sleep(5_000));
  for (const { client, session } of others) {
    await session.commitTransaction();
    await client.close(true);
  }
  const written = await connection.collection(counters).countDocuments({ _id: { $in: ['c', 'd'] }, value: 99 });
  expect(written).toBe(2);
  await connection.close();
});
