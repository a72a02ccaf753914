import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Of the source tree, or of `dist` in the built one. */
const tree = join(import.meta.dirname, '../../../..');
const isBuilt = tree.endsWith(`${sep}dist`);
/** Where package.json and node_modules are. */
const root = isBuilt ? dirname(tree) : tree;
const dist = join(root, 'dist');

/** A child runs what has been built, whatever this process runs itself. */
export const childEntry = join(dist, 'libs/connector-runner/src/child/main.js');

/** What every child reads: the program, not what lies beside it. */
export function programFiles(): string[] {
  return [join(root, 'package.json'), dist, join(root, 'node_modules')].map((path) => real(path));
}

/** Where the module of a connector is for a child: that of a source of Muster's is what was built of it. */
export function builtModule(moduleUrl: string): string {
  const path = fileURLToPath(moduleUrl);
  const within = relative(root, path);
  if (!/^(apps|libs|connectors|test)\//.test(within) || !path.endsWith('.ts')) return moduleUrl;
  return pathToFileURL(join(dist, within.replace(/\.ts$/, '.js'))).href;
}

/**
 * What a connector reads besides: its folder, and where its packages are. Where private files are beside it, as in the folder in
 * which Muster runs, only the module itself.
 *
 * @param directories that a connector must not read
 */
export function connectorFiles(moduleUrl: string, directories: readonly string[]): string[] {
  const path = real(fileURLToPath(builtModule(moduleUrl)));
  if (isWithin(dist, path)) return [];
  const top = path.indexOf(`${sep}node_modules${sep}`);
  if (top >= 0) return [path.slice(0, top + `${sep}node_modules`.length)];
  const isPrivate = (folder: string): boolean =>
    folder === root || directories.some((directory) => isWithin(folder, real(directory)));
  const own = [packageFolder(path), dirname(path)].find((folder) => folder !== null && !isPrivate(folder));
  if (own !== undefined && own !== null) return [own];
  const beside = dirname(path);
  return [path, join(beside, 'package.json'), join(beside, 'node_modules')].filter((one) => existsSync(one));
}

function packageFolder(path: string): string | null {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
  }
  return null;
}

/** Whether `path` is the folder or in it. */
function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !way.startsWith(sep));
}

function real(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}
