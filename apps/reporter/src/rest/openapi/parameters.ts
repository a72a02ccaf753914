import type { EndpointSpec } from '../http/endpoint.js';
import { parameterNames, pathParameters } from '../http/path-parameters.js';
import { entityTag } from '../http/read-request.js';
import { type Json, toSchema } from './to-schema.js';

export function toParameters(spec: EndpointSpec, schemas: Json): Json[] {
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
