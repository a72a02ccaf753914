import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { MusterConfig } from '#config';
import { chooseCoding, compress, compressStream, isCompressible, isWorthIt } from './compress.js';
import { CrossOrigin } from './cross-origin.js';
import { readJsonBody } from './json-body.js';
import { problemMediaType, rawProblemResponse, toProblemDocument } from './problem-document.js';
import { ProblemError } from './problem.errors.js';
import { maxBodyBytes, requestProblem } from './request-problem.js';

const requestIdHeader = 'x-request-id';

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};

/**
 * Fastify as the API needs it: JSON bodies of up to 1 MiB and nothing else, a request id in every answer, security
 * headers, packed answers for who accepts them, and problem documents for whatever breaks before a route is found.
 * Scripts of other origins are let in by name only.
 */
export class RestAdapter extends FastifyAdapter {
  /** `corsOrigins`: whose scripts may use the API; none. */
  constructor({ corsOrigins }: Pick<MusterConfig, 'corsOrigins'> = { corsOrigins: [] }) {
    super({
      bodyLimit: maxBodyBytes,
      genReqId: (request: IncomingMessage) => requestId(request.headers[requestIdHeader]),
      routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
      frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
        const document = toProblemDocument(asProblem(error), request.id);
        void reply.status(document.status).headers({ ...securityHeaders, [requestIdHeader]: request.id });
        void reply.header('content-type', problemMediaType).send(JSON.stringify(document));
      },
      clientErrorHandler: (error: Error, socket: Socket) => {
        if (!socket.writable) return;
        socket.end(rawProblemResponse(asProblem(error), randomUUID()));
      },
    });
    const fastify = this.getInstance();
    const crossOrigin = new CrossOrigin(corsOrigins);
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer' },
      async (_request: FastifyRequest, body: Buffer) => readJsonBody(body),
    );
    fastify.addHook('onRequest', async (request, reply) => {
      void reply.headers({ ...securityHeaders, [requestIdHeader]: request.id });
      if (crossOrigin.answer(request, reply)) await reply.send();
    });
    fastify.addHook('onSend', async (request, reply, payload) => packed(request, reply, payload));
  }

  /** The parsers are set above; Nest's own would take form data and larger bodies. */
  override registerParserMiddleware(): void {}
}

/** Compresses what is worth it. Keys travel in a header, never by themselves: lengths tell nobody else anything. */
async function packed(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  const isStream = payload instanceof Readable;
  if (typeof payload !== 'string' && !(payload instanceof Uint8Array) && !isStream) return payload;
  if (!isCompressible(reply.getHeader('content-type')) || reply.hasHeader('content-encoding')) return payload;
  const vary = reply.getHeader('vary');
  void reply.header('vary', typeof vary === 'string' ? `${vary}, Accept-Encoding` : 'Accept-Encoding');
  const coding = chooseCoding(String(request.headers['accept-encoding'] ?? ''));
  if (coding === null || (!isStream && !isWorthIt(payload))) return payload;
  void reply.header('content-encoding', coding).removeHeader('content-length');
  return isStream ? compressStream(payload, coding) : compress(payload, coding);
}

function asProblem(error: Error): ProblemError {
  return requestProblem(error) ?? new ProblemError('malformedRequest', 'The request cannot be read.');
}

/** The caller's own id when it is a harmless word, else a new one. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}
