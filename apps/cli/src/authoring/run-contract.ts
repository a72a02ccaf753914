import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { registerSdkUrl } from '#connector-catalog';
import { CliError } from '../cli.errors.js';
import { exitCodes } from '../exit-codes.js';
import type { Terminal } from '../output/terminal.js';

/**
 * Runs the tests of a connector's folder (`*.test.ts`, `*.test.js`, `*.test.mjs`) by Node's own runner, where `muster/connector-sdk` is
 * the one of this installation. What they say goes to the terminal.
 *
 * @returns whether all pass
 * @throws CliError for a folder without tests
 */
export async function runContract(folder: string, terminal: Terminal): Promise<boolean> {
  const path = resolve(folder);
  if (!existsSync(path)) throw new CliError(`There is no folder ${path}.`, exitCodes.notFound);
  const tests = globSync('**/*.test.{ts,mts,js,mjs}', {
    cwd: path,
    exclude: ['node_modules/**', '**/node_modules/**'],
  });
  if (tests.length === 0) {
    throw new CliError(
      `${path} has no test: no file in it ends with .test.ts, .test.js or .test.mjs.`,
      exitCodes.notFound,
    );
  }
  const args = [
    '--import',
    registerSdkUrl,
    '--test',
    '--test-reporter=spec',
    ...tests.sort().map((name) => join(path, name)),
  ];
  const child = spawn(process.execPath, args, { cwd: path, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (text: Buffer) => terminal.err.write(text.toString()));
  child.stderr.on('data', (text: Buffer) => terminal.err.write(text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return code === 0;
}
