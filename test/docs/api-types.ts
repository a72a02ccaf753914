import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';
import { openApiDocument } from '../../apps/reporter/src/rest/openapi/open-api-document.js';
import { apiVersion } from '../../apps/reporter/src/rest/openapi/api-version.js';
import { restEndpoints } from '../../apps/reporter/src/rest/reference/rest-endpoints.js';

/** `libs/api-client/src/api-types.ts`: the types of every request and answer, for those who call the API. */
export async function apiTypes(): Promise<string> {
  const document = withoutAnswerExamples(openApiDocument(restEndpoints(), apiVersion));
  const types = await openapiTS(document as unknown as OpenAPI3, {
    alphabetize: true,
    // TypeScript refuses a property that is typed by itself.
    transform: (_schema, { path }) => (/\/(JsonValue|__schema\d+)$/.test(path ?? '') ? unknown : undefined),
  });
  return `/* Generated from the OpenAPI document: \`npm run docs:reference\`. */\n/* eslint-disable */\n\n${astToString(types)}`;
}

const unknown = ts.factory.createKeywordTypeNode(ts.SyntaxKind.UnknownKeyword);

/** Examples of answers would become comments, hundreds of lines of them between the types. */
function withoutAnswerExamples(document: Record<string, unknown>): Record<string, unknown> {
  const isAnswer = /^(components\/schemas\/\w+\/examples|paths\/.*\/responses\/.*\/example)$/;
  const strip = (value: unknown, path: string): unknown => {
    if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).filter(([key]) => !isAnswer.test(`${path}${key}`));
    return Object.fromEntries(kept.map(([key, child]) => [key, strip(child, `${path}${key}/`)]));
  };
  return strip(document, '') as Record<string, unknown>;
}
