import { z } from 'zod';
import type { EndpointSpec } from '../http/endpoint.js';
import { problemDocument } from '../http/problem-document.js';
import { bodyExamples } from './body-examples.js';
import { answerExamples } from './examples/answer-examples.js';
import { toParameters } from './parameters.js';
import { toResponses } from './responses.js';
import { type Json, toSchema } from './to-schema.js';

/** What operations share. */
interface Components {
  schemas: Json;
  examples: Json;
}

/** Makes the OpenAPI 3.1 document of a list of endpoints, from the very schemas that check the requests. */
export function openApiDocument(endpoints: readonly EndpointSpec[], version: string): Json {
  const components: Components = { schemas: {}, examples: {} };
  const paths: Record<string, Json> = {};
  const problemRef = toSchema(z.object({ problem: problemDocument }), 'output', components.schemas) as {
    properties: { problem: Json };
  };
  for (const spec of endpoints) {
    const operation = toOperation(spec, components, problemRef.properties.problem);
    paths[spec.path] = { ...paths[spec.path], [spec.method.toLowerCase()]: operation };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Muster',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'People data from any source into one user directory; every sync is a plan first. Errors are problem documents (RFC 9457) with a stable `code`. The examples tell one story: an id in one of them leads to another.',
    },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `mus_…`' } },
      schemas: Object.fromEntries(Object.entries(components.schemas).map(withExamples)),
      examples: components.examples,
    },
  };
}

function withExamples([name, schema]: [string, unknown]): [string, unknown] {
  const examples = answerExamples.schemas[name];
  return [name, examples === undefined ? schema : { ...(schema as Json), examples }];
}

function toOperation(spec: EndpointSpec, components: Components, problemSchema: Json): Json {
  const { schemas } = components;
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
    responses: toResponses(spec, problemSchema, components),
  };
}

function exampleOf({ method, path }: EndpointSpec): { example?: object } {
  const example = bodyExamples[`${method} ${path}`];
  return example === undefined ? {} : { example };
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
