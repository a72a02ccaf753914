import 'reflect-metadata';
import { expect, it } from 'vitest';
import { restEndpoints } from '../reference/rest-endpoints.js';
import { apiVersion } from './api-version.js';
import { openApiDocument } from './open-api-document.js';

/** Fields whose name says it all. */
const plain = new Set([
  ...['id', 'name', 'title', 'label', 'items', 'nextCursor', 'value', 'changed', 'change', 'step', 'verdict'],
  ...['syncId', 'outcomeId', 'integrationId', 'records', 'requests', 'retries'],
  ...['at', 'createdAt', 'requestedAt', 'startedAt', 'finishedAt'],
]);

/** Where in a schema, or in anything that holds schemas, fields are without a word. */
function wordless(part: unknown, path: string): string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, child]: [string, unknown]) => {
    if (key === 'example' || key === 'examples') return [];
    if (key !== 'properties') return wordless(child, `${path}/${key}`);
    return Object.entries(child as Record<string, { description?: string }>).flatMap(([name, field]) => [
      ...(field.description === undefined && !plain.has(name) ? [`${path}/${name}`] : []),
      ...wordless(field, `${path}/${name}`),
    ]);
  });
}

it('every field of every request and answer says what it is', () => {
  expect(wordless(openApiDocument(restEndpoints(), apiVersion), '')).toEqual([]);
});
