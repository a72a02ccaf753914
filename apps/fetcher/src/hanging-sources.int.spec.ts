import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import {
  CheckStore,
  type ConnectionCheck,
  ConnectorStateStore,
  type Integration,
  newId,
  SecretBox,
  SettingsStore,
  SettlementStore,
  SyncStore,
} from '#core';
import { FindWork } from './find-work.js';
import {
  manifestOf,
  newDataDirectory,
  queueSync,
  range,
  type RunningFetcher,
  scripted,
  seed,
  startFetcher,
} from './running-fetcher.spec.js';

/** Of one tenant, more than a fetcher does at once, of whatever kind. */
const many = 30;
const requestedAt = '2026-01-01T00:00:00.000Z';
const soon = { timeout: 15_000, interval: 10 };

/** Hangs where its integration is set up to, until it is told to end. */
const connector = scripted(
  async function* ({ config, signal }) {
    if (hangsIn(config) === 'reading') await end(signal);
    yield { records: range(0, 3), next: null, declaredTotal: 3 };
    return { extent: 'full', lastPageSeen: true };
  },
  {
    config: z.object({ hangs: z.enum(['reading', 'archiving', 'nowhere']) }),
    async *check({ config, signal }) {
      if (hangsIn(config) === 'reading') await end(signal);
      yield { step: 'configuration', ok: true, message: 'fine' } as const;
    },
    async commit({ config, signal }) {
      if (hangsIn(config) === 'archiving') await end(signal);
    },
  },
);

function hangsIn(config: unknown): string {
  return (config as { hangs: string }).hangs;
}

async function end(signal: AbortSignal): Promise<void> {
  await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('told to end'))));
}

describe('a tenant whose sources hang', () => {
  let directory: ReturnType<typeof newDataDirectory>;
  let fetcher: RunningFetcher;
  let hanging: Integration;
  let healthy: Integration;

  beforeEach(async () => {
    directory = newDataDirectory();
    fetcher = await startFetcher(directory.path, [connector]);
    hanging = await seed(fetcher, connector, { config: { hangs: 'reading' } });
    healthy = await seed(fetcher, connector, { config: { hangs: 'nowhere' } });
  });
  afterEach(async () => {
    await fetcher.stop();
    directory.remove();
  });

  async function check(of: Integration, id: string): Promise<ConnectionCheck> {
    const asked = { id, tenantId: of.tenantId, integrationId: of.id, requestedAt, finishedAt: null, steps: [] };
    await fetcher.app.get(CheckStore).request(asked);
    fetcher.wake();
    return asked;
  }

  it('keeps nobody else from reading', async () => {
    for (let n = 0; n < many; n += 1) await queueSync(fetcher, connector, hanging, { mode: 'dry' });
    const sync = await queueSync(fetcher, connector, healthy);
    expect(await manifestOf(fetcher, sync)).toMatchObject({ records: 3, wholeness: 'complete' });
    const left = await fetcher.app.get(FindWork, { strict: false }).fetches();
    expect(left.filter(({ tenantId }) => tenantId === hanging.tenantId)).toHaveLength(many);
    expect(await fetcher.app.get(SyncStore).open()).toHaveLength(many + 1);
  });

  it('keeps nobody else from having a connection checked', async () => {
    for (let n = 0; n < many; n += 1) await check(hanging, `chk_${String(n).padStart(2, '0')}`);
    const { tenantId, id } = await check(healthy, 'chk_z');
    const checks = fetcher.app.get(CheckStore);
    await vi.waitFor(async () => expect((await checks.check(tenantId, id))?.finishedAt).not.toBeNull(), soon);
    expect(await checks.pending(1_000)).toHaveLength(many);
  });

  /** A sync of this integration of which all is done but its last step. */
  async function toCommit(of: Integration): Promise<void> {
    const sync = await queueSync(fetcher, connector, of);
    await manifestOf(fetcher, sync);
    await fetcher.app.get(SyncStore).move(sync.tenantId, sync.id, 'queued', 'applying', { round: 0 });
    const settlements = fetcher.app.get(SettlementStore);
    await settlements.sealSlices(sync.tenantId, sync.id, 0, 0);
    await settlements.finishRound(sync.tenantId, sync.id, 0);
    fetcher.wake();
  }

  it('keeps nobody else’s syncs from their last step', async () => {
    const states = fetcher.app.get(ConnectorStateStore);
    const others: Integration[] = [];
    for (let n = 0; n < 10; n += 1) {
      const other: Integration = { ...hanging, id: newId('integration'), config: { hangs: 'archiving' } };
      await fetcher.app
        .get(SettingsStore)
        .createIntegration(other, fetcher.app.get(SecretBox).seal(other.tenantId, {}));
      await toCommit(other);
      others.push(other);
    }
    await toCommit(healthy);
    await vi.waitFor(async () => expect(await states.read(healthy.tenantId, healthy.id)).not.toBeNull(), soon);
    for (const { tenantId, id } of others) expect(await states.read(tenantId, id)).toBeNull();
  });
});
