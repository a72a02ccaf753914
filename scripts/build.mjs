/**
 * Compiles `apps`, `libs`, `connectors` and `test` with SWC into `dist`, keeping the folder layout.
 *
 * - `.ts` files become `.js` with a source map beside them; specs are left out; types are not checked (`npm run types`).
 * - Every other file except Markdown is copied, so `new URL('./x.json', import.meta.url)` works in `dist` as in the source.
 * - Only what changed since the last build is compiled; what no longer has a source is removed from `dist`.
 *
 * `--clean` compiles everything anew.
 */
import { copyFile, glob, mkdir, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';

process.chdir(dirname(import.meta.dirname));

const OUT = 'dist';
const SOURCE_FOLDERS = ['apps', 'libs', 'connectors', 'test'];
/** A change in one of these makes every output stale. */
const BUILD_INPUTS = ['.swcrc', 'package-lock.json', 'scripts/build.mjs'];
const PARALLEL = 16;

const modifiedAt = async (path) => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;

const isBuilt = (path) => !path.endsWith('.spec.ts') && !path.endsWith('.d.ts') && !path.endsWith('.md');

/** Source file → the output file that it makes. */
async function findSources() {
  const outputBySource = new Map();
  for await (const entry of glob(`{${SOURCE_FOLDERS.join(',')}}/**/*`, {
    withFileTypes: true,
    exclude: (entry) => entry.name === 'node_modules' || entry.name === OUT,
  })) {
    const source = join(entry.parentPath, entry.name).replace(`${process.cwd()}/`, '');
    if (!entry.isFile() || !isBuilt(source)) continue;
    outputBySource.set(source, join(OUT, source.replace(/\.ts$/, '.js')));
  }
  return outputBySource;
}

/** Loaded on first use: a build that finds nothing to do must not pay for it. */
let swc;

async function build(source, output) {
  await mkdir(dirname(output), { recursive: true });
  if (!source.endsWith('.ts')) {
    await copyFile(source, output);
    return;
  }
  swc ??= import('@swc/core');
  const { transform } = await swc;
  const { code, map } = await transform(await readFile(source, 'utf8'), {
    filename: source,
    sourceFileName: relative(dirname(output), source),
  });
  const mapName = `${output.slice(output.lastIndexOf('/') + 1)}.map`;
  await writeFile(`${output}.map`, map);
  await writeFile(output, `${code}\n//# sourceMappingURL=${mapName}\n`);
}

async function removeStale(outputs) {
  const kept = new Set([...outputs].flatMap((output) => [output, `${output}.map`]));
  let removed = 0;
  for await (const entry of glob(`${OUT}/**/*`, { withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).replace(`${process.cwd()}/`, '');
    if (!entry.isFile() || kept.has(path)) continue;
    await unlink(path);
    removed += 1;
  }
  return removed;
}

const startedAt = performance.now();
if (process.argv.includes('--clean')) await rm(OUT, { recursive: true, force: true });

const outputBySource = await findSources();
const inputsModifiedAt = Math.max(...(await Promise.all(BUILD_INPUTS.map(modifiedAt))));
const queue = [...outputBySource];
let compiled = 0;
const failures = [];

await Promise.all(
  Array.from({ length: PARALLEL }, async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const [source, output] = next;
      const builtAt = await modifiedAt(output);
      if (builtAt > Math.max(await modifiedAt(source), inputsModifiedAt)) continue;
      try {
        await build(source, output);
        compiled += 1;
      } catch (error) {
        failures.push(`${source}\n${error.message}`);
      }
    }
  }),
);
const removed = await removeStale(outputBySource.values());

if (failures.length > 0) {
  console.error(`Build failed in ${failures.length} file(s):\n\n${failures.join('\n\n')}`);
  process.exit(1);
}
if (compiled + removed > 0) {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.error(`Built ${compiled} of ${outputBySource.size} files into ${OUT} in ${seconds} s, removed ${removed}.`);
}
