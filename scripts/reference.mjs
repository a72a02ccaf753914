/**
 * Writes the pages of `docs/reference` that are made of code.
 *
 * Usage: npm run docs:reference
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { settingsReference } from '#config';
import { metricsPage } from '#telemetry';

const PAGES = {
  'docs/reference/configuration.md': settingsReference,
  'docs/reference/metrics.md': metricsPage,
};

for (const [page, make] of Object.entries(PAGES)) {
  const path = join(dirname(import.meta.dirname), page);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, await format(make(), { ...(await resolveConfig(path)), filepath: path }));
}
