import { ConfigurationError, RetriableError } from '#core';

/** Primary result codes of https://sqlite.org/rescode.html */
const busy = 5;
const locked = 6;
const ioError = 10;
const corrupt = 11;
const full = 13;
const cantOpen = 14;
const protocol = 15;
const notADatabase = 26;
/** Extended codes. */
const primaryKeyViolation = 1555;
const uniqueViolation = 2067;

interface SqliteError extends Error {
  errcode: number;
}

function isSqliteError(error: unknown): error is SqliteError {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
}

/** True when a statement failed because a unique index or primary key already holds such a row. */
export function isUniqueViolation(error: unknown): boolean {
  return isSqliteError(error) && (error.errcode === uniqueViolation || error.errcode === primaryKeyViolation);
}

/** What Node throws for a database that was closed: whoever works on while the process ends has met an outage. */
function isClosed(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_STATE';
}

/** What opening a database shows: one that is no database, or a damaged one, stops the start with what to do. */
export function translateOpeningError(error: unknown, place: string): unknown {
  if (!isSqliteError(error)) return error;
  const code = error.errcode & 0xff;
  if (code !== corrupt && code !== notADatabase) return translateError(error, place);
  const message = `${place} is damaged (muster.db: ${error.message}). Nothing was changed. Bring back a backup of the whole directory, or set MUSTER_DATA_DIR to an empty one to start anew.`;
  return new ConfigurationError('dataDirectoryDamaged', message, [message], { cause: error });
}

/** What a port shows for a driver's error: outages become `RetriableError`, all else stays as it is. */
export function translateError(error: unknown, place: string): unknown {
  if (isClosed(error)) {
    return new RetriableError('storeUnavailable', `${place} is closed: the process is ending.`, {}, { cause: error });
  }
  if (!isSqliteError(error)) return error;
  switch (error.errcode & 0xff) {
    case full:
      return new RetriableError(
        'storeFull',
        `${place} has no room left. Nothing was lost; free disk space or move MUSTER_DATA_DIR to a larger volume, and work goes on by itself.`,
        { sqliteCode: error.errcode },
        { cause: error },
      );
    case busy:
    case locked:
    case ioError:
    case cantOpen:
    case protocol:
      return new RetriableError(
        'storeUnavailable',
        `${place} could not be read or written (${error.message}). Muster tries again; check the disk under MUSTER_DATA_DIR if this stays.`,
        { sqliteCode: error.errcode },
        { cause: error },
      );
    default:
      return error;
  }
}
