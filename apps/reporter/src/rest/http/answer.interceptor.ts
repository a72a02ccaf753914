import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import type { Answer } from './answer.js';
import { endpointMetadata } from './endpoint-metadata.js';
import type { EndpointSpec } from './endpoint.js';
import { RepeatableRequests } from './repeatable-requests.js';

/** Sends what an endpoint's handler resolves with; a command that was carried out already is answered as it was then. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  constructor(private readonly repeatable: RepeatableRequests) {}

  intercept(context: ExecutionContext, next: CallHandler<Answer<unknown>>): Observable<void> {
    const spec = Reflect.getMetadata(endpointMetadata, context.getHandler()) as EndpointSpec;
    const http = context.switchToHttp();
    return from(this.answer(spec, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), next));
  }

  private async answer(
    spec: EndpointSpec,
    request: FastifyRequest,
    reply: FastifyReply,
    next: CallHandler<Answer<unknown>>,
  ): Promise<void> {
    const carryOut = async () => lastValueFrom(next.handle());
    const answer = spec.idempotencyKey === undefined ? await carryOut() : await this.repeatable.once(request, carryOut);
    await answer.send(reply, spec.mediaType);
  }
}
