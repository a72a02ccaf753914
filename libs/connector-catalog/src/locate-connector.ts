import { existsSync, statSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ConnectorModuleError } from './connector-module.errors.js';

/**
 * The `file:` URL of a connector's module.
 *
 * @param named a path (starting with `.` or `/`, a `file:` URL, or anything that ends in `.ts`, `.mts`, `.js` or `.mjs`),
 *   of a module or of a folder whose package.json says `main`; or the name of a package
 * @param directory where relative paths start and packages are looked for; absolute
 * @throws ConnectorModuleError when nothing is there
 */
export function locateConnector(named: string, directory: string): string {
  if (!isPath(named)) return locatePackage(named, directory);
  const path = named.startsWith('file:') ? fileURLToPath(named) : resolve(directory, named);
  if (!existsSync(path)) {
    throw new ConnectorModuleError(`there is no file ${path}. Correct the path; relative ones start at ${directory}`);
  }
  if (!statSync(path).isDirectory()) return pathToFileURL(path).href;
  try {
    return pathToFileURL(createRequire(join(path, 'package.json')).resolve(path)).href;
  } catch {
    throw new ConnectorModuleError(
      `the folder ${path} has no package.json whose "main" is the connector's file. Add one, or name the file itself`,
    );
  }
}

function locatePackage(name: string, directory: string): string {
  // What `import` would find from there; Node has no call for that.
  const parentURL = pathToFileURL(join(directory, 'package.json')).href;
  const hooks = registerHooks({ resolve: (specifier, context, next) => next(specifier, { ...context, parentURL }) });
  try {
    return import.meta.resolve(name);
  } catch {
    const path = existsSync(join(directory, name)) ? `, or write ./${name} for the one in ${directory}` : '';
    throw new ConnectorModuleError(
      `no package of that name can be imported from ${directory}. Install it there with npm${path}`,
    );
  } finally {
    hooks.deregister();
  }
}

function isPath(named: string): boolean {
  return /^(\.|file:)|\.m?[jt]s$/.test(named) || isAbsolute(named);
}
