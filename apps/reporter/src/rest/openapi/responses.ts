import type { EndpointSpec } from '../http/endpoint.js';
import { type ProblemCode, problems } from '../http/problem.errors.js';
import { answerExamples } from './examples/answer-examples.js';
import { problemExample } from './examples/problems.js';
import { problemHeaders, successHeaders } from './response-headers.js';
import { type Json, toSchema } from './to-schema.js';

/** By status. Examples of problems go to `examples`, the document's own, where every operation points at them. */
export function toResponses(
  spec: EndpointSpec,
  problemSchema: Json,
  { schemas, examples }: { schemas: Json; examples: Json },
): Json {
  return { ...successes(spec, schemas), ...failures(spec, problemSchema, examples) };
}

/** Besides problems, an answer has this status because: */
const descriptions: Readonly<Record<number, string>> = {
  200: 'Done.',
  201: 'Made.',
  202: 'Taken on: it goes on after this answer.',
  204: 'Done; there is no body.',
  503: 'Not now.',
};

function successes(spec: EndpointSpec, schemas: Json): Json {
  return Object.fromEntries(
    [spec.status ?? 200, ...(spec.alsoStatus ?? [])].map((status) => {
      const content = status === 204 ? undefined : contentOf(spec, status, schemas);
      const headers = successHeaders(spec, status);
      return [
        String(status),
        { description: descriptions[status], ...headers, ...(content === undefined ? {} : { content }) },
      ];
    }),
  );
}

function contentOf(spec: EndpointSpec, status: number, schemas: Json): Json | undefined {
  const example = exampleOf(spec, status);
  if (spec.response !== undefined) {
    return { 'application/json': { schema: toSchema(spec.response, 'output', schemas), ...example } };
  }
  return spec.mediaType === undefined ? undefined : { [spec.mediaType]: example };
}

/** None where the schema is a component: that has its own. */
function exampleOf({ method, path }: EndpointSpec, status: number): { example?: object | string } {
  const { answers } = answerExamples;
  const example = answers[`${method} ${path} ${String(status)}`] ?? answers[`${method} ${path}`];
  return example === undefined ? {} : { example };
}

function failures(spec: EndpointSpec, schema: Json, examples: Json): Json {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemsOf(spec)) {
    const [status] = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => {
      const description = codes.map((code) => `\`${code}\`: ${problems[code][1]}.`).join(' ');
      const shown = Object.fromEntries(codes.map((code) => [code, problemReference(code, spec, examples)]));
      const content = { 'application/problem+json': { schema, examples: shown } };
      return [String(status), { description, ...problemHeaders(codes), content }];
    }),
  );
}

function problemReference(code: ProblemCode, spec: EndpointSpec, examples: Json): Json {
  const { name, value } = problemExample(code, spec.body !== undefined);
  examples[name] ??= { summary: value.title, value };
  return { $ref: `#/components/examples/${name}` };
}

function problemsOf(spec: EndpointSpec): Set<ProblemCode> {
  const always: ProblemCode[] = spec.role === null ? [] : ['unauthenticated', 'forbidden', 'tooManyRequests'];
  const codes = new Set<ProblemCode>([
    'invalidRequest',
    'headersTooLarge',
    ...always,
    ...(takesInput(spec) ? (['unprocessable'] as const) : []),
    ...(spec.problems ?? []),
  ]);
  if (spec.path.includes('{')) codes.add('notFound');
  if (spec.body !== undefined)
    for (const code of ['malformedJson', 'bodyTooLarge', 'unsupportedMediaType'] as const) codes.add(code);
  if (spec.ifMatch !== undefined) codes.add('preconditionFailed');
  if (spec.ifMatch === 'required') codes.add('preconditionRequired');
  if (spec.idempotencyKey !== undefined)
    for (const code of ['requestInWork', 'idempotencyKeyReused'] as const) codes.add(code);
  return codes;
}

function takesInput({ query, body }: EndpointSpec): boolean {
  return query !== undefined || body !== undefined;
}
