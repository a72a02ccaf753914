import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InboxEntry } from '#connector-sdk';
import { FolderInbox } from './folder-inbox.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'muster-inbox-'));
  writeFileSync(join(root, 'a.csv'), Buffer.alloc(1024 * 1024));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('the files that one call of a connector reads', () => {
  it('are open in bounded number, and again when others are left', async () => {
    const inbox = new FolderInbox(root);
    const seen = (await inbox.look('a.csv')) as InboxEntry;
    const begin = async (): Promise<ReturnType<FolderInbox['read']>> => {
      const bytes = inbox.read('a.csv', seen);
      await bytes.next();
      return bytes;
    };
    const reading = [];
    for (let one = 0; one < 32; one += 1) reading.push(await begin());
    await expect(begin()).rejects.toMatchObject({ code: 'tooManyOpenFiles', recovery: 'fatal' });
    await reading.pop()?.return();
    reading.push(await begin());
    for (const bytes of reading) await bytes.return();
  });
});
