import { z } from 'zod';
import type { EndpointSpec } from '../http/endpoint.js';
import { type ProblemCode, problems } from '../http/problem.errors.js';
import { openApiDocument } from '../openapi/open-api-document.js';
import { apiVersion } from '../openapi/api-version.js';
import { restEndpoints } from './rest-endpoints.js';

interface Operation {
  tags: [string];
  summary: string;
  description?: string;
  parameters: { name: string; in: string; required: boolean; description?: string }[];
}

/** `docs/reference/api.md`: what there is, at a glance; shapes are in the OpenAPI document. */
export function apiPage(): string {
  const endpoints = restEndpoints();
  const document = openApiDocument(endpoints, apiVersion) as { paths: Record<string, Record<string, Operation>> };
  const byTag = new Map<string, string[]>();
  for (const spec of endpoints) {
    const operation = document.paths[spec.path]?.[spec.method.toLowerCase()];
    if (operation === undefined) continue;
    const [tag] = operation.tags;
    byTag.set(tag, [...(byTag.get(tag) ?? []), section(spec, operation)]);
  }
  const tags = [...byTag].map(([tag, sections]) => `## ${tag}\n\n${sections.join('\n\n')}`);
  return `# The REST API

<!-- Generated from the endpoints of apps/reporter/src/rest: change them there, then \`npm run docs:reference\`. -->

A running Muster serves this as OpenAPI 3.1 at \`/openapi.json\`, with every field of every request and answer, and an explorer to try it at
\`/docs\`. A key goes into \`Authorization: Bearer mus_…\`. Least role says who may call: \`operator\` may all that \`admin\` may, \`admin\` all that
\`viewer\` may; an admin's or viewer's key is bound to one tenant. Lists give \`{items, nextCursor}\`; ask on with \`?cursor=\`.

${tags.join('\n\n')}

## Problems

Errors are problem documents (RFC 9457) with a stable \`code\`; \`detail\` says what happened and what to do next.

| code | status | meaning |
| --- | --- | --- |
${(Object.keys(problems) as ProblemCode[]).map((code) => `| \`${code}\` | ${String(problems[code][0])} | ${problems[code][1]} |`).join('\n')}
`;
}

function section(spec: EndpointSpec, { summary, description, parameters }: Operation): string {
  const fields = spec.body === undefined ? [] : Object.keys(shapeOf(spec.body));
  const query = parameters.filter((parameter) => parameter.in !== 'path');
  const own = (spec.problems ?? []).map((code) => `\`${code}\``);
  return [
    `### ${spec.method} ${spec.path}`,
    `${summary}.${description === undefined ? '' : ` ${description}`}`,
    `Least role: ${spec.role ?? 'none'}.${fields.length === 0 ? '' : ` Body: ${fields.map((field) => `\`${field}\``).join(', ')}.`}${own.length === 0 ? '' : ` Problems of its own: ${own.join(', ')}.`}`,
    ...(query.length === 0
      ? []
      : [
          query
            .map(
              ({ name, in: place, required, description: text }) =>
                `- \`${name}\`${place === 'header' ? ' (header)' : ''}${required ? ', required' : ''}${text === undefined ? '' : `: ${text}`}`,
            )
            .join('\n'),
        ]),
  ].join('\n\n');
}

/** The fields of a body that is an object, or of the members of a union. */
function shapeOf(schema: z.ZodType): Record<string, unknown> {
  const { properties, anyOf, oneOf } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const members = [...(anyOf ?? []), ...(oneOf ?? [])].flatMap((member) => Object.entries(member.properties ?? {}));
  return { ...properties, ...Object.fromEntries(members) };
}
