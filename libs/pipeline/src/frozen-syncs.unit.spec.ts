import { describe, expect, it } from 'vitest';
import { newId, type Sync, type SyncId, type SyncStore, type TenantId } from '#core';
import { FrozenSyncs } from './frozen-syncs.js';

describe('FrozenSyncs', () => {
  it('reads and makes a sync once', async () => {
    const { store, tenantId, syncId, reads } = oneSync();
    const syncs = new FrozenSyncs(store, ({ id }) => ({ id }));
    const first = await syncs.get(tenantId, syncId);
    expect(first).toEqual({ id: syncId });
    expect(await syncs.get(tenantId, syncId)).toBe(first);
    expect(reads()).toBe(1);
  });

  it('does not know another tenant’s sync, though it has it at hand', async () => {
    const { store, tenantId, syncId } = oneSync();
    const syncs = new FrozenSyncs(store, (sync) => sync);
    await syncs.get(tenantId, syncId);
    await expect(syncs.get(newId('tenant'), syncId)).rejects.toMatchObject({ code: 'unknownSync' });
  });
});

function oneSync(): { store: SyncStore; tenantId: TenantId; syncId: SyncId; reads(): number } {
  const [tenantId, syncId] = [newId('tenant'), newId('sync')];
  let reads = 0;
  const store: Pick<SyncStore, 'sync'> = {
    sync: (tenant, id) => {
      reads += 1;
      return Promise.resolve(tenant === tenantId && id === syncId ? ({ id, tenantId } as Sync) : null);
    },
  };
  return { store: store as SyncStore, tenantId, syncId, reads: () => reads };
}
