import type { EndpointSpec } from '../http/endpoint.js';
import { parameterNames, pathParameters } from '../http/path-parameters.js';
import { entityTag } from '../http/read-request.js';
import { answerExamples } from './examples/answer-examples.js';
import { parameterExample } from './examples/parameters.js';
import { type Json, toSchema } from './to-schema.js';

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: unknown;
  schema: Json;
}

/** All parameters of an endpoint, those of its path first. */
export function toParameters(spec: EndpointSpec, schemas: Json): Json[] {
  return [...pathParametersOf(spec, schemas), ...queryOf(spec, schemas), ...headersOf(spec)].map((parameter) =>
    withExample(spec, parameter),
  );
}

/** The explorer fills in a parameter's own example: an optional one would be sent by whoever only wants to try. */
function withExample({ method, path }: EndpointSpec, parameter: Parameter): Json {
  const { name, required, schema } = parameter;
  const operation = `${method} ${path}`;
  const example = name === 'cursor' ? nextCursorOf(operation) : parameterExample(operation, parameter.in, name);
  if (example === undefined) return { ...parameter };
  return required ? { ...parameter, example } : { ...parameter, schema: { ...schema, examples: [example] } };
}

/** A list's cursor is what its page before has given. */
function nextCursorOf(operation: string): string | undefined {
  const answer = answerExamples.answers[operation];
  return typeof answer === 'object' && 'nextCursor' in answer && typeof answer.nextCursor === 'string'
    ? answer.nextCursor
    : undefined;
}

function pathParametersOf({ path }: EndpointSpec, schemas: Json): Parameter[] {
  return parameterNames(path).map((name) => {
    const { description, ...schema } = toSchema(pathParameters[name], 'input', schemas);
    return { name, in: 'path', required: true, description, schema };
  });
}

function queryOf({ query }: EndpointSpec, schemas: Json): Parameter[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = toSchema(query, 'input', schemas) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    description,
    schema,
  }));
}

function headersOf({ ifMatch, lastEventId, idempotencyKey }: EndpointSpec): Parameter[] {
  const headers: Parameter[] = [];
  if (ifMatch !== undefined) {
    headers.push({
      name: 'If-Match',
      in: 'header',
      required: ifMatch === 'required',
      description: 'The ETag of what was read: 412 when it has changed since.',
      schema: { type: 'string', format: 'entity-tag', pattern: entityTag.source },
    });
  }
  if (lastEventId !== undefined) {
    headers.push({
      name: 'Last-Event-ID',
      in: 'header',
      required: false,
      description: 'The id of the last event that was seen: the stream goes on after it.',
      schema: { type: 'string', pattern: '^[0-9]{1,15}$' },
    });
  }
  if (idempotencyKey !== undefined) {
    headers.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description:
        'A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`.',
      schema: { type: 'string', pattern: '^[!-~]{1,255}$' },
    });
  }
  return headers;
}
