import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KillableMuster } from '../chaos/killable-muster.js';
import { describeInterruptedTransfers } from '../support/interrupted-transfers.js';

describeInterruptedTransfers('by kill -9', 5, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'muster-keys-'));
  const muster = await KillableMuster.start(folder);
  return {
    get api() {
      return muster.api;
    },
    interrupt: async () => {
      await muster.kill();
      await muster.restart();
    },
    stop: async () => {
      await muster.finish();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
