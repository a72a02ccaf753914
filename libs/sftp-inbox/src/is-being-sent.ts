import { join } from 'node:path';
import type { AccountId } from './account-name.js';
import { entriesOf } from './entries-of.js';
import type { InboxDirectory } from './inbox-directory.js';
import { lookAt } from './inbox-path.js';

/** An upload that has not grown for so long holds up nothing. */
const stuckAfterMs = 60_000;

/** Whether a file is just being sent for an integration, to whichever server that shares the directory. */
export async function isBeingSent(directory: InboxDirectory, id: AccountId, nowMs: number): Promise<boolean> {
  const incoming = directory.incomingOf(id);
  for await (const { name } of entriesOf(incoming)) {
    const stats = await lookAt(join(incoming, name));
    if (stats?.isFile() === true && stats.mtimeMs > nowMs - stuckAfterMs) return true;
  }
  return false;
}
