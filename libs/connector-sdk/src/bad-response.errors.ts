import type { SourceErrorFields } from './source.errors.js';

/**
 * Thrown by a request's `read`: the response arrived whole but cannot be what the source meant. The client asks again;
 * when every attempt ends so, the fetch ends with a `SourceFatalError` of this code and message.
 */
export class BadResponseError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly fields: SourceErrorFields = {},
  ) {
    super(message);
    this.name = 'BadResponseError';
  }
}
