import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { CliError } from '../cli.errors.js';
import { exitCodes } from '../exit-codes.js';

const template = join(import.meta.dirname, 'template');

/** What a folder is made of: its files, by those of the template. */
function filesOf(id: string): Record<string, string> {
  return {
    [`${id}.ts`]: 'connector.ts.template',
    [`${id}.contract.test.ts`]: 'contract.test.ts.template',
    'fixtures/people-1.json': 'fixtures/people-1.json',
    'fixtures/people-2.json': 'fixtures/people-2.json',
    'package.json': 'package.json.template',
    'README.md': 'README.md.template',
    '.gitignore': 'gitignore.template',
  };
}

/** What was made: the folder, and the names of its files in it. */
export interface NewConnector {
  readonly id: string;
  readonly folder: string;
  readonly files: readonly string[];
}

/**
 * Writes the folder of a new connector.
 *
 * @param folder as it was given; default: the connector's id, in the working directory
 * @throws CliError for a name that no connector can have, and for a folder that is there
 */
export function newConnector(id: string, folder: string = id): NewConnector {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    throw new CliError(
      `${id} cannot be the name of a connector: small letters, digits and hyphens, e.g. acme-payroll.`,
    );
  }
  const path = resolve(folder);
  if (existsSync(path))
    throw new CliError(`${path} is there already. Name another folder with --folder.`, exitCodes.conflict);
  const files = filesOf(id);
  for (const [name, source] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    if (source.endsWith('.template'))
      writeFileSync(join(path, name), filled(readFileSync(join(template, source), 'utf8'), id));
    else copyFileSync(join(template, source), join(path, name));
  }
  linkMuster(path);
  return { id, folder: path, files: Object.keys(files) };
}

function filled(text: string, id: string): string {
  const title = id.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());
  return text.replaceAll('__ID__', id).replaceAll('__TITLE__', title);
}

/** For what knows nothing of this program: editors, `node --test`, vitest. */
function linkMuster(path: string): void {
  mkdirSync(join(path, 'node_modules'));
  const installation = dirname(createRequire(import.meta.url).resolve('muster/package.json'));
  symlinkSync(installation, join(path, 'node_modules', 'muster'), 'junction');
}
