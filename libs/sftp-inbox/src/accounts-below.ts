import { join } from 'node:path';
import { type AccountId, parseAccountName } from './account-name.js';
import { entriesOf } from './entries-of.js';

/** The accounts that have a folder in one of the inbox directory's own. */
export async function* accountsBelow(folder: string): AsyncGenerator<AccountId> {
  for await (const tenant of entriesOf(folder)) {
    for await (const integration of entriesOf(join(folder, tenant.name))) {
      const id = parseAccountName(`${tenant.name}.${integration.name}`);
      if (id !== null) yield id;
    }
  }
}
