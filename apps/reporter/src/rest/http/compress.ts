import { pipeline, type Readable, type Transform } from 'node:stream';
import { promisify } from 'node:util';
import {
  brotliCompress,
  constants,
  createBrotliCompress,
  createGzip,
  createZstdCompress,
  gzip,
  zstdCompress,
} from 'node:zlib';

/** What fits into one packet anyway is not worth it. */
const leastBytes = 1024;
const compressible = /^(?:text\/(?!event-stream)|application\/(?:[\w.+-]+\+)?json|application\/javascript)/i;

const brotli = promisify(brotliCompress);
const zstd = promisify(zstdCompress);
const deflate = promisify(gzip);

/** In the order in which they are taken when the caller has none; levels at which answers are made as they are asked for. */
const encoders = {
  zstd: async (body: Uint8Array) => zstd(body),
  br: async (body: Uint8Array) =>
    brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
  gzip: async (body: Uint8Array) => deflate(body),
} as const;
export type ContentCoding = keyof typeof encoders;
const codings = Object.keys(encoders) as ContentCoding[];

/** Whether answers of a media type differ by what the caller accepts. */
export function isCompressible(mediaType: unknown): boolean {
  return typeof mediaType === 'string' && compressible.test(mediaType);
}

export function isWorthIt(body: string | Uint8Array): boolean {
  return (typeof body === 'string' ? Buffer.byteLength(body) : body.length) >= leastBytes;
}

export async function compress(body: string | Uint8Array, coding: ContentCoding): Promise<Buffer> {
  return encoders[coding](typeof body === 'string' ? Buffer.from(body) : body);
}

/** Each piece leaves as soon as it is made: who loses the connection has whole rows to go on from. */
const streams: Record<ContentCoding, () => Transform> = {
  zstd: () => createZstdCompress({ flush: constants.ZSTD_e_flush }),
  br: () =>
    createBrotliCompress({
      params: { [constants.BROTLI_PARAM_QUALITY]: 4 },
      flush: constants.BROTLI_OPERATION_FLUSH,
    }),
  gzip: () => createGzip({ flush: constants.Z_SYNC_FLUSH }),
};

/**
 * The same of a stream, at its reader's pace. What breaks the body off breaks the answer off, before its end; a reader who
 * goes ends the body.
 */
export function compressStream(body: Readable, coding: ContentCoding): Readable {
  return pipeline(body, streams[coding](), () => undefined);
}

/** The coding that the caller likes best (RFC 9110 §12.5.3); null: as it is. */
export function chooseCoding(acceptEncoding: string | undefined): ContentCoding | null {
  const weights = new Map<string, number>();
  for (const part of (acceptEncoding ?? '').toLowerCase().split(',')) {
    const [, name, weight = '1'] = /^\s*([\w*-]+)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?$/.exec(part) ?? [];
    if (name !== undefined) weights.set(name, Math.min(1, Number(weight)));
  }
  const weightOf = (coding: string) => weights.get(coding) ?? weights.get('*') ?? 0;
  let best: ContentCoding | null = null;
  for (const coding of codings) {
    if (weightOf(coding) > (best === null ? 0 : weightOf(best))) best = coding;
  }
  return best === null || (weights.get('identity') ?? 0) > weightOf(best) ? null : best;
}
