import type { FastifyRequest } from 'fastify';
import type { Tenant } from '#core';
import type { Caller } from './caller.js';

/** What the guard found out about a request. */
export interface RequestContext {
  caller: Caller | null;
  tenant: Tenant | null;
  /** See the endpoint's input. */
  repeatSeed: string | null;
}

const contexts = new WeakMap<FastifyRequest, RequestContext>();
const nobody: RequestContext = { caller: null, tenant: null, repeatSeed: null };

export function setRequestContext(request: FastifyRequest, context: RequestContext): void {
  contexts.set(request, context);
}

export function requestContext(request: FastifyRequest): RequestContext {
  return contexts.get(request) ?? nobody;
}
