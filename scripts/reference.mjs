/**
 * Writes what is made of code: the pages of `docs/reference`, and the types of the API's client.
 *
 * Usage: npm run docs:reference
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import 'reflect-metadata';
import { format, resolveConfig } from 'prettier';
import { settingsReference } from '#config';
import { metricsPage } from '#telemetry';
import { cliPage } from '../dist/apps/cli/src/reference/cli-page.js';
import { apiPage } from '../dist/apps/reporter/src/rest/reference/api-page.js';
import { reasonsPage } from '../dist/apps/reporter/src/rest/reference/reasons-page.js';
import { apiTypes } from '../dist/test/docs/api-types.js';

const PAGES = {
  'docs/reference/api.md': apiPage,
  'docs/reference/cli.md': cliPage,
  'docs/reference/configuration.md': settingsReference,
  'docs/reference/metrics.md': metricsPage,
  'docs/reference/reason-codes.md': reasonsPage,
  'libs/api-client/src/api-types.ts': apiTypes,
};

for (const [page, make] of Object.entries(PAGES)) {
  const path = join(dirname(import.meta.dirname), page);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, await format(await make(), { ...(await resolveConfig(path)), filepath: path }));
}
