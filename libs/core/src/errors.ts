export const errorCodes = [
  'storeUnavailable',
  'busUnavailable',
  'storeFull',
  'leaseLost',
  'claimStale',
  'undecodableMessage',
  'unknownSync',
  'configurationInvalid',
  'dataDirectoryInUse',
  'dataDirectoryNewer',
  'dataDirectoryDamaged',
  'masterKeyWrong',
  'sourceUnavailable',
  'sourceCredentials',
  'sourceConfiguration',
  'sourceInvalid',
  'sourceChanged',
  'recordRefused',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export type ErrorContext = Readonly<Record<string, string | number | boolean | null>>;

abstract class MusterError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly context: ErrorContext = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Something outside is away: back off, pause, try again. An outage never turns a record into poison. */
export class RetriableError extends MusterError {}

/** This one record (or message) is refused for good: its outcome is `failed`, the rest goes on. */
export class RejectedRecordError extends MusterError {}

/** The sync cannot go on: it ends `failed`, what is stored stays. */
export class FatalError extends MusterError {}

/** The process refuses to start. `problems` lists every one found. */
export class ConfigurationError extends MusterError {
  constructor(
    code: ErrorCode,
    message: string,
    readonly problems: readonly string[] = [],
    options?: { cause?: unknown },
  ) {
    super(code, message, {}, options);
  }
}

/** A lease or claim has passed to somebody else: stop quietly, write nothing more. */
export class StaleClaimError extends MusterError {}
