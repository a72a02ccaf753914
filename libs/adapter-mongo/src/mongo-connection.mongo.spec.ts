import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { testServices, unusedPort } from '#testing';
import { migrations } from './migrations/index.js';
import { MongoConnection } from './mongo-connection.js';
import { counters } from './schemas/syncs.js';
import { users } from './schemas/directory.js';

const database = `muster_test_${randomBytes(6).toString('hex')}`;
const opened: MongoConnection[] = [];

async function open(uri = testServices.mongodbUri): Promise<MongoConnection> {
  const connection = await MongoConnection.open({ uri, database });
  opened.push(connection);
  return connection;
}

describe('MongoConnection', () => {
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((connection) => connection.close()));
  });
  afterAll(async () => {
    await (await open()).database.dropDatabase();
    await Promise.all(opened.splice(0).map((connection) => connection.close()));
  });

  it('names the setting when nobody answers at the address, and hides the password', async () => {
    const address = `127.0.0.1:${String(await unusedPort())}`;
    const uri = `mongodb://user:secret-word@${address}/?serverSelectionTimeoutMS=300`;
    const error = await MongoConnection.open({ uri }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'RetriableError', code: 'storeUnavailable' });
    expect((error as Error).message).toContain(`${address} (MONGODB_URI)`);
    expect((error as Error).message).not.toContain('secret-word');
  });

  it.each(['http://db.example', 'mongodb://', 'mongodb://h:1/?noSuchOption=1'])(
    'refuses to start with %s',
    async (uri) => {
      await expect(MongoConnection.open({ uri })).rejects.toMatchObject({
        name: 'ConfigurationError',
        code: 'configurationInvalid',
        problems: ['MONGODB_URI'],
      });
    },
  );

  it('says that the user or password is wrong', async () => {
    const uri = testServices.mongodbUri.replace(/^mongodb:\/\/(?:[^@/]*@)?/, 'mongodb://nobody:wrong@');
    const error = await MongoConnection.open({ uri, database }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'RetriableError', code: 'storeUnavailable' });
    expect((error as Error).message).toContain('refused the user or password in MONGODB_URI');
    expect((error as Error).message).not.toContain('wrong@');
  });

  it('answers pings until it is closed', async () => {
    const connection = await open();
    await connection.ping();
    await connection.close();
    await expect(connection.ping()).rejects.toMatchObject({ code: 'storeUnavailable' });
  });

  it('brings a database to the newest schema from several processes at once, and again', async () => {
    const connections = await Promise.all([open(), open(), open()]);
    await Promise.all(connections.map((connection) => connection.migrate()));
    const [first] = connections;
    await first.migrate();
    const applied = await first.database.collection('schemaMigrations').find().sort({ _id: 1 }).toArray();
    expect(applied.map((row) => ({ id: row._id, name: row['name'] as string }))).toEqual(
      migrations.map(({ id, name }) => ({ id, name })),
    );
    const indexes = await first.collection(users).indexes();
    expect(indexes.find((index) => index.name === 'byEmail')).toMatchObject({
      unique: true,
      key: { tenantId: 1, emailKey: 1 },
      partialFilterExpression: { status: 'active', emailKey: { $gt: '' } },
    });
  });

  it('refuses a database that a newer version has written', async () => {
    const connection = await open();
    await connection.migrate();
    const record = connection.database.collection<{ _id: number; name: string }>('schemaMigrations');
    await record.insertOne({ _id: 999, name: 'future' });
    await expect(connection.migrate()).rejects.toMatchObject({ code: 'dataDirectoryNewer' });
    await record.deleteOne({ _id: 999 });
  });

  it('makes a transaction again that met another’s writes, so that nothing is lost', async () => {
    const connection = await open();
    await connection.migrate();
    const collection = connection.collection(counters);
    await collection.insertOne({ _id: 'race', value: 0 });
    const raise = async (): Promise<void> =>
      connection.transaction(async (session) => {
        const present = await collection.findOne({ _id: 'race' }, { session });
        await collection.updateOne({ _id: 'race' }, { $set: { value: (present?.value ?? 0) + 1 } }, { session });
      });
    await Promise.all(Array.from({ length: 8 }, raise));
    expect(await collection.findOne({ _id: 'race' })).toMatchObject({ value: 8 });
  });

  it('makes those of one line one after the other, also after one that threw, and the others meanwhile', async () => {
    const connection = await open();
    const told: string[] = [];
    const inLine = async (name: string, line: string, end: () => void = () => undefined) =>
      connection.transaction(
        async () => {
          told.push(`${name} begins`);
          await connection.ping();
          told.push(`${name} ends`);
          end();
        },
        { line },
      );
    const refuse = () => {
      throw new RangeError('on purpose');
    };
    const all = await Promise.allSettled([
      inLine('a', '1'),
      inLine('b', '1', refuse),
      inLine('c', '1'),
      inLine('d', '2'),
    ]);
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(told.filter((what) => !what.startsWith('d'))).toEqual(
      ['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
    expect(told.indexOf('d begins')).toBeLessThan(told.indexOf('c begins'));
  });

  it('leaves nothing of a transaction that throws', async () => {
    const connection = await open();
    await connection.migrate();
    const collection = connection.collection(counters);
    const broken = connection.transaction(async (session) => {
      await collection.insertOne({ _id: 'broken', value: 1 }, { session });
      throw new RangeError('on purpose');
    });
    await expect(broken).rejects.toThrow('on purpose');
    expect(await collection.findOne({ _id: 'broken' })).toBeNull();
  });
});
