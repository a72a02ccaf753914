import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Manifest, SnapshotPage, SnapshotStore, SyncId, TenantId } from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';

const acme = 'ten_acme' as TenantId;
const globex = 'ten_globex' as TenantId;
const first = 'syn_1' as SyncId;
const second = 'syn_2' as SyncId;

/** Pages of ten records, page n starting at sequence 10 n. */
function link(page: number, claim = 1): SnapshotPage {
  return {
    page,
    firstSeq: page * 10,
    records: 10,
    bytes: 1000 + page,
    contentHash: `hash-${String(page)}`,
    cursorAfter: { after: page, skip: 0 },
    claim,
  };
}

function body(page: number): Uint8Array {
  return Uint8Array.of(page, 0, 255, 10);
}

function manifest(pages: number, finishedAt = '2026-01-01T00:00:00.000Z'): Manifest {
  return {
    pages,
    records: pages * 10,
    bytes: pages * 1000,
    extent: 'full',
    wholeness: 'complete',
    evidence: {
      declaredFirst: 20,
      declaredLast: 20,
      distinctSourceIds: 20,
      endSeen: true,
      reason: 'The end was seen.',
    },
    fetch: { requests: 3, retries: 0, byStatus: { '200': 3 }, startedAt: '2025-12-31T23:59:00.000Z' },
    failure: null,
    finishedAt,
  };
}

