import type { EndpointSpec } from '../http/endpoint.js';
import type { ProblemCode } from '../http/problem.errors.js';
import type { Json } from './to-schema.js';

const etag: Json = {
  description: 'Names this revision: send it as `If-Match` with a change.',
  schema: { type: 'string', format: 'entity-tag' },
  example: '"2"',
};

const replayed: Json = {
  description: 'The command was carried out before under this `Idempotency-Key`; this is its answer again.',
  schema: { type: 'string', enum: ['true'] },
};

const retryAfter: Json = {
  description: 'Seconds after which it may go well.',
  schema: { type: 'integer' },
  example: 3,
};

const passing: readonly ProblemCode[] = ['tooManyRequests', 'tooManyStreams', 'requestInWork'];

/** Headers of an answer that a program goes on with; left out where there are none. */
export function successHeaders(spec: EndpointSpec, status: number): { headers?: Json } {
  return shown({
    ...(spec.etag === undefined ? {} : { ETag: etag }),
    ...(spec.idempotencyKey === undefined ? {} : { 'Idempotent-Replayed': replayed }),
    ...(status === 503 ? { 'Retry-After': retryAfter } : {}),
  });
}

/** The same of an answer that is one of these problems. */
export function problemHeaders(codes: readonly ProblemCode[]): { headers?: Json } {
  return shown(codes.some((code) => passing.includes(code)) ? { 'Retry-After': retryAfter } : {});
}

function shown(headers: Json): { headers?: Json } {
  return Object.keys(headers).length === 0 ? {} : { headers };
}
