/**
 * Compiles `apps`, `libs`, `connectors` and `test` with SWC into `dist`, keeping the folder layout.
 *
 * - `.ts` files become `.js` with a source map beside them; specs are left out; types are not checked (`npm run types`).
 * - Every other file except Markdown is copied, so `new URL('./x.json', import.meta.url)` works in `dist` as in the source.
 * - Only what changed is compiled; what no longer has a source is removed from `dist`.
 * - A file appears in `dist` whole or not at all, so two builds may run at once.
 *
 * `--clean` compiles everything anew.
 */
import { copyFile, glob, mkdir, readFile, rename, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import process from 'node:process';

process.chdir(dirname(import.meta.dirname));

const OUT = 'dist';
const SOURCES = '{apps,libs,connectors,test}/**/*';
/** A change in one of these makes every output stale. */
const BUILD_INPUTS = ['.swcrc', 'package-lock.json', 'scripts/build.mjs'];
const PARALLEL = 16;
const TEMPORARY = `.${process.pid}.tmp`;

/** Milliseconds, whole: what every file system and `utimes` keep. 0 for a file that does not exist. */
const modifiedAt = async (path) => Math.trunc((await stat(path).catch(() => undefined))?.mtimeMs ?? 0);

const isBuilt = (path) => !path.endsWith('.spec.ts') && !path.endsWith('.d.ts') && !path.endsWith('.md');

async function* filesMatching(pattern) {
  const entries = glob(pattern, { withFileTypes: true, exclude: (entry) => entry.name === 'node_modules' });
  for await (const entry of entries) {
    if (entry.isFile()) yield relative(process.cwd(), join(entry.parentPath, entry.name));
  }
}

/** Loaded on first use: a build that finds nothing to do must not pay for it. */
let swc;

async function compile(source, output) {
  swc ??= import('@swc/core');
  const { transform } = await swc;
  const { code, map } = await transform(await readFile(source, 'utf8'), {
    filename: source,
    sourceFileName: relative(dirname(output), source),
  });
  await writeFile(output + TEMPORARY, `${code}\n//# sourceMappingURL=${basename(output)}.map\n`, {
    mode: code.startsWith('#!') ? 0o755 : 0o644,
  });
  await writeFile(`${output}.map${TEMPORARY}`, map);
  await rename(`${output}.map${TEMPORARY}`, `${output}.map`);
}

/** The output carries the time of what it was made from: a later change of the source, either way, shows. */
async function build(source, output, stamp) {
  await mkdir(dirname(output), { recursive: true });
  if (source.endsWith('.ts')) await compile(source, output);
  else await copyFile(source, output + TEMPORARY);
  await utimes(output + TEMPORARY, stamp / 1000, stamp / 1000);
  await rename(output + TEMPORARY, output);
}

async function removeStale(outputs) {
  const kept = new Set([...outputs].flatMap((output) => [output, `${output}.map`]));
  let removed = 0;
  for await (const path of filesMatching(`${OUT}/**/*`)) {
    if (kept.has(path) || path.endsWith('.tmp')) continue;
    await unlink(path);
    removed += 1;
  }
  return removed;
}

const startedAt = performance.now();
if (process.argv.includes('--clean')) await rm(OUT, { recursive: true, force: true });

const outputBySource = new Map();
for await (const source of filesMatching(SOURCES)) {
  if (isBuilt(source)) outputBySource.set(source, join(OUT, source.replace(/\.ts$/, '.js')));
}

const inputsModifiedAt = Math.max(...(await Promise.all(BUILD_INPUTS.map(modifiedAt))));
const queue = [...outputBySource];
const failures = [];
let built = 0;

async function work() {
  for (let next = queue.pop(); next; next = queue.pop()) {
    const [source, output] = next;
    const stamp = Math.max(await modifiedAt(source), inputsModifiedAt);
    if ((await modifiedAt(output)) === stamp) continue;
    try {
      await build(source, output, stamp);
      built += 1;
    } catch (error) {
      failures.push(`${source}\n${error.message}`);
    }
  }
}

await Promise.all(Array.from({ length: PARALLEL }, work));
const removed = await removeStale(outputBySource.values());

if (failures.length > 0) {
  console.error(`Build failed in ${failures.length} file(s):\n\n${failures.join('\n\n')}`);
  process.exit(1);
}
if (built + removed > 0) {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.error(`Built ${built} of ${outputBySource.size} files into ${OUT} in ${seconds} s, removed ${removed}.`);
}
