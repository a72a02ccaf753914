import type { SourceErrorFields } from './source.errors.js';

/**
 * Thrown by a request's `read`: the response arrived whole but cannot be what the source meant. The client asks again;
 * when every attempt ends so, the fetch ends with a `SourceFatalError` of this code and message, or a
 * `SourceRetriableError` where the response is the source's way to say that it is out of order for now.
 */
export class BadResponseError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly fields: SourceErrorFields = {},
    readonly recovery: 'fatal' | 'retriable' = 'fatal',
  ) {
    super(message);
    this.name = 'BadResponseError';
  }
}
