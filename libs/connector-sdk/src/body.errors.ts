export class ResponseTooLargeError extends Error {
  constructor(readonly limitBytes: number) {
    super(`The response is larger than ${limitBytes} bytes.`);
    this.name = 'ResponseTooLargeError';
  }
}

/** The connection ended before the body did. */
export class TruncatedBodyError extends Error {
  constructor(cause?: unknown) {
    super('The response was cut short.', { cause });
    this.name = 'TruncatedBodyError';
  }
}

/** The body arrived in an encoding that is not, or cannot be, undone. */
export class UndecodableBodyError extends Error {
  constructor(
    readonly code: 'unknownEncoding' | 'brokenEncoding' | 'inflatedBody',
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'UndecodableBodyError';
  }
}
