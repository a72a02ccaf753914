import type { Stats } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccountId } from './account-name.js';
import { accountsBelow } from './accounts-below.js';
import { entriesOf } from './entries-of.js';
import type { InboxDirectory } from './inbox-directory.js';
import { lookAt } from './inbox-path.js';

const dayMs = 86_400_000;
/** No upload takes so long: what lies there since then was left by a process that was killed. */
const leftAfterMs = dayMs;

export interface SweepRules {
  readonly archiveDays: number;
  readonly nowMs: number;
  /** Folders of an account; none for one that is not known. */
  archivesOf(id: AccountId): Promise<readonly string[]>;
}

/**
 * Deletes what uploads have left that nobody goes on with, and from archives what was moved there longer ago than `archiveDays`: it has
 * been applied, and its records are kept as long as snapshots are. Gives the number of files.
 */
export async function sweepInboxes(directory: InboxDirectory, rules: SweepRules): Promise<number> {
  const { nowMs, archiveDays } = rules;
  let deleted = 0;
  for await (const id of accountsBelow(directory.allIncoming)) {
    deleted += await removeFrom(directory.incomingOf(id), ({ mtimeMs }) => mtimeMs < nowMs - leftAfterMs);
  }
  for await (const id of accountsBelow(directory.allFiles)) {
    for (const archive of await rules.archivesOf(id)) {
      const folder = join(directory.filesOf(id), archive);
      // Moving a file changes this time of it.
      deleted += await removeFrom(folder, ({ ctimeMs }) => ctimeMs < nowMs - archiveDays * dayMs);
    }
  }
  return deleted;
}

async function removeFrom(folder: string, isDue: (stats: Stats) => boolean): Promise<number> {
  let removed = 0;
  for await (const { name } of entriesOf(folder)) {
    const stats = await lookAt(join(folder, name));
    if (stats?.isFile() !== true || !isDue(stats)) continue;
    await unlink(join(folder, name)).catch(unlessMissing);
    removed += 1;
  }
  return removed;
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
