import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { KillableMuster } from '../chaos/killable-muster.js';
import { marked } from '../support/canary.js';
import { ScimClient } from '../support/scim-client.js';

describe('kill -9 right after an identity provider was told that somebody was created', () => {
  it('loses nobody: all who were answered for arrive after the restart', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'muster-pushes-'));
    const muster = await KillableMuster.start(directory);
    let scim = await ScimClient.ofNewIntegration(muster.api);
    let people = 0;
    // The first is killed before any sync has begun; the others somewhere in the sync of that one, or their own.
    for (const more of [1, 40]) {
      await Promise.all(
        Array.from({ length: more }, async (_, index) => {
          const userName = marked(`p${String(people + index)}@x.y`);
          await scim.must('POST', '/Users', 201, { userName, displayName: marked('P') });
        }),
      );
      people += more;
      await muster.kill();
      await muster.restart();
      scim = scim.of(muster.api);
    }
    const arrived = async (): Promise<number> => {
      let count = 0;
      for await (const _user of muster.api.list(`/v1/tenants/${scim.tenant}/users`)) count += 1;
      return count;
    };
    await expect.poll(arrived, { timeout: 60_000, interval: 100 }).toBe(people);
    await muster.finish();
    rmSync(directory, { recursive: true });
  });
});
