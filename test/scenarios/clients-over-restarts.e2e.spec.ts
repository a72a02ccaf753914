import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SyncChangeLog, type SyncId, type TenantId } from '#core';
import { followSyncEvents, type StreamPosition } from '../support/follow-sync-events.js';
import { RunningMuster, startCompany } from '../support/running-muster.js';

type Company = Awaited<ReturnType<typeof startCompany>>;

describe('a client of a Muster that is restarted', () => {
  let muster: RunningMuster;
  let company: Company;
  beforeAll(async () => {
    muster = await RunningMuster.start();
    company = await startCompany(muster, { people: 3000, seed: 5 });
  });
  afterAll(async () => {
    await muster.stop();
    await company.source.stop();
  });

  it('gets the answer to a command again instead of a second sync', async () => {
    const first = await queueSync('order-1');
    await muster.restart();
    const second = await queueSync('order-1');
    expect(second.replayed).toBe('true');
    expect(second.id).toBe(first.id);
    await muster.api.ended(company.tenant, first.id);
  });

  it('sees each state of a sync once, in order, until its end', async () => {
    const { id } = await queueSync('order-2');
    const position: StreamPosition = { lastId: null };
    const seen = await followSyncEvents(muster.api, { tenant: company.tenant, sync: id }, position, 2);
    await muster.restart();
    while (seen.at(-1) !== 'end') {
      seen.push(...(await followSyncEvents(muster.api, { tenant: company.tenant, sync: id }, position)));
    }
    const changes = muster.part(SyncChangeLog);
    const happened = await changes.changes(company.tenant as TenantId, 0, 100, id as SyncId);
    expect(seen).toEqual([...happened.map(({ state }) => state), 'end']);
    expect(seen).toEqual(['queued', 'fetching', 'planning', 'settling', 'completed', 'end']);
  });

  async function queueSync(key: string): Promise<{ id: string; replayed: string | null }> {
    const { api } = muster;
    const response = await fetch(`${api.url}/v1/tenants/${company.tenant}/integrations/${company.integration}/syncs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.key ?? ''}`, 'idempotency-key': key },
    });
    expect(response.status).toBe(202);
    const { id } = (await response.json()) as { id: string };
    return { id, replayed: response.headers.get('idempotent-replayed') };
  }
});
