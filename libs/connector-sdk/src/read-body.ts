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

/**
 * The whole body as one buffer, filled in place when its length is declared.
 *
 * @throws ResponseTooLargeError above `limitBytes`, TruncatedBodyError when the stream ends early
 */
export async function readBody(
  stream: AsyncIterable<Uint8Array>,
  contentLength: string | undefined,
  limitBytes: number,
): Promise<Uint8Array> {
  const declared = contentLength === undefined ? undefined : Number(contentLength);
  if (declared !== undefined && declared > limitBytes) {
    throw new ResponseTooLargeError(limitBytes);
  }
  const chunks: Uint8Array[] = [];
  let target = declared === undefined ? undefined : Buffer.allocUnsafeSlow(declared);
  let length = 0;
  try {
    for await (const chunk of stream) {
      if (length + chunk.length > limitBytes) {
        throw new ResponseTooLargeError(limitBytes);
      }
      if (target && length + chunk.length <= target.length) {
        target.set(chunk, length);
      } else {
        if (target) {
          chunks.push(target.subarray(0, length));
          target = undefined;
        }
        chunks.push(chunk);
      }
      length += chunk.length;
    }
  } catch (error) {
    throw error instanceof ResponseTooLargeError ? error : new TruncatedBodyError(error);
  }
  if (declared !== undefined && length < declared) {
    throw new TruncatedBodyError();
  }
  return target ?? Buffer.concat(chunks);
}
