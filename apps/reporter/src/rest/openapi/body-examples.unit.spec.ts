import 'reflect-metadata';
import { expect, it } from 'vitest';
import { apiVersion } from './api-version.js';
import { bodyExamples } from './body-examples.js';
import { openApiDocument } from './open-api-document.js';
import { restEndpoints } from '../reference/rest-endpoints.js';

const withBody = restEndpoints().flatMap(({ method, path, body }) =>
  body === undefined ? [] : [{ operation: `${method} ${path}`, body }],
);

it('there is an example for every body, and none for anything else', () => {
  expect(Object.keys(bodyExamples).sort()).toEqual(withBody.map(({ operation }) => operation).sort());
  const document = JSON.stringify(openApiDocument(restEndpoints(), apiVersion));
  for (const example of Object.values(bodyExamples)) expect(document).toContain(`"example":${JSON.stringify(example)}`);
});

it.each(withBody)('the example of $operation is accepted as it stands', ({ operation, body }) => {
  expect(body.safeParse(bodyExamples[operation])).toMatchObject({ success: true });
});
