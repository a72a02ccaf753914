import { z } from 'zod';
import type { EndpointSpec } from '../http/endpoint.js';
import { parameterNames, pathParameters } from '../http/path-parameters.js';
import { entityTag } from '../http/read-request.js';
import { bodyExamples } from './body-examples.js';
import { problemDocument } from '../http/problem-document.js';
import { type ProblemCode, problems } from '../http/problem.errors.js';

type Json = Record<string, unknown>;

/** Makes the OpenAPI 3.1 document of a list of endpoints, from the very schemas that check the requests. */
export function openApiDocument(endpoints: readonly EndpointSpec[], version: string): Json {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  const problemRef = toSchema(z.object({ problem: problemDocument }), 'output', schemas) as {
    properties: { problem: Json };
  };
  for (const spec of endpoints) {
    const operation = toOperation(spec, schemas, problemRef.properties.problem);
    paths[spec.path] = { ...paths[spec.path], [spec.method.toLowerCase()]: operation };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Muster',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'People data from any source into one user directory; every sync is a plan first. Errors are problem documents (RFC 9457) with a stable `code`.',
    },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `mus_…`' } },
      schemas,
    },
  };
}

function toOperation(spec: EndpointSpec, schemas: Json, problemSchema: Json): Json {
  return {
    operationId: operationId(spec),
    summary: spec.summary,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    tags: [tagOf(spec.path)],
    'x-least-role': spec.role ?? 'none',
    ...(spec.role === null ? { security: [] } : {}),
    parameters: toParameters(spec, schemas),
    ...(spec.body === undefined
      ? {}
      : {
          requestBody: {
            required: !spec.body.safeParse({}).success,
            content: { 'application/json': { schema: toSchema(spec.body, 'input', schemas), ...exampleOf(spec) } },
          },
        }),
    responses: { ...successes(spec, schemas), ...failures(spec, problemSchema) },
  };
}

function exampleOf({ method, path }: EndpointSpec): { example?: object } {
  const example = bodyExamples[`${method} ${path}`];
  return example === undefined ? {} : { example };
}

function toParameters(spec: EndpointSpec, schemas: Json): Json[] {
  const parameters: Json[] = parameterNames(spec.path).map((name) => {
    const { description, ...schema } = toSchema(pathParameters[name], 'input', schemas);
    return { name, in: 'path', required: true, description, schema };
  });
  if (spec.query !== undefined) {
    const { properties = {}, required = [] } = toSchema(spec.query, 'input', schemas) as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    for (const [name, { description, ...schema }] of Object.entries(properties)) {
      parameters.push({ name, in: 'query', required: required.includes(name), description, schema });
    }
  }
  if (spec.ifMatch !== undefined) {
    const description = 'The ETag of what was read: 412 when it has changed since.';
    parameters.push({
      name: 'If-Match',
      in: 'header',
      required: spec.ifMatch === 'required',
      description,
      schema: { type: 'string', format: 'entity-tag', pattern: entityTag.source },
    });
  }
  if (spec.lastEventId !== undefined) {
    parameters.push({
      name: 'Last-Event-ID',
      in: 'header',
      required: false,
      description: 'The id of the last event that was seen: the stream goes on after it.',
      schema: { type: 'string', pattern: '^[0-9]{1,15}$' },
    });
  }
  if (spec.idempotencyKey !== undefined) {
    const description =
      'A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`.';
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description,
      schema: { type: 'string', pattern: '^[!-~]{1,255}$' },
    });
  }
  return parameters;
}

function successes(spec: EndpointSpec, schemas: Json): Json {
  const content =
    spec.response === undefined
      ? spec.mediaType === undefined
        ? undefined
        : { [spec.mediaType]: {} }
      : { 'application/json': { schema: toSchema(spec.response, 'output', schemas) } };
  const response = { description: 'Done.', ...(content === undefined ? {} : { content }) };
  return Object.fromEntries(
    [spec.status ?? 200, ...(spec.alsoStatus ?? [])].map((status) => [String(status), response]),
  );
}

function failures(spec: EndpointSpec, schema: Json): Json {
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
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const [status] = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [
      String(status),
      {
        description: names.map((code) => `\`${code}\`: ${problems[code][1]}.`).join(' '),
        content: { 'application/problem+json': { schema } },
      },
    ]),
  );
}

function takesInput({ query, body }: EndpointSpec): boolean {
  return query !== undefined || body !== undefined;
}

/** JSON Schema 2020-12 of a zod schema; named ones go to the document's components. */
function toSchema(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const {
    $schema: _dialect,
    $defs: definitions,
    ...root
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const shown = z.globalRegistry.get(zodSchema)?.['openapi'] as Json | undefined;
      delete jsonSchema['openapi'];
      if (shown === undefined) return;
      delete jsonSchema.pattern;
      Object.assign(jsonSchema, shown);
    },
  }) as Json;
  for (const [name, definition] of Object.entries((definitions ?? {}) as Record<string, Json>)) {
    const { id: _id, ...rest } = definition;
    components[name] ??= pointAtComponents(rest);
  }
  return pointAtComponents(root) as Json;
}

function pointAtComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointAtComponents);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) =>
      key === '$ref' && typeof child === 'string'
        ? [key, child.replace('#/$defs/', '#/components/schemas/')]
        : [key, pointAtComponents(child)],
    ),
  );
}

/** `GET /v1/tenants/{tenant}/users` → `getTenantsUsers`. */
function operationId({ method, path }: EndpointSpec): string {
  const words = path
    .replace(/^\/v1/, '')
    .split(/[/-]/)
    .filter((part) => part !== '')
    .map((part) => part.replaceAll(/[{}.]/g, ''));
  const isOne = path.endsWith('}');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return `${method.toLowerCase()}${name}${isOne ? 'One' : ''}`;
}

function tagOf(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== 'v1' && !part.startsWith('{'));
  const [first = 'health', second] = parts;
  if (['healthz', 'readyz', 'metrics'].includes(first)) return 'health';
  if (first === 'openapi.json') return 'docs';
  if (first !== 'tenants') return first;
  return (
    parts.find((part) => ['syncs', 'outcomes', 'mappings'].includes(part)) ?? second?.replace(/\.csv$/, '') ?? first
  );
}
