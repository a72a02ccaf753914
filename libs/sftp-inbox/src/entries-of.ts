import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';

/** What is in a folder; nothing where there is none. */
export async function* entriesOf(folder: string): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
  }
}
