import { HttpException } from '@nestjs/common';
import { ProblemError } from './problem.errors.js';

/** The largest body that the API takes, in bytes. */
export const maxBodyBytes = 1024 * 1024;

/** Node's own errors of a request that it could not read; the HTTP parser's others start with `HPE_`. */
const statusByCode: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** What Fastify, or Node beneath it, says of a request that it could not take; null for anything else. */
export function requestProblem(error: unknown): ProblemError | null {
  const status = statusOf(error);
  switch (status) {
    case 408:
      return new ProblemError('requestTimeout', 'The request did not arrive in time. Send it again.');
    case 413:
      return new ProblemError('bodyTooLarge', `A body may have ${String(maxBodyBytes)} bytes. Send less at once.`);
    case 414:
      return new ProblemError('uriTooLong', 'A part of the address is longer than any id.');
    case 415:
      return new ProblemError('unsupportedMediaType', 'Send the body as application/json.', [
        { parameter: 'Content-Type', code: 'invalid', message: 'application/json is expected.' },
      ]);
    case 431:
      return new ProblemError('headersTooLarge', 'The headers are larger than 16 KiB.');
    default:
      break;
  }
  if (status === null || status < 400 || status >= 500) return null;
  return new ProblemError(
    'malformedRequest',
    'The request is not one that HTTP allows here. Check its address and headers.',
  );
}

function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error)) return null;
  if ('statusCode' in error && typeof error.statusCode === 'number') return error.statusCode;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return statusByCode[code] ?? (code.startsWith('HPE_') ? 400 : null);
}
