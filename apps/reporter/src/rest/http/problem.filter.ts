import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RetriableError } from '#core';
import { errorFields, Logger } from '#telemetry';
import { EndpointRegistry } from './endpoint-registry.js';
import { problemMediaType, toProblemDocument } from './problem-document.js';
import { notFound, ProblemError } from './problem.errors.js';
import { requestProblem } from './request-problem.js';

/** Turns whatever went wrong with an HTTP request into a problem document. Other contexts get their error back. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly endpoints: EndpointRegistry,
    private readonly logger: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) return;
    const problem = this.toProblem(error, request);
    const document = toProblemDocument(problem, request.id);
    void reply.status(document.status).headers(problem.headers).header('content-type', problemMediaType);
    void reply.send(JSON.stringify(document));
  }

  private toProblem(error: unknown, request: FastifyRequest): ProblemError {
    if (error instanceof ProblemError) return error;
    // Before anything that Fastify asks of a method which the address does not know.
    const methods = this.endpoints.methodsOf(request.url.split('?')[0] ?? '');
    if (methods.length > 0 && ![...methods, 'HEAD'].includes(request.method)) return methodNotAllowed(methods);
    if (error instanceof HttpException && error.getStatus() === 404) return notFound();
    const known = requestProblem(error);
    if (known !== null) return known;
    const fields = {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url,
      ...errorFields(error),
    };
    if (error instanceof RetriableError) {
      this.logger.warn('A request could not be answered because something is away.', fields);
      const detail = 'A store or the message bus is away. Try again in a few seconds; /readyz says what is missing.';
      return new ProblemError('unavailable', detail, [], { 'retry-after': '5' });
    }
    this.logger.error('A request failed without a known reason.', fields);
    return new ProblemError('internal', 'This is a fault of Muster. Its log has more under this request’s id.');
  }
}

function methodNotAllowed(methods: readonly string[]): ProblemError {
  const known = methods.join(', ');
  return new ProblemError('methodNotAllowed', `This address knows ${known}.`, [], { allow: known });
}
