import { errors } from 'undici';
import type { RetryCause } from './http-stats.js';
import { ResponseTooLargeError, TruncatedBodyError, UndecodableBodyError } from './body.errors.js';
import {
  SourceConfigurationError,
  SourceCredentialsError,
  SourceError,
  SourceFatalError,
  SourceRetriableError,
} from './source.errors.js';

/** What one attempt came to, when it did not give a result. Without `waitMs` it is not worth repeating. */
export interface HttpFailure {
  readonly cause: RetryCause;
  /** Of the answer; undefined: there was none, or not a whole one. */
  readonly status?: number;
  readonly error: SourceError;
  readonly waitMs?: number | undefined;
  /** The status with which the source says that all who ask it shall wait. */
  readonly restStatus?: number;
}

/** What a status that is neither a success nor worth repeating means for whoever runs the integration. */
export function refusal(
  status: number,
  { host, path }: { host: string; path: string },
  fields: { status: number; host: string },
): SourceError {
  if (status === 401) {
    return new SourceCredentialsError({
      code: 'unauthorized',
      fields,
      message: `${host} refuses the credentials (401). Check them in the integration's settings.`,
    });
  }
  if (status === 403) {
    return new SourceCredentialsError({
      code: 'forbidden',
      fields,
      message: `${host} knows the credentials but does not allow this (403). Ask for read access to ${path}.`,
    });
  }
  if (status === 404) {
    return new SourceConfigurationError({
      code: 'addressNotFound',
      fields,
      message: `${host} has nothing at ${path} (404). Check the address in the integration's settings.`,
    });
  }
  if (status >= 300 && status < 400) {
    return new SourceConfigurationError({
      code: 'redirected',
      fields,
      message: `${host} redirects (${status}). Set the address that it redirects to.`,
    });
  }
  return new SourceFatalError({
    code: 'unexpectedStatus',
    fields,
    message: `${host} answered ${status} to a request for ${path}.`,
  });
}

/**
 * What broke on the way. Throws what repeating can't mend, and what is no failure of the source at all.
 *
 * @param timedOut whether the attempt's own deadline ended it
 */
export function transportFailure(error: unknown, url: URL, timedOut: boolean, timeoutMs: number): HttpFailure {
  if (error instanceof SourceRetriableError) {
    return { cause: error.code === 'timeout' ? 'timeout' : 'network', waitMs: 0, error };
  }
  if (error instanceof SourceError) {
    throw error;
  }
  const fields = { host: url.host };
  if (error instanceof ResponseTooLargeError) {
    throw new SourceFatalError({
      code: 'responseTooLarge',
      message: `${url.host} sent more than ${error.limitBytes} bytes in one response.`,
      fields,
      cause: error,
    });
  }
  if (error instanceof UndecodableBodyError) {
    throw new SourceFatalError({
      code: error.code,
      message: `${url.host} sent a response that Muster does not decode: ${error.message}`,
      fields,
      cause: error,
    });
  }
  const code = errorCode(error);
  if (timedOut || error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) {
    const message = `${url.host} did not answer within ${timeoutMs} ms. The next sync tries again.`;
    return {
      cause: 'timeout',
      waitMs: 0,
      error: new SourceRetriableError({ code: 'timeout', message, fields, cause: error }),
    };
  }
  if (error instanceof TruncatedBodyError) {
    const message = `${url.host} cut its response short. The next sync tries again.`;
    return {
      cause: 'truncated',
      waitMs: 0,
      error: new SourceRetriableError({ code: 'truncatedBody', message, fields, cause: error.cause }),
    };
  }
  if (code === undefined) {
    throw error;
  }
  const message = `${url.host} cannot be reached (${code}). The next sync tries again.`;
  return {
    cause: 'network',
    waitMs: 0,
    error: new SourceRetriableError({ code: 'unreachable', message, fields: { ...fields, cause: code }, cause: error }),
  };
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
