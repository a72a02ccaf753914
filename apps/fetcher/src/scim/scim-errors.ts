import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RetriableError } from '#core';
import { errorDocument, ScimError } from '#scim';
import { errorFields, Logger } from '#telemetry';

export const scimMediaType = 'application/scim+json; charset=utf-8';

/** Turns whatever went wrong with a request into SCIM's error document. */
@Injectable()
export class ScimErrors {
  constructor(private readonly logger: Logger) {}

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const scimError = this.toScimError(error, request);
    if (scimError.status === 401) void reply.header('www-authenticate', 'Bearer realm="muster"');
    void reply.status(scimError.status).headers(scimError.headers);
    void reply.header('content-type', scimMediaType).send(JSON.stringify(errorDocument(scimError)));
  }

  private toScimError(error: unknown, request: FastifyRequest): ScimError {
    if (error instanceof ScimError) return error;
    const fields = { method: request.method, route: request.routeOptions.url, ...errorFields(error) };
    if (error instanceof RetriableError) {
      this.logger.warn('A SCIM request could not be answered because something is away.', fields);
      return new ScimError(503, null, 'A store is away. Try again in a few seconds.', { 'retry-after': '5' });
    }
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status === 413) return new ScimError(413, null, 'The body is too large: 1 MiB at most.');
    if (status === 415) return new ScimError(415, null, 'Send the body as application/scim+json.');
    if (status >= 400 && status < 500) return new ScimError(status, null, 'The request cannot be read.');
    this.logger.error('A SCIM request failed without a known reason.', fields);
    return new ScimError(500, null, 'This is a fault of Muster. Its log has more.');
  }
}
