import { ConfigurationError, FatalError, RejectedRecordError, RetriableError, StaleClaimError } from '#core';
import type { LogFields } from './logger.js';

/** As Node and its libraries write codes (`ECONNREFUSED`, `UND_ERR_SOCKET`), and as we do (`storeUnavailable`). */
const codeLike = /^(?:E[A-Z0-9]{1,20}|[A-Z]+(?:_[A-Z0-9]+)+|[a-z][A-Za-z]{0,63})$/;

const classed = [RetriableError, RejectedRecordError, FatalError, ConfigurationError, StaleClaimError];

/**
 * What may be logged of an error. Messages of our own classes are safe by contract; those of anything else may quote
 * what was being read (`JSON.parse` does), so only name, code and place are given.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const isOurs = classed.some((errorClass) => error instanceof errorClass);
  const cause = error.cause instanceof Error ? error.cause : undefined;
  return {
    error: error.name,
    code: codeOf(error),
    reason: isOurs ? error.message : undefined,
    cause: cause?.name,
    causeCode: codeOf(cause),
    at: isOurs ? undefined : frames(error),
  };
}

/** Whoever throws may put anything there, a token that was refused as well: only what looks like a code is one. */
function codeOf(error: Error | undefined): string | undefined {
  if (error === undefined || !('code' in error) || typeof error.code !== 'string') return undefined;
  return codeLike.test(error.code) ? error.code : undefined;
}

/** Of the stack only what follows the message: any line of that may look like a frame. */
function frames({ stack = '', message }: Error): string | undefined {
  const at = stack.indexOf(message);
  // The message was changed after the stack was taken: nobody can tell where the first one ends.
  if (at < 0) return undefined;
  const lines = stack
    .slice(at + message.length)
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  return lines.length === 0
    ? undefined
    : lines
        .slice(0, 4)
        .map((line) => line.trim())
        .join(' < ');
}
