import {
  createParamDecorator,
  type ExecutionContext,
  RequestMapping,
  RequestMethod,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { z } from 'zod';
import type { ApiKeyRole, Tenant } from '#core';
import { AccessGuard } from './access.guard.js';
import { AnswerInterceptor } from './answer.interceptor.js';
import { Answer } from './answer.js';
import type { Caller } from './caller.js';
import { endpointMetadata } from './endpoint-metadata.js';
import { type ParametersOf, parameterNames } from './path-parameters.js';
import type { ProblemCode } from './problem.errors.js';
import { readRequest } from './read-request.js';

type Schema = z.ZodType;

/** Everything about one route: how it is called, who may, what it takes and gives. OpenAPI is made of it. */
export interface EndpointSpec<
  Path extends string = string,
  Query extends Schema | undefined = Schema | undefined,
  Body extends Schema | undefined = Schema | undefined,
  Response extends Schema | undefined = Schema | undefined,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As in OpenAPI: `/v1/tenants/{tenant}`; the parameters are declared in one table for all. */
  path: Path;
  /** The least role that may call it; null: everyone, without a key. */
  role: ApiKeyRole | null;
  summary: string;
  description?: string;
  query?: Query;
  /** A strict object. */
  body?: Body;
  /** Absent: no body, or one that is not JSON. */
  response?: Response;
  /** Default 200. */
  status?: 200 | 201 | 202 | 204;
  /** Other statuses with the same body. */
  alsoStatus?: readonly number[];
  /** Beside those that every route may answer with. */
  problems?: readonly ProblemCode[];
  /** Default JSON. */
  mediaType?: string;
  /** Its answer carries the ETag of what it shows. */
  etag?: true;
  /** `required`: 428 without `If-Match`. */
  ifMatch?: 'required' | 'optional';
  /** `optional`: an event stream that goes on after `Last-Event-ID`. */
  lastEventId?: 'optional';
  /** `optional`: a command that its caller may send again under the same `Idempotency-Key`. */
  idempotencyKey?: 'optional';
}

type OutputOf<S> = [Extract<S, Schema>] extends [never] ? undefined : z.output<Extract<S, Schema>>;
type ResponseOf<S> = [Extract<S, Schema>] extends [never]
  ? string | Uint8Array | AsyncIterable<string> | undefined
  : z.input<Extract<S, Schema>>;

/** What a handler is given: checked, and of the tenant that the path names. */
export interface InputOf<E extends EndpointSpec> {
  params: ParametersOf<E['path']>;
  query: OutputOf<E['query']>;
  body: OutputOf<E['body']>;
  caller: E['role'] extends null ? null : Caller;
  tenant: E['path'] extends `/v1/tenants/{tenant}${string}` ? Tenant : null;
  /** The revision that `If-Match` names; null without one. */
  ifMatch: number | null;
  /** The number of the event that the reader saw last; null when it starts. */
  lastEventId: number | null;
  /** What the ids of things are made from that a repeated command makes; null without `Idempotency-Key`. */
  repeatSeed: string | null;
}

type Handler<E extends EndpointSpec> = (
  input: InputOf<E>,
) => Promise<ResponseOf<E['response']> | Answer<ResponseOf<E['response']>>>;

/** Declares an endpoint; its types are inferred. */
export function defineEndpoint<
  const Path extends string,
  const Role extends ApiKeyRole | null,
  Query extends Schema | undefined = undefined,
  Body extends Schema | undefined = undefined,
  Response extends Schema | undefined = undefined,
>(
  spec: EndpointSpec<Path, Query, Body, Response> & { role: Role },
): EndpointSpec<Path, Query, Body, Response> & { role: Role } {
  parameterNames(spec.path);
  return spec;
}

const Input = createParamDecorator((spec: EndpointSpec, context: ExecutionContext) =>
  readRequest(spec, context.switchToHttp().getRequest()),
);

/**
 * Makes a controller's method the handler of an endpoint: the key's role and tenant are checked, then path, query and
 * body by their schemas; what the method resolves with is the answer. Throws of `ProblemError` are answers too.
 */
export function Endpoint<E extends EndpointSpec>(spec: E) {
  return <Method extends Handler<E>>(
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    const handler: Handler<E> | undefined = descriptor.value;
    if (handler === undefined) throw new Error('an endpoint is a method');
    async function answer(this: unknown, input: InputOf<E>): Promise<Answer<unknown>> {
      return Answer.of<unknown>(await handler?.call(this, input), spec.status ?? 200);
    }
    const wrapped: PropertyDescriptor = descriptor;
    wrapped.value = answer;
    Reflect.defineMetadata(endpointMetadata, spec, answer);
    Input(spec)(target, name, 0);
    Res()(target, name, 1);
    UseGuards(AccessGuard)(target, name, wrapped);
    UseInterceptors(AnswerInterceptor)(target, name, wrapped);
    RequestMapping({ path: routePath(spec.path), method: RequestMethod[spec.method] })(target, name, wrapped);
  };
}

/** The router's way to write a path. A colon before a name is a parameter. */
function routePath(path: string): string {
  return path.replaceAll(/\{([^}]*)\}/g, ':$1');
}
