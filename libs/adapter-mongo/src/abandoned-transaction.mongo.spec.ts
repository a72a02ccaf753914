import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, expect, it } from 'vitest';
import { testServices } from '#testing';
import { MongoConnection } from './mongo-connection.js';
import { counters } from './schemas/syncs.js';

const database = `muster_test_${randomBytes(6).toString('hex')}`;

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
  const dead = await mongoose.createConnection(testServices.mongodbUri, { dbName: database }).asPromise();
  const session = await dead.startSession();
  session.startTransaction();
  await dead.collection<{ _id: string }>('counters').updateMany({}, { $set: { value: 99 } }, { session });

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
