import type { Readable } from 'node:stream';
import { errors } from 'undici';
import { ResponseTooLargeError, TruncatedBodyError, UndecodableBodyError } from './body.errors.js';
import { codingOf, decodeBody } from './decode-body.js';
import { transportFailure } from './http-failure.js';
import type { HttpRequestBasics } from './http-request.js';
import type { HttpStats } from './http-stats.js';
import { SourceRetriableError } from './source.errors.js';

/** A request for an answer whose body is read as it comes. */
export interface HttpStreamRequest extends HttpRequestBasics {
  /** Until the body begins. Some sources work for minutes before they say anything. Default 30 s. */
  readonly timeoutMs?: number;
  /** How long the source may be silent in the middle of the body. Time in which the reader is busy does not count. */
  readonly idleTimeoutMs: number;
  /** For the body from begin to end, so that one that only drips has an end. Default 6 h. */
  readonly totalTimeoutMs?: number;
  /** Of what the response decodes to. */
  readonly maxResponseBytes: number;
}

export interface HttpStream {
  readonly status: number;
  /** Names in lower case. A header that came more than once is joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The body, decoded, in the parts in which it arrives, as fast as they are read. To be read once, to its end or until the reader
   * stops, which ends the connection.
   *
   * Throws SourceRetriableError `truncatedBody`, `bodyStalled` or `bodyTooSlow`, SourceFatalError `responseTooLarge`,
   * `unknownEncoding`, `brokenEncoding` or `inflatedBody`, or
   * the reason of the signal that ended it.
   */
  readonly body: AsyncGenerator<Uint8Array, void, void>;
}

const defaultTotalTimeoutMs = 6 * 60 * 60 * 1000;

/** The body of an answer, within the request's limits, its errors told as a connector's. */
export async function* streamBody(
  body: Readable,
  { idleTimeoutMs, totalTimeoutMs = defaultTotalTimeoutMs, maxResponseBytes }: HttpStreamRequest,
  {
    url,
    signal,
    stats,
    contentEncoding,
  }: { url: URL; signal: AbortSignal; stats: HttpStats; contentEncoding: string | undefined },
): AsyncGenerator<Uint8Array, void, void> {
  let isTooSlow = false;
  const end = (): void => void body.destroy(new TruncatedBodyError());
  const timer = setTimeout(() => {
    isTooSlow = true;
    end();
  }, totalTimeoutMs);
  signal.addEventListener('abort', end, { once: true });
  // Ended before anybody reads it, its error is nobody's.
  body.on('error', () => undefined);
  let length = 0;
  try {
    signal.throwIfAborted();
    for await (const chunk of decoded(body, contentEncoding, stats)) {
      length += chunk.length;
      if (length > maxResponseBytes) throw new ResponseTooLargeError(maxResponseBytes);
      yield chunk;
    }
  } catch (error) {
    signal.throwIfAborted();
    const fields = { host: url.host, bytes: length };
    if (isTooSlow) {
      const message = `${url.host} was still sending one response after ${seconds(totalTimeoutMs)} s.`;
      throw new SourceRetriableError({ code: 'bodyTooSlow', message, fields, cause: error });
    }
    if (error instanceof errors.BodyTimeoutError) {
      const message = `${url.host} went silent for ${seconds(idleTimeoutMs)} s in the middle of its response.`;
      throw new SourceRetriableError({ code: 'bodyStalled', message, fields, cause: error });
    }
    const isTold = error instanceof ResponseTooLargeError || error instanceof UndecodableBodyError;
    const cause = isTold ? error : new TruncatedBodyError(error);
    throw transportFailure(cause, url, false, idleTimeoutMs).error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    body.destroy();
  }
}

async function* decoded(
  body: AsyncIterable<Uint8Array>,
  contentEncoding: string | undefined,
  stats: HttpStats,
): AsyncGenerator<Uint8Array, void, void> {
  const count = (bytes: number): void => void (stats.bytesReceived += bytes);
  const coding = codingOf(contentEncoding);
  if (coding !== null) {
    yield* decodeBody(body, coding, count);
    return;
  }
  for await (const chunk of body) {
    count(chunk.length);
    yield chunk;
  }
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
