import { HttpException } from '@nestjs/common';
import { ProblemError } from './problem.errors.js';

/** The largest body that the API takes, in bytes. */
export const maxBodyBytes = 1024 * 1024;

/** What Fastify, or Node beneath it, says of a request that it could not take; null for anything else. */
export function requestProblem(error: unknown): ProblemError | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ProblemError('bodyTooLarge', `A body may have ${String(maxBodyBytes)} bytes. Send less at once.`);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_EMPTY_TYPE':
      return new ProblemError('unsupportedMediaType', 'Send the body as application/json.', [
        { parameter: 'Content-Type', code: 'invalid', message: 'application/json is expected.' },
      ]);
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new ProblemError('uriTooLong', 'A part of the address is longer than any id.');
    case 'HPE_HEADER_OVERFLOW':
      return new ProblemError('headersTooLarge', 'The headers are larger than 16 KiB.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ProblemError('requestTimeout', 'The request did not arrive in time. Send it again.');
    default:
      break;
  }
  const status = error instanceof HttpException ? error.getStatus() : 'statusCode' in error ? error.statusCode : null;
  if (code.startsWith('HPE_') || (typeof status === 'number' && status >= 400 && status < 500)) {
    return new ProblemError(
      'malformedRequest',
      'The request is not one that HTTP allows here. Check its address and headers.',
    );
  }
  return null;
}
