import 'reflect-metadata';
import { expect, it } from 'vitest';
import { standardAttributes } from '#core';
import { parseFilter, parseOrder, UserFields } from '#user-filter';
import { decodeCursor } from '../http/page.js';
import { parameterNames, pathParameters } from '../http/path-parameters.js';
import { restEndpoints } from '../reference/rest-endpoints.js';
import { costCentre } from './examples/attributes.js';
import { toParameters } from './parameters.js';

interface Shown {
  name: string;
  in: string;
  description?: string;
  example?: unknown;
  schema: { type?: string; enum?: unknown; pattern?: string; examples?: unknown[] };
}

const endpoints = restEndpoints();
const operations = endpoints.map((spec) => ({
  operation: `${spec.method} ${spec.path}`,
  spec,
  parameters: toParameters(spec, {}) as unknown as Shown[],
}));
const parameters = operations.flatMap((one) => one.parameters.map((parameter) => ({ ...one, ...parameter })));

function exampleOf({ example, schema }: Shown): unknown {
  return example ?? schema.examples?.[0];
}

it.each(parameters)('$name of $operation says what it is', ({ description }) => {
  expect(description).toBeTruthy();
});

it.each(
  parameters.filter((one) => one.in === 'path' || (one.schema.type === 'string' && one.schema.enum === undefined)),
)('$name of $operation shows what it looks like', (parameter) => {
  expect(exampleOf(parameter)).toBeTruthy();
});

it.each(operations)(
  'the examples of the parameters of $operation are accepted together',
  ({ spec, parameters: all }) => {
    const of = (place: string) =>
      Object.fromEntries(
        all
          .filter((one) => one.in === place && exampleOf(one) !== undefined)
          .map((one) => [one.name, String(exampleOf(one))]),
      );
    const path = of('path');
    for (const name of parameterNames(spec.path)) expect(pathParameters[name].safeParse(path[name]).success).toBe(true);
    const query = of('query');
    if (spec.query !== undefined) expect(spec.query.safeParse(query)).toMatchObject({ success: true });
    for (const { name, schema } of all.filter((one) => one.in === 'header')) {
      expect(of('header')[name]).toMatch(new RegExp(schema.pattern ?? '^$'));
    }
  },
);

it.each(parameters.filter(({ name }) => name === 'cursor'))('the cursor of $operation is one', (parameter) => {
  const cursor = String(exampleOf(parameter));
  const isNumber = /\/(outcomes|mappings)$/.test(parameter.operation);
  expect(isNumber ? decodeCursor(cursor, 'number') : decodeCursor(cursor)).not.toBeNull();
});

it('the filter and the order can be read', () => {
  const fields = new UserFields([...standardAttributes, costCentre]);
  const ofUsers = parameters.filter(({ operation }) => operation === 'GET /v1/tenants/{tenant}/users');
  const example = (wanted: string) => String(ofUsers.filter(({ name }) => name === wanted).map(exampleOf)[0]);
  expect(parseFilter(example('filter'), fields)).toMatchObject({ ok: true });
  expect(parseOrder(example('sort'), fields)).not.toBeNull();
});
