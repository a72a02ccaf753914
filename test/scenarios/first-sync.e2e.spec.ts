import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningMuster, startCompany } from '../support/running-muster.js';

describe('the first sync of a company', () => {
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start();
  });
  afterAll(() => muster.stop());

  it('is planned dry, approved as it stands, and then changes nobody', async () => {
    const { tenant, integration, source } = await startCompany(
      muster,
      { people: 1200, seed: 3 },
      { standing: 'observe' },
    );
    const refused = await muster.api.call('POST', `/v1/tenants/${tenant}/integrations/${integration}/syncs`, {
      mode: 'live',
    });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'dryFirst' });

    const dry = await muster.api.runSync(tenant, integration, {});
    expect(dry).toMatchObject({ state: 'completed', mode: 'dry', manifest: { wholeness: 'complete', extent: 'full' } });
    expect(await muster.users(tenant)).toHaveLength(0);
    const planned = await muster.api.outcomes(tenant, dry.id);

    const live = await muster.api.approved(tenant, dry);
    expect(live).toMatchObject({ state: 'completed', mode: 'live' });
    const applied = await muster.api.outcomes(tenant, dry.id);
    const bare = ({ seq, outcome, reason, changes }: (typeof applied)[number]) => ({ seq, outcome, reason, changes });
    expect(applied.map(bare)).toEqual(planned.map(bare));
    expect(await muster.users(tenant)).toHaveLength(live.counts['created'] ?? -1);

    const again = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(again).toMatchObject({ state: 'completed', counts: { created: 0, updated: 0, deprovisioned: 0 } });
    const sum = Object.values(again.counts).reduce((total, count) => total + count, 0);
    expect(sum).toBe(again.manifest?.records);
    await source.stop();
  });
});
