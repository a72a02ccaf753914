import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { KillableMuster } from '../chaos/killable-muster.js';
import { startWorkdayTenant } from '../support/workday-tenant.js';

describe('kill -9 while Workday is read with a refresh token that is good for one use', () => {
  it('never costs the token: at its first use the next one is stored', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'muster-workday-'));
    const muster = await KillableMuster.start(directory);
    const { tenant, integration, source } = await startWorkdayTenant(
      muster.api,
      { people: 50, isRotating: true },
      { by: 'withRefreshToken' },
    );
    const tokens = new Set([source.refreshToken]);
    source.behave({ kind: 'stall', afterEntries: 0 });
    for (const mode of ['dry', 'live'] as const) {
      const asked = source.nextReport();
      const syncs = `/v1/tenants/${tenant}/integrations/${integration}/syncs`;
      const { id } = await muster.api.must<{ id: string }>('POST', syncs, { mode });
      await asked;
      await muster.kill();
      tokens.add(source.refreshToken);
      await muster.restart();
      await muster.api.call('POST', `/v1/tenants/${tenant}/syncs/${id}/cancel`);
      await muster.api.ended(tenant, id);
    }
    expect(tokens.size).toBe(3);

    source.behave(null);
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(sync, sync.summary).toMatchObject({ state: 'completed', counts: { created: 50 } });
    expect(source.refusedTokens).toBe(0);
    await muster.finish();
    await source.stop();
    rmSync(directory, { recursive: true });
  });
});
