import { pipeline } from 'node:stream/promises';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { UndecodableBodyError } from './body.errors.js';

/** The content codings (RFC 9110 §8.4.1) that Muster asks for. */
export const contentCodings = ['gzip', 'br', 'zstd', 'deflate'] as const;
type ContentCoding = (typeof contentCodings)[number];

/** JSON of people shrinks some 5 to 20 times; a megabyte of nothing shrinks a thousand times. */
const mostTimes = 100;
/** Little enough to do no harm, so that a short answer may repeat itself. */
const freeBytes = 1024 * 1024;
const chunkSize = 64 * 1024;

/** The coding that a `content-encoding` names, null for none. @throws UndecodableBodyError `unknownEncoding` */
export function codingOf(contentEncoding: string | undefined): ContentCoding | null {
  const named = contentEncoding?.trim().toLowerCase() ?? '';
  if (named === '' || named === 'identity') return null;
  if (named === 'x-gzip') return 'gzip';
  const known = contentCodings.find((coding) => coding === named);
  // Several codings upon each other are named with commas between them. Nobody asked for that.
  if (known === undefined) throw new UndecodableBodyError('unknownEncoding', 'its encoding was not asked for.');
  return known;
}

/**
 * Decodes a body as it comes.
 *
 * @param onReceived told the length of each piece of the encoded body
 * @throws UndecodableBodyError `inflatedBody` as soon as it decodes to more than a hundred times what came, `brokenEncoding` when
 *   it cannot be decoded; what the stream throws, and zlib's `Z_BUF_ERROR` when it ends too early
 */
export async function* decodeBody(
  stream: AsyncIterable<Uint8Array>,
  coding: ContentCoding,
  onReceived: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, void> {
  let received = 0;
  let cutShort: unknown;
  async function* counted(): AsyncGenerator<Uint8Array, void, void> {
    try {
      for await (const chunk of stream) {
        received += chunk.length;
        onReceived(chunk.length);
        yield chunk;
      }
    } catch (error) {
      cutShort = error;
      throw error;
    }
  }
  const encoded = counted();
  const first = await encoded.next();
  if (first.done === true) return;
  const decoder = decoderOf(coding, first.value);
  const fed = pipeline(startingWith(first.value, encoded), decoder);
  // Its failure is the decoder's, which is read below.
  fed.catch(() => undefined);
  let decoded = 0;
  try {
    for await (const chunk of decoder as AsyncIterable<Uint8Array>) {
      decoded += chunk.length;
      if (decoded > freeBytes && decoded > received * mostTimes) {
        throw new UndecodableBodyError('inflatedBody', `it grows to more than ${mostTimes} times what was sent.`);
      }
      yield chunk;
    }
  } catch (error) {
    if (cutShort !== undefined) throw cutShort as Error;
    if (error instanceof UndecodableBodyError || (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR') throw error;
    throw new UndecodableBodyError('brokenEncoding', `it is no valid ${coding}.`, error);
  }
}

async function* startingWith(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void, void>,
): AsyncGenerator<Uint8Array, void, void> {
  yield first;
  yield* rest;
}

function decoderOf(coding: ContentCoding, start: Uint8Array) {
  switch (coding) {
    case 'gzip':
      return createGunzip({ chunkSize });
    case 'br':
      return createBrotliDecompress({ chunkSize });
    case 'zstd':
      // 8 MiB, the window that a sender may count on (RFC 9659).
      return createZstdDecompress({ chunkSize, params: { [constants.ZSTD_d_windowLogMax]: 23 } });
    case 'deflate':
      // Means zlib's format (RFC 9110 §8.4.1.2); some servers send it without zlib's header, whose first byte ends with 8.
      return ((start[0] ?? 0) & 0x0f) === 8 ? createInflate({ chunkSize }) : createInflateRaw({ chunkSize });
  }
}
