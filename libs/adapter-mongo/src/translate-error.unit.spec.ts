import { mongo } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { RetriableError } from '#core';
import { translateError } from './translate-error.js';

const hosts = 'db.example:27017';

function serverError(code: number, errmsg: string): mongo.MongoServerError {
  return new mongo.MongoServerError({ code, errmsg });
}

describe('translating errors of MongoDB', () => {
  it.each([
    ['a network error', new mongo.MongoNetworkError('connect ECONNREFUSED'), 'does not answer'],
    ['a primary that stepped down', serverError(10107, 'not primary'), 'has no primary'],
    ['a majority that is gone', serverError(64, 'waiting for replication timed out'), 'does not answer'],
    ['an ending server', serverError(11600, 'interrupted at shutdown'), 'does not answer'],
    [
      'a connection that broke in a bulk write',
      new mongo.MongoBulkWriteError(new mongo.MongoNetworkError('connection 2 closed'), {} as mongo.BulkWriteResult),
      'does not answer',
    ],
    ['a client that was closed', new mongo.MongoTopologyClosedError('closed'), 'does not answer'],
  ])('calls %s an outage that names MONGODB_URI', (_name, error, words) => {
    const translated = translateError(error, hosts);
    expect(translated).toBeInstanceOf(RetriableError);
    expect(translated).toMatchObject({ code: 'storeUnavailable', cause: error });
    expect((translated as Error).message).toContain('MONGODB_URI');
    expect((translated as Error).message).toContain(words);
  });

  it.each([
    ['wrong', serverError(18, 'Authentication failed.')],
    ['too weak', serverError(13, 'not authorized on muster to execute command')],
    [
      'wrong, found while connecting',
      new mongo.MongoNetworkError('x', { cause: serverError(18, 'Authentication failed.') }),
    ],
  ])('says that the credentials are %s', (_name, error) => {
    const translated = translateError(error, hosts);
    expect(translated).toMatchObject({ code: 'storeUnavailable' });
    expect((translated as Error).message).toMatch(/user or password in MONGODB_URI/);
  });

  it('tells a server that is away from one of another replica set', () => {
    const gaveUp = (servers: Map<string, { type: string }>): Error =>
      Object.assign(new Error('timed out'), { name: 'MongooseServerSelectionError', reason: { servers } });
    const away = translateError(gaveUp(new Map([[hosts, { type: 'Unknown' }]])), hosts);
    expect((away as Error).message).toContain('does not answer');
    // The driver drops those of another set, and single servers, from what it knows.
    const other = translateError(gaveUp(new Map()), hosts);
    expect(other).toMatchObject({ name: 'RetriableError', code: 'storeUnavailable' });
    expect((other as Error).message).toContain('is not of the replica set that MONGODB_URI names');
  });

  it('calls a full disk by its name', () => {
    expect(translateError(serverError(14031, 'No space left on device'), hosts)).toMatchObject({ code: 'storeFull' });
  });

  it('leaves other errors as they are', () => {
    for (const error of [serverError(11000, 'E11000 duplicate key'), new RangeError('x'), 'text', null]) {
      expect(translateError(error, hosts)).toBe(error);
    }
  });
});
