import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SettingName } from './settings.js';
import type { TellProblem } from './tell-problem.js';

/** The text of a file with certificates or a key. A problem is told, and the result is null; so it is without a file. */
export function readPem(name: SettingName, file: string | null, directory: string, tell: TellProblem): string | null {
  if (file === null) return null;
  try {
    const content = readFileSync(resolve(directory, file), 'utf8');
    if (content.includes('-----BEGIN ')) return content;
    tell(`${name} names a file that holds no PEM text (-----BEGIN …).`, name);
  } catch (error) {
    tell(`${name} names a file that cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`, name);
  }
  return null;
}
