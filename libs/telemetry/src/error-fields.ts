import { ConfigurationError, FatalError, RejectedRecordError, RetriableError, StaleClaimError } from '#core';
import type { LogFields } from './logger.js';

const classed = [RetriableError, RejectedRecordError, FatalError, ConfigurationError, StaleClaimError];

/**
 * What may be logged of an error. Messages of our own classes are safe by contract; those of anything else may quote
 * what was being read (`JSON.parse` does), so only name, code and place are given.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const isOurs = classed.some((errorClass) => error instanceof errorClass);
  const cause = error.cause instanceof Error ? error.cause : undefined;
  return {
    error: error.name,
    code,
    reason: isOurs ? error.message : undefined,
    cause: cause?.name,
    causeCode: cause !== undefined && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined,
    at: isOurs ? undefined : frames(error),
  };
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
