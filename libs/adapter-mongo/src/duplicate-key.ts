import { mongo } from 'mongoose';

const duplicateKeyCode = 11000;

/** True when a write failed because a unique index already holds such a key. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === duplicateKeyCode;
}

/** True when every failure of an unordered bulk write is a duplicate key: all else was written. */
export function onlyDuplicateKeys(error: unknown): error is mongo.MongoBulkWriteError {
  if (!(error instanceof mongo.MongoBulkWriteError)) return false;
  const failures = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  return failures.length > 0 && failures.every((failure) => failure.code === duplicateKeyCode);
}
