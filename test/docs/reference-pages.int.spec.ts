import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { cliPage } from '../../apps/cli/src/reference/cli-page.js';
import { apiPage } from '../../apps/reporter/src/rest/reference/api-page.js';
import { reasonsPage } from '../../apps/reporter/src/rest/reference/reasons-page.js';
import { apiTypes } from './api-types.js';

it.each([
  ['docs/reference/api.md', apiPage],
  ['docs/reference/cli.md', cliPage],
  ['docs/reference/reason-codes.md', reasonsPage],
  ['libs/api-client/src/api-types.ts', apiTypes],
])('%s is what the code says: else run `npm run docs:reference`', async (name, make) => {
  const page = new URL(`../../${name}`, import.meta.url).pathname;
  const options = await resolveConfig(page);
  expect(await readFile(page, 'utf8')).toBe(await format(await make(), { ...options, filepath: page }));
});
