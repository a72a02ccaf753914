import { mongo } from 'mongoose';
import { RetriableError } from '#core';

/** Codes of https://github.com/mongodb/mongo/blob/v6.0/src/mongo/base/error_codes.yml */
const credentialCodes = [13, 18, 8000];
const diskFullCode = 14031;
const writeConflictCode = 112;
const serverAwayCodes = [
  6, 7, 24, 50, 64, 79, 89, 91, 100, 117, 133, 134, 175, 189, 202, 225, 246, 251, 262, 290, 317, 358, 384, 9001, 10107,
  11600, 11601, 11602, 13388, 13435, 13436,
];
/** The driver's own errors for a server that does not answer, or a client that is ending. */
const driverAwayNames = [
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoConnectionPoolClearedError',
  'MongoTopologyClosedError',
  'MongoNotConnectedError',
  'MongoClientClosedError',
  'MongoClosedClientError',
  'MongoExpiredSessionError',
  'MongoOperationTimeoutError',
  'MongoCursorExhaustedError',
  'MongoWriteConcernError',
  'MongoCryptError',
];
const awayLabels = ['RetryableWriteError', 'TransientTransactionError', 'UnknownTransactionCommitResult'];

/** Mongoose wraps a failed server selection in an error of its own. */
function isMongoError(error: Error): boolean {
  return error instanceof mongo.MongoError || error.name === 'MongooseServerSelectionError';
}

function codeOf(error: Error): number | null {
  return 'code' in error && typeof error.code === 'number' ? error.code : null;
}

/** What the driver found out about each server before it gave up; null for another kind of error. */
function serverTypes(error: Error): (string | undefined)[] | null {
  const reason: unknown = 'reason' in error ? error.reason : undefined;
  if (!(reason instanceof Object && 'servers' in reason && reason.servers instanceof Map)) return null;
  return [...reason.servers.values()].map((server: { type?: string }) => server.type);
}

/** Servers answered, but none of them is a primary. */
function lacksPrimary(error: Error): boolean {
  return (serverTypes(error) ?? []).some(
    (type) => type === 'RSSecondary' || type === 'RSOther' || type === 'RSGhost' || type === 'RSArbiter',
  );
}

/** Servers answered, and the driver dropped them all: they are not of the replica set that the URI names. */
function isOfAnotherSet(error: Error): boolean {
  return serverTypes(error)?.length === 0;
}

function hasAwayLabel(error: Error): boolean {
  return error instanceof mongo.MongoError && awayLabels.some((label) => error.hasErrorLabel(label));
}

/**
 * An error and what it wraps: authentication fails inside server selection or a pool, a connection inside a bulk write
 * (which keeps the first error as its response).
 */
function causes(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const inner = error instanceof mongo.MongoServerError ? (error.errorResponse as unknown) : undefined;
  return [error, ...causes(error.cause), ...causes(inner)];
}

/**
 * What a port shows for a driver's error: outages become `RetriableError` naming the setting, all else stays as it is.
 * `hosts` are the servers in MONGODB_URI, without credentials.
 */
export function translateError(error: unknown, hosts: string): unknown {
  const chain = causes(error).filter(isMongoError);
  if (chain.length === 0) return error;
  const codes = chain.map(codeOf).filter((code) => code !== null);
  const context = { hosts, mongoCode: codes[0] ?? null };
  const text = chain.map((one) => one.message).join('; ');
  if (codes.includes(diskFullCode) || /no space left on device/i.test(text)) {
    return new RetriableError(
      'storeFull',
      `MongoDB at ${hosts} (MONGODB_URI) has no room left. Nothing was lost; free disk space on the server, and work goes on by itself.`,
      context,
      { cause: error },
    );
  }
  if (codes.some((code) => credentialCodes.includes(code)) || /authentication failed|auth(?:N|n) error/.test(text)) {
    return new RetriableError(
      'storeUnavailable',
      `MongoDB at ${hosts} refused the user or password in MONGODB_URI, or the user may not use this database. Muster tries again; correct MONGODB_URI or the user's roles (readWrite on the database).`,
      context,
      { cause: error },
    );
  }
  if (codes.includes(writeConflictCode)) {
    return new RetriableError(
      'storeUnavailable',
      `Others wrote the same documents in MongoDB at ${hosts} (MONGODB_URI) for so long that this was given up. Nothing was done; Muster tries again by itself. Should it last, the server is overloaded.`,
      context,
      { cause: error },
    );
  }
  const away =
    codes.some((code) => serverAwayCodes.includes(code)) ||
    chain.some((one) => driverAwayNames.includes(one.name) || hasAwayLabel(one)) ||
    (error instanceof mongo.MongoBulkWriteError && error.result.getWriteConcernError() !== undefined) ||
    (error instanceof mongo.MongoServerError && error['writeConcernError'] !== undefined);
  if (!away) return error;
  if (chain.some(isOfAnotherSet)) {
    return new RetriableError(
      'storeUnavailable',
      `MongoDB at ${hosts} (MONGODB_URI) answers, but is not of the replica set that MONGODB_URI names. Muster tries again; correct replicaSet=… there, or start mongod with --replSet and initiate it once.`,
      context,
      { cause: error },
    );
  }
  const why = chain.some(lacksPrimary) || /not master|not primary/i.test(text) ? 'has no primary' : 'does not answer';
  return new RetriableError(
    'storeUnavailable',
    `MongoDB at ${hosts} (MONGODB_URI) ${why}. Muster tries again by itself; check that the replica set runs (a full disk ends it), has a primary and can be reached from here.`,
    context,
    { cause: error },
  );
}
