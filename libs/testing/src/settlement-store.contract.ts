import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId, type SettlementChunk, type SettlementHeader, type SettlementStore, type Slice } from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';
import { buildOutcomeRow } from './outcome-builders.js';

function header(attempt: string, claim: number): SettlementHeader {
  return {
    attempt,
    claim,
    chunks: 1,
    exceptions: 1,
    removalPages: 0,
    removals: 0,
    held: 1,
    planHash: `plan of ${attempt}`,
    verdicts: [{ rule: 'failures', measured: 1, limit: 2, population: 9, tripped: false, message: 'fine' }],
    judgedMissing: true,
    notSeen: 3,
    population: 9,
    settledAt: '2026-01-01T00:00:00.000Z',
  };
}

/** What every settlement store keeps. */
export function describeSettlementStoreContract(name: string, factory: ContractFactory<SettlementStore>): void {
  describe(`${name}: settlement store contract`, () => {
    let subject: ContractSubject<SettlementStore>;
    let store: SettlementStore;
    const tenantId = newId('tenant');
    const syncId = newId('sync');
    const slices: Slice[] = [
      { kind: 'page', page: 0 },
      { kind: 'outcomes', page: 1, seqs: [501, 502] },
      { kind: 'transfer', transfer: 7, seqs: [7, 9] },
    ];

    beforeEach(async () => {
      subject = await factory();
      store = subject.port;
    });
    afterEach(() => subject.dispose());

    it('gives a chunk back as it was put, also after a restart, and replaces it', async () => {
      const chunk: SettlementChunk = {
        kind: 'exceptions',
        rows: [{ ...buildOutcomeRow(syncId, 3, { state: 'held', detail: { heldBy: ['failures'] } }), page: 0 }],
      };
      await store.putChunk(tenantId, syncId, 'a', 0, { kind: 'exceptions', rows: [] });
      await store.putChunk(tenantId, syncId, 'a', 0, chunk);
      expect(await store.chunk(tenantId, syncId, 'a', 0)).toEqual(chunk);
      expect(await (await subject.reopen()).chunk(tenantId, syncId, 'a', 0)).toEqual(chunk);
    });

    it('gives back a chunk of any size, and replaces it by a small one', async () => {
      const rows = Array.from({ length: 30 }, (_, seq) => ({
        ...buildOutcomeRow(syncId, seq, { changes: { title: [null, randomBytes(450_000).toString('base64')] } }),
        page: 0,
      }));
      await store.putChunk(tenantId, syncId, 'a', 1, { kind: 'exceptions', rows });
      expect(await store.chunk(tenantId, syncId, 'a', 1)).toEqual({ kind: 'exceptions', rows });
      await store.putChunk(tenantId, syncId, 'a', 1, { kind: 'exceptions', rows: rows.slice(0, 1) });
      expect(await store.chunk(tenantId, syncId, 'a', 1)).toEqual({ kind: 'exceptions', rows: rows.slice(0, 1) });
      expect(await store.chunk(tenantId, syncId, 'a', 0)).toBeNull();
    });

    it('keeps the chunks of attempts, indices, syncs and tenants apart', async () => {
      await store.putChunk(tenantId, syncId, 'a', 0, { kind: 'exceptions', rows: [] });
      expect(await store.chunk(tenantId, syncId, 'b', 0)).toBeNull();
      expect(await store.chunk(tenantId, syncId, 'a', 1)).toBeNull();
      expect(await store.chunk(tenantId, newId('sync'), 'a', 0)).toBeNull();
      expect(await store.chunk(newId('tenant'), syncId, 'a', 0)).toBeNull();
    });

    it('lets the first header win', async () => {
      expect(await store.header(tenantId, syncId)).toBeNull();
      expect(await store.putHeader(tenantId, syncId, header('a', 2))).toBe('written');
      expect(await store.putHeader(tenantId, syncId, header('b', 3))).toBe('taken');
      expect(await store.header(tenantId, syncId)).toEqual(header('a', 2));
      expect(await (await subject.reopen()).header(tenantId, syncId)).toEqual(header('a', 2));
    });

    it('refuses a header of a lower claim', async () => {
      await store.putHeader(tenantId, syncId, header('a', 2));
      await expect(store.putHeader(tenantId, syncId, header('b', 1))).rejects.toMatchObject({ code: 'claimStale' });
      expect(await store.header(tenantId, syncId)).toEqual(header('a', 2));
    });

    it('says written to the same attempt that comes again', async () => {
      await store.putHeader(tenantId, syncId, header('a', 2));
      expect(await store.putHeader(tenantId, syncId, header('a', 2))).toBe('written');
    });

    it('keeps the chunks of the attempt that the header names', async () => {
      await store.putChunk(tenantId, syncId, 'lost', 0, { kind: 'exceptions', rows: [] });
      await store.putChunk(tenantId, syncId, 'a', 0, { kind: 'removals', page: 4, firstSeq: 9, rows: [] });
      await store.putHeader(tenantId, syncId, header('a', 1));
      expect(await store.chunk(tenantId, syncId, 'a', 0)).toMatchObject({ kind: 'removals', page: 4 });
    });

    it('has no slice list before a round is sealed', async () => {
      await store.putSlices(tenantId, syncId, 0, 0, slices);
      expect(await store.sliceList(tenantId, syncId, 0)).toBeNull();
      await store.sealSlices(tenantId, syncId, 0, 3);
      expect(await store.sliceList(tenantId, syncId, 0)).toEqual({ round: 0, slices: 3, cutAt: null, finished: false });
    });

    it('gives the slices of a sealed round by index, also after a restart', async () => {
      await store.putSlices(tenantId, syncId, 0, 0, slices.slice(0, 2));
      await store.putSlices(tenantId, syncId, 0, 2, slices.slice(2));
      await store.sealSlices(tenantId, syncId, 0, 3);
      const again = await subject.reopen();
      expect(await Promise.all([0, 1, 2, 3].map((index) => again.slice(tenantId, syncId, 0, index)))).toEqual([
        ...slices,
        null,
      ]);
    });

    it('replaces the slices from an index on while the round is not sealed', async () => {
      await store.putSlices(tenantId, syncId, 0, 0, slices);
      await store.putSlices(tenantId, syncId, 0, 1, [{ kind: 'page', page: 8 }]);
      await store.sealSlices(tenantId, syncId, 0, 2);
      expect(await store.slice(tenantId, syncId, 0, 0)).toEqual(slices[0]);
      expect(await store.slice(tenantId, syncId, 0, 1)).toEqual({ kind: 'page', page: 8 });
      expect(await store.slice(tenantId, syncId, 0, 2)).toBeNull();
    });

    it('lets the first seal win and changes nothing of a sealed round', async () => {
      await store.putSlices(tenantId, syncId, 0, 0, slices);
      await store.sealSlices(tenantId, syncId, 0, 3);
      await store.sealSlices(tenantId, syncId, 0, 1);
      await store.putSlices(tenantId, syncId, 0, 0, [{ kind: 'page', page: 8 }]);
      expect(await store.sliceList(tenantId, syncId, 0)).toMatchObject({ slices: 3 });
      expect(await store.slice(tenantId, syncId, 0, 0)).toEqual(slices[0]);
      expect(await store.slice(tenantId, syncId, 0, 2)).toEqual(slices[2]);
    });

    it('keeps rounds apart', async () => {
      await store.putSlices(tenantId, syncId, 0, 0, slices);
      await store.sealSlices(tenantId, syncId, 0, 3);
      await store.putSlices(tenantId, syncId, 1, 0, slices.slice(1));
      await store.sealSlices(tenantId, syncId, 1, 2);
      await store.cutSlices(tenantId, syncId, 1, 1);
      expect(await store.slice(tenantId, syncId, 1, 0)).toEqual(slices[1]);
      expect(await store.sliceList(tenantId, syncId, 0)).toEqual({ round: 0, slices: 3, cutAt: null, finished: false });
    });

    it('lets the first cut win', async () => {
      await store.sealSlices(tenantId, syncId, 0, 3);
      await store.cutSlices(tenantId, syncId, 0, 2);
      await store.cutSlices(tenantId, syncId, 0, 1);
      expect(await store.sliceList(tenantId, syncId, 0)).toMatchObject({ cutAt: 2, finished: false });
    });

    it('remembers that a round is finished', async () => {
      await store.sealSlices(tenantId, syncId, 0, 0);
      await store.finishRound(tenantId, syncId, 0);
      await store.finishRound(tenantId, syncId, 0);
      expect(await store.sliceList(tenantId, syncId, 0)).toMatchObject({ slices: 0, finished: true });
    });
  });
}
