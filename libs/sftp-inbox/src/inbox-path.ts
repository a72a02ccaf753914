import { lstat, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { RefusedError } from './refused.errors.js';

const maxNameBytes = 255;
const maxPathLength = 1024;

/**
 * The steps of a path as a client of SFTP says it, from the top of its account: absolute or not, with `.`, and with `..` as long as
 * it stays within. Names are brought into one Unicode form, in which they are compared.
 *
 * @throws RefusedError `permissionDenied` for everything else
 */
export function pathSteps(path: string): string[] {
  if (path.length > maxPathLength || /[\\\p{Cc}\uFFFD]/u.test(path)) throw new RefusedError('permissionDenied');
  const steps: string[] = [];
  for (const step of path.normalize('NFC').split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) throw new RefusedError('permissionDenied');
    if (Buffer.byteLength(step) > maxNameBytes) throw new RefusedError('permissionDenied');
  }
  return steps;
}

/**
 * Where those steps lead on this machine.
 *
 * @throws RefusedError `permissionDenied` when a link is among the folders on the way, `noSuchFile` when one of them is missing
 */
export async function placeOf(root: string, steps: readonly string[]): Promise<string> {
  const folder = join(await realpath(root), ...steps.slice(0, -1));
  let real: string;
  try {
    real = await realpath(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new RefusedError(code === 'ENOENT' || code === 'ENOTDIR' ? 'noSuchFile' : 'permissionDenied');
  }
  const last = steps.at(-1);
  if (real !== folder) throw new RefusedError('permissionDenied');
  return last === undefined ? folder : join(folder, last);
}

/** What is at a place, a link itself instead of what it leads to; null when nothing is. */
export async function lookAt(place: string) {
  try {
    return await lstat(place);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}
