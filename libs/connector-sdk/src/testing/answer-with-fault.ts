import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { HttpFault } from './http-fault.js';
import type { SimulatedAnswer } from './simulated-source.js';

export function sendAnswer(response: ServerResponse, { status = 200, headers, body }: SimulatedAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8', ...headers }).end(body);
}

/** Answers as the fault has it; asks for the answer of a source that is well only where a part of it is sent. */
export async function answerWithFault(
  response: ServerResponse,
  { kind, retryAfterSeconds = 1 }: HttpFault,
  well: () => Promise<SimulatedAnswer>,
): Promise<void> {
  switch (kind) {
    case 'rateLimit':
      sendAnswer(response, { status: 429, headers: { 'retry-after': String(retryAfterSeconds) }, body: '' });
      return;
    case 'serverError':
      sendAnswer(response, { status: 503, body: '{"error":"unavailable"}' });
      return;
    case 'unauthorized':
    case 'expiredToken':
      sendAnswer(response, { status: 401, body: '{"error":"invalid_token"}' });
      return;
    case 'empty':
      sendAnswer(response, { body: '' });
      return;
    case 'webPage':
      sendAnswer(response, { headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><title>Sign in</title>' });
      return;
    case 'redirect':
      sendAnswer(response, { status: 302, headers: { location: 'http://10.0.0.1/' }, body: '' });
      return;
    case 'gzipBomb':
      sendAnswer(response, { headers: { 'content-encoding': 'gzip' }, body: bomb() });
      return;
    case 'cut':
    case 'cutCleanly':
    case 'stall':
    case 'drip':
      await sendInPart(response, kind, await well());
  }
}

async function sendInPart(
  response: ServerResponse,
  kind: 'cut' | 'cutCleanly' | 'stall' | 'drip',
  { status = 200, headers, body }: SimulatedAnswer,
): Promise<void> {
  const bytes = Buffer.from(body);
  response.writeHead(status, {
    'content-type': 'application/json;charset=utf-8',
    ...headers,
    ...(kind === 'cutCleanly' || kind === 'drip' ? {} : { 'content-length': bytes.length }),
  });
  const half = bytes.subarray(0, Math.ceil(bytes.length / 2));
  switch (kind) {
    case 'cut':
      response.write(half, () => response.destroy());
      return;
    case 'cutCleanly':
      response.end(half);
      return;
    case 'stall':
      response.write(half);
      return;
    case 'drip':
      for (let at = 0; at < bytes.length && !response.destroyed; at += 5) {
        response.write(bytes.subarray(at, at + 5));
        // A turn of the loop between two, so that each leaves as a part of its own.
        await new Promise(setImmediate);
      }
      response.end();
  }
}

let packed: Buffer | undefined;

/** Blanks, which a parser of JSON reads on over. Made once: it takes a while. */
function bomb(): Buffer {
  return (packed ??= gzipSync(Buffer.alloc(96 * 1024 * 1024, ' '), { level: 1 }));
}
