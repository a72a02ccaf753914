import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';
import { openApiDocument } from '../../apps/reporter/src/rest/openapi/open-api-document.js';
import { apiVersion } from '../../apps/reporter/src/rest/openapi/api-version.js';
import { restEndpoints } from '../../apps/reporter/src/rest/reference/rest-endpoints.js';

/** `libs/api-client/src/api-types.ts`: the types of every request and answer, for those who call the API. */
export async function apiTypes(): Promise<string> {
  const document = openApiDocument(restEndpoints(), apiVersion);
  const types = await openapiTS(document as unknown as OpenAPI3, {
    alphabetize: true,
    // TypeScript refuses a property that is typed by itself.
    transform: (_schema, { path }) => (/\/(JsonValue|__schema\d+)$/.test(path ?? '') ? unknown : undefined),
  });
  return `/* Generated from the OpenAPI document: \`npm run docs:reference\`. */\n/* eslint-disable */\n\n${astToString(types)}`;
}

const unknown = ts.factory.createKeywordTypeNode(ts.SyntaxKind.UnknownKeyword);
