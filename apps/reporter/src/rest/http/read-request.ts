import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { EndpointSpec } from './endpoint.js';
import { parameterNames, pathParameters } from './path-parameters.js';
import { type FieldProblem, ProblemError } from './problem.errors.js';
import { requestContext } from './request-context.js';
import { fieldProblems, type RequestPart } from './zod-problems.js';

/** Of revisions, as `ETag` gives them and `If-Match` takes them. */
export const entityTagPattern = '^(?:W/)?"([0-9]{1,15})"$';

/**
 * Checks a request by its endpoint's schemas. All problems are listed at once.
 *
 * @throws ProblemError `invalidRequest`, or 428 when `If-Match` is required
 */
export function readRequest(spec: EndpointSpec, request: FastifyRequest) {
  const problems: FieldProblem[] = [];
  const params: Record<string, unknown> = {};
  for (const name of parameterNames(spec.path)) {
    const value = (request.params as Record<string, unknown>)[name];
    params[name] = check(pathParameters[name], value, 'path', [name], problems);
  }
  const query = readQuery(spec, request, problems);
  const body = readBody(spec, request, problems);
  const ifMatch = readIfMatch(spec, request.headers['if-match'], problems);
  const lastEventId = readLastEventId(spec, request.headers['last-event-id'], problems);
  if (problems.length > 0) {
    const fields = problems.map(({ pointer, parameter }) => parameter ?? (pointer || 'the body')).slice(0, 5);
    throw new ProblemError('invalidRequest', `Correct ${fields.join(', ')} and send it again.`, problems);
  }
  return { params, query, body, ifMatch, lastEventId, ...requestContext(request) };
}

function readQuery(spec: EndpointSpec, request: FastifyRequest, problems: FieldProblem[]): unknown {
  const query = request.query as Record<string, unknown>;
  if (spec.query !== undefined) return check(spec.query, { ...query }, 'query', [], problems);
  for (const name of Object.keys(query)) {
    problems.push({ parameter: name, code: 'unknownField', message: `There is no parameter ${name} here.` });
  }
  return undefined;
}

function readBody(spec: EndpointSpec, request: FastifyRequest, problems: FieldProblem[]): unknown {
  const { body } = request;
  if (spec.body !== undefined) {
    if (body !== undefined && body !== null) return check(spec.body, body, 'body', [], problems);
    const empty = spec.body.safeParse({});
    if (empty.success && body === undefined) return empty.data;
    const message = body === null ? 'A JSON object is expected, not null.' : 'A JSON object is expected.';
    problems.push(
      { pointer: '', code: 'required', message },
      ...(empty.success ? [] : fieldProblems(empty.error.issues, 'body')),
    );
    return undefined;
  }
  if (body !== undefined) problems.push({ pointer: '', code: 'unknownField', message: 'No body is expected here.' });
  return undefined;
}

function readIfMatch(spec: EndpointSpec, header: string | undefined, problems: FieldProblem[]): number | null {
  if (header === undefined || spec.ifMatch === undefined) {
    if (spec.ifMatch !== 'required') return null;
    const detail = 'Read it first, and send its ETag as If-Match, so that nobody’s change is lost.';
    throw new ProblemError('preconditionRequired', detail, [
      { parameter: 'If-Match', code: 'required', message: detail },
    ]);
  }
  const [, revision] = new RegExp(entityTagPattern).exec(header) ?? [];
  if (revision !== undefined) return Number(revision);
  problems.push({
    parameter: 'If-Match',
    code: 'invalid',
    message: 'An entity tag as given in ETag is expected: "7".',
  });
  return null;
}

function readLastEventId(
  spec: EndpointSpec,
  header: string | string[] | undefined,
  problems: FieldProblem[],
): number | null {
  if (spec.lastEventId === undefined || header === undefined || header === '') return null;
  if (typeof header === 'string' && /^[0-9]{1,15}$/.test(header)) return Number(header);
  problems.push({
    parameter: 'Last-Event-ID',
    code: 'invalid',
    message: 'The id of an event of this stream is expected: a whole number.',
  });
  return null;
}

function check(
  schema: z.ZodType,
  value: unknown,
  part: RequestPart,
  base: readonly PropertyKey[],
  problems: FieldProblem[],
): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  problems.push(...fieldProblems(result.error.issues, part, base));
  return undefined;
}
