import { mongo } from 'mongoose';

const duplicateKeyCode = 11000;

/** True when a write failed because a unique index already holds such a key. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === duplicateKeyCode;
}
