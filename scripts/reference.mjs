/** Writes the generated pages of `docs/reference` from the built tree. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { format, resolveConfig } from 'prettier';

process.chdir(dirname(import.meta.dirname));

const { metricsPage } = await import(join(process.cwd(), 'dist/libs/telemetry/src/index.js'));

const pages = { 'docs/reference/metrics.md': metricsPage() };

for (const [path, text] of Object.entries(pages)) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}