export function describeSnapshotStoreContract(name: string, factory: ContractFactory<SnapshotStore>): void {
  describe(`${name}: snapshot store contract`, () => {
    let subject: ContractSubject<SnapshotStore>;
    let snapshots: SnapshotStore;

    beforeEach(async () => {
      subject = await factory();
      snapshots = subject.port;
    });
    afterEach(() => subject.dispose());

    async function store(pages: number, syncId = first, tenantId = acme): Promise<void> {
      for (let page = 0; page < pages; page += 1) {
        expect(await snapshots.insertPage(tenantId, syncId, link(page), body(page))).toBe('inserted');
      }
    }

    it('inserts the link after the last one and gives it back', async () => {
      await store(2);
      expect(await snapshots.page(acme, first, 1)).toEqual(link(1));
      expect(await snapshots.lastPage(acme, first)).toEqual(link(1));
    });

    it('keeps the cursor of the last page as null', async () => {
      await snapshots.insertPage(acme, first, { ...link(0), cursorAfter: null }, body(0));
      expect((await snapshots.page(acme, first, 0))?.cursorAfter).toBeNull();
    });

    it('gives a body’s bytes as they were', async () => {
      await store(2);
      expect([...((await snapshots.body(acme, first, 1)) ?? [])]).toEqual([...body(1)]);
    });

    it('gives null for pages, bodies, manifests and snapshots that are not there', async () => {
      expect(await snapshots.lastPage(acme, first)).toBeNull();
      expect(await snapshots.manifest(acme, first)).toBeNull();
      await store(1);
      expect(await snapshots.page(acme, first, 1)).toBeNull();
      expect(await snapshots.body(acme, first, 1)).toBeNull();
      expect(await snapshots.pages(acme, first, 1, 10)).toEqual([]);
    });

    it('says taken for a page that is there and leaves it as it is', async () => {
      await store(2);
      expect(await snapshots.insertPage(acme, first, { ...link(1, 2), records: 99 }, body(9))).toBe('taken');
      expect(await snapshots.page(acme, first, 1)).toEqual(link(1));
      expect([...((await snapshots.body(acme, first, 1)) ?? [])]).toEqual([...body(1)]);
    });

    it('says taken to a lower claim as well, which then sees the higher one in what is stored', async () => {
      await snapshots.insertPage(acme, first, link(0, 5), body(0));
      expect(await snapshots.insertPage(acme, first, link(0, 4), body(0))).toBe('taken');
      expect((await snapshots.lastPage(acme, first))?.claim).toBe(5);
    });

    it('refuses a page that would leave a gap', async () => {
      expect(await snapshots.insertPage(acme, first, link(1), body(1))).toBe('refused');
      await store(1);
      expect(await snapshots.insertPage(acme, first, link(2), body(2))).toBe('refused');
      expect(await snapshots.lastPage(acme, first)).toEqual(link(0));
    });

    it('refuses a page under a lower claim than the chain holds', async () => {
      await snapshots.insertPage(acme, first, link(0, 3), body(0));
      expect(await snapshots.insertPage(acme, first, link(1, 2), body(1))).toBe('refused');
      expect(await snapshots.lastPage(acme, first)).toEqual(link(0, 3));
    });

    it('goes on under a higher claim', async () => {
      await store(1);
      expect(await snapshots.insertPage(acme, first, link(1, 2), body(1))).toBe('inserted');
    });

    it('refuses a page once the manifest has ended the chain', async () => {
      await store(1);
      await snapshots.insertManifest(acme, first, manifest(1), 1);
      expect(await snapshots.insertPage(acme, first, link(1), body(1))).toBe('refused');
    });

    it('ends the chain with a manifest and gives it back', async () => {
      await store(2);
      expect(await snapshots.insertManifest(acme, first, manifest(2), 1)).toBe('inserted');
      expect(await snapshots.manifest(acme, first)).toEqual(manifest(2));
    });

    it('takes the manifest of a snapshot without a page', async () => {
      expect(await snapshots.insertManifest(acme, first, manifest(0), 1)).toBe('inserted');
      expect(await snapshots.insertPage(acme, first, link(0), body(0))).toBe('refused');
    });

    it('refuses a manifest under a lower claim than the chain holds', async () => {
      await snapshots.insertPage(acme, first, link(0, 3), body(0));
      expect(await snapshots.insertManifest(acme, first, manifest(1), 2)).toBe('refused');
      expect(await snapshots.manifest(acme, first)).toBeNull();
    });

    it('says taken to a second manifest and keeps the first', async () => {
      await store(1);
      await snapshots.insertManifest(acme, first, manifest(1), 1);
      expect(await snapshots.insertManifest(acme, first, { ...manifest(1), wholeness: 'failed' }, 2)).toBe('taken');
      expect((await snapshots.manifest(acme, first))?.wholeness).toBe('complete');
    });

    it('lists links from a page number on, in order, no more than asked for', async () => {
      await store(12);
      expect((await snapshots.pages(acme, first, 2, 9)).map(({ page }) => page)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    });

    it('finds the page that holds a sequence', async () => {
      await store(3);
      expect((await snapshots.pageOfSeq(acme, first, 0))?.page).toBe(0);
      expect((await snapshots.pageOfSeq(acme, first, 19))?.page).toBe(1);
      expect((await snapshots.pageOfSeq(acme, first, 20))?.page).toBe(2);
      expect(await snapshots.pageOfSeq(acme, first, 30)).toBeNull();
    });

    it('keeps tenants apart that use the same ids', async () => {
      await store(2);
      await snapshots.insertManifest(acme, first, manifest(2), 1);
      expect(await snapshots.lastPage(globex, first)).toBeNull();
      expect(await snapshots.pages(globex, first, 0, 10)).toEqual([]);
      expect(await snapshots.page(globex, first, 0)).toBeNull();
      expect(await snapshots.pageOfSeq(globex, first, 0)).toBeNull();
      expect(await snapshots.body(globex, first, 0)).toBeNull();
      expect(await snapshots.manifest(globex, first)).toBeNull();
      await store(1, first, globex);
      expect(await snapshots.lastPage(acme, first)).toEqual(link(1));
    });

    it('deletes links and bodies of snapshots finished before an instant; manifests stay', async () => {
      await store(40);
      await snapshots.insertManifest(acme, first, manifest(40, '2026-01-01T00:00:00.000Z'), 1);
      await store(2, second);
      await snapshots.insertManifest(acme, second, manifest(2, '2026-01-03T00:00:00.000Z'), 1);
      expect(await snapshots.deleteFinishedBefore('2026-01-03T00:00:00.000Z', [], 10)).toBe(1);
      expect(await snapshots.lastPage(acme, first)).toBeNull();
      expect(await snapshots.body(acme, first, 0)).toBeNull();
      expect(await snapshots.manifest(acme, first)).toEqual(manifest(40));
      expect(await snapshots.lastPage(acme, second)).toEqual(link(1));
    });

    it('deletes no snapshot that is not finished', async () => {
      await store(1);
      expect(await snapshots.deleteFinishedBefore('2030-01-01T00:00:00.000Z', [], 10)).toBe(0);
      expect(await snapshots.lastPage(acme, first)).toEqual(link(0));
    });

    it('keeps the snapshots of the given syncs', async () => {
      await store(1);
      await snapshots.insertManifest(acme, first, manifest(1), 1);
      expect(await snapshots.deleteFinishedBefore('2030-01-01T00:00:00.000Z', [first], 10)).toBe(0);
      expect(await snapshots.lastPage(acme, first)).toEqual(link(0));
    });

    it('deletes up to the limit, the rest at the next calls, and then none', async () => {
      for (const syncId of ['syn_1', 'syn_2', 'syn_3'] as SyncId[]) {
        await store(1, syncId);
        await snapshots.insertManifest(acme, syncId, manifest(1), 1);
      }
      expect(await snapshots.deleteFinishedBefore('2030-01-01T00:00:00.000Z', [], 2)).toBe(2);
      expect(await snapshots.deleteFinishedBefore('2030-01-01T00:00:00.000Z', [], 2)).toBe(1);
      expect(await snapshots.deleteFinishedBefore('2030-01-01T00:00:00.000Z', [], 2)).toBe(0);
    });

    it('keeps the chain over a restart', async () => {
      await store(2);
      const again = await subject.reopen();
      expect(await again.lastPage(acme, first)).toEqual(link(1));
      expect(await again.insertPage(acme, first, link(1), body(1))).toBe('taken');
      expect(await again.insertPage(acme, first, link(2, 2), body(2))).toBe('inserted');
    });
  });
}
