import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { problems, type ProblemError } from './problem.errors.js';

const fieldProblem = z.object({
  pointer: z.string().optional().describe('JSON pointer (RFC 6901) to the field of the body.'),
  parameter: z.string().optional().describe('Path or query parameter, or header.'),
  code: z.string().describe('What is wrong with it: `required`, `wrongType`, `notAllowed`, `unknownField`, …'),
  message: z.string().describe('The same in words, and never the value.'),
  position: z.int().optional().describe('0-based offset in the expression, or in a body that is not JSON.'),
});

/** What every error looks like: `application/problem+json` (RFC 9457). */
export const problemDocument = z
  .object({
    type: z.string().describe('A URN that ends with the code.'),
    code: z.string().describe('Stable; programs decide by it.'),
    title: z.string().describe('The code in words.'),
    status: z.int().describe('The answer’s status.'),
    detail: z.string().describe('What happened and what to do next.'),
    instance: z.string().describe('Names the request, as does the header X-Request-Id.'),
    errors: z.array(fieldProblem).describe('What is wrong where, all at once; empty when it is about no field.'),
  })
  .meta({ id: 'Problem' });
export type ProblemDocument = z.output<typeof problemDocument>;

export const problemMediaType = 'application/problem+json; charset=utf-8';

export function toProblemDocument(error: ProblemError, requestId: string): ProblemDocument {
  const [status, title] = problems[error.code];
  return {
    type: `urn:muster:problem:${error.code}`,
    code: error.code,
    title,
    status,
    detail: error.detail,
    instance: `urn:muster:request:${requestId}`,
    errors: [...error.errors],
  };
}

/** A whole HTTP/1.1 response, for a request that broke before it could be routed. */
export function rawProblemResponse(error: ProblemError, requestId: string): string {
  const document = toProblemDocument(error, requestId);
  const body = JSON.stringify(document);
  return [
    `HTTP/1.1 ${String(document.status)} ${STATUS_CODES[document.status] ?? ''}`,
    `Content-Type: ${problemMediaType}`,
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
