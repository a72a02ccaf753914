import { ResponseTooLargeError, TruncatedBodyError, UndecodableBodyError } from './body.errors.js';
import { codingOf, decodeBody } from './decode-body.js';

export interface ReadBodyOptions {
  readonly contentLength: string | undefined;
  readonly contentEncoding: string | undefined;
  /** Of the decoded body. */
  readonly limitBytes: number;
}

/**
 * The whole body as one buffer, decoded; filled in place when its length is declared.
 *
 * @throws ResponseTooLargeError above `limitBytes`, TruncatedBodyError when the stream ends early, UndecodableBodyError
 */
export async function readBody(
  stream: AsyncIterable<Uint8Array>,
  { contentLength, contentEncoding, limitBytes }: ReadBodyOptions,
): Promise<{ body: Uint8Array; receivedBytes: number }> {
  const declared = contentLength === undefined ? undefined : Number(contentLength);
  if (declared !== undefined && declared > limitBytes) {
    throw new ResponseTooLargeError(limitBytes);
  }
  const coding = codingOf(contentEncoding);
  if (coding === null) {
    const body = await collect(stream, declared, limitBytes);
    return { body, receivedBytes: body.length };
  }
  let receivedBytes = 0;
  const decoded = decodeBody(stream, coding, (bytes) => {
    receivedBytes += bytes;
  });
  // The declared length is that of the encoded body.
  const body = await collect(decoded, undefined, limitBytes);
  return { body, receivedBytes };
}

async function collect(
  stream: AsyncIterable<Uint8Array>,
  declared: number | undefined,
  limitBytes: number,
): Promise<Uint8Array> {
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
    const isTold = error instanceof ResponseTooLargeError || error instanceof UndecodableBodyError;
    throw isTold ? error : new TruncatedBodyError(error);
  }
  if (declared !== undefined && length < declared) {
    throw new TruncatedBodyError();
  }
  return target ?? Buffer.concat(chunks);
}
