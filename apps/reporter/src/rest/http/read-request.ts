import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { EndpointSpec } from './endpoint.js';
import { parameterNames, pathParameters } from './path-parameters.js';
import { type FieldProblem, ProblemError } from './problem.errors.js';
import { requestContext } from './request-context.js';
import { fieldProblems, fitsSchema, type RequestPart } from './zod-problems.js';

/** Of revisions, as `ETag` gives them and `If-Match` takes them. */
export const entityTag = /^"([0-9]{1,15})"$/;

/** What is wrong with a request. */
interface Findings {
  problems: FieldProblem[];
  /** Whether the OpenAPI document rules it out, rather than a rule that JSON Schema can't say. */
  misfits: boolean;
}

/**
 * Checks a request by its endpoint's schemas. All problems are listed at once.
 *
 * @throws ProblemError `invalidRequest`, `unprocessable`, or 428 when `If-Match` is required
 */
export function readRequest(spec: EndpointSpec, request: FastifyRequest) {
  const findings: Findings = { problems: [], misfits: false };
  const { problems } = findings;
  const params: Record<string, unknown> = {};
  for (const name of parameterNames(spec.path)) {
    const value = (request.params as Record<string, unknown>)[name];
    params[name] = check(pathParameters[name], value, 'path', [name], findings);
  }
  const query = readQuery(spec, request, findings);
  const body = readBody(spec, request, findings);
  const ifMatch = readIfMatch(spec, request.headers['if-match'], findings);
  const lastEventId = readLastEventId(spec, request.headers['last-event-id'], findings);
  if (problems.length > 0) {
    const fields = problems.map(({ pointer, parameter }) => parameter ?? (pointer || 'the body')).slice(0, 5);
    throw new ProblemError(
      findings.misfits ? 'invalidRequest' : 'unprocessable',
      `Correct ${fields.join(', ')} and send it again.`,
      problems,
    );
  }
  return { params, query, body, ifMatch, lastEventId, ...requestContext(request) };
}

function readQuery(spec: EndpointSpec, request: FastifyRequest, findings: Findings): unknown {
  const query = request.query as Record<string, unknown>;
  if (spec.query !== undefined) return check(spec.query, { ...query }, 'query', [], findings);
  for (const name of Object.keys(query)) {
    misfit(findings, { parameter: name, code: 'unknownField', message: `There is no parameter ${name} here.` });
  }
  return undefined;
}

function readBody(spec: EndpointSpec, request: FastifyRequest, findings: Findings): unknown {
  const { body } = request;
  if (spec.body !== undefined) {
    if (body !== undefined && body !== null) return check(spec.body, body, 'body', [], findings);
    const empty = spec.body.safeParse({});
    if (empty.success && body === undefined) return empty.data;
    const message = body === null ? 'A JSON object is expected, not null.' : 'A JSON object is expected.';
    misfit(
      findings,
      { pointer: '', code: 'required', message },
      ...(empty.success ? [] : fieldProblems(empty.error.issues, 'body')),
    );
    return undefined;
  }
  if (body !== undefined) misfit(findings, { pointer: '', code: 'unknownField', message: 'No body is expected here.' });
  return undefined;
}

function readIfMatch(spec: EndpointSpec, header: string | undefined, findings: Findings): number | null {
  if (header === undefined || spec.ifMatch === undefined) {
    if (spec.ifMatch !== 'required') return null;
    const detail = 'Read it first, and send its ETag as If-Match, so that nobody’s change is lost.';
    throw new ProblemError('preconditionRequired', detail, [
      { parameter: 'If-Match', code: 'required', message: detail },
    ]);
  }
  const [, revision] = entityTag.exec(header.replace(/^W\//, '')) ?? [];
  if (revision !== undefined) return Number(revision);
  misfit(findings, {
    parameter: 'If-Match',
    code: 'invalid',
    message: 'An entity tag as given in ETag is expected: "7".',
  });
  return null;
}

function readLastEventId(spec: EndpointSpec, header: string | string[] | undefined, findings: Findings): number | null {
  if (spec.lastEventId === undefined || header === undefined || header === '') return null;
  if (typeof header === 'string' && /^[0-9]{1,15}$/.test(header)) return Number(header);
  misfit(findings, {
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
  findings: Findings,
): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  findings.problems.push(...fieldProblems(issues, part, base));
  findings.misfits ||= !issues.every(fitsSchema);
  return undefined;
}

function misfit(findings: Findings, ...problems: FieldProblem[]): void {
  findings.problems.push(...problems);
  findings.misfits = true;
}
