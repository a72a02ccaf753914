import { mkdtemp, mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { describeConnectorContract } from '#connector-sdk/testing';
import { FolderInbox } from '#sftp-inbox';
import { folder, nameOf } from '../running-fetch.spec.js';
import { csvInbox } from './csv-inbox.connector.js';

const doesNotApply = {
  'stops its check at wrong secrets': 'a sender shows them, not the connector',
  'stops its check at a source that is away': 'what was sent is here',
  'passes records on byte for byte': 'a row becomes an object by the header',
  'carries hostile data unharmed': 'a cell is text; what text may be is tried where CSV is read',
  'leaves a list whose cursors lead in a circle': 'a file has no cursors',
};

describeConnectorContract(csvInbox, {
  runner: { describe, it },
  transport: 'sftp',
  record: (id, value) => `${id},"${String(JSON.parse(value))}"\n`,
  start: async ({ records }) => {
    const root = await mkdtemp(join(tmpdir(), 'muster-inbox-'));
    await mkdir(join(root, folder), { recursive: true });
    const send = async (day: number, people: readonly string[]): Promise<void> => {
      const file = join(root, folder, nameOf(day));
      await writeFile(file, `Employee ID,Name\n${people.join('')}`);
      await utimes(file, 1_700_000_000, 1_700_000_000);
    };
    await send(1, records);
    return {
      config: { content: 'full' },
      secrets: { password: 'the-senders-password' },
      inbox: new FolderInbox(root),
      deltaConfig: { content: 'delta' },
      change: async (people) => send(2, people),
      traces: async () => (await readdir(root, { recursive: true })).sort(),
      stop: async () => rm(root, { recursive: true, force: true }),
    };
  },
  doesNotApply,
});
