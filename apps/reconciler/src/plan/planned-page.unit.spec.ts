import { describe, expect, it } from 'vitest';
import type { IntegrationId, PlannedPage, SeenRefresh, SyncId, TenantId, UserId } from '#core';
import { factKind, noClaims } from '#reconciliation';
import { plannedPage } from './plan-page.js';

const syncId = 'syn_0000000000000000' as SyncId;
const userId = 'usr_1' as UserId;
const refresh: SeenRefresh = { seq: 0, sourceId: 's0', userId, recordHash: 'h', userVersion: 3, dueDate: null };

/** A page with one unchanged record. */
function pageOf(renewed: SeenRefresh | null): PlannedPage {
  const page = {
    tenantId: 'ten_1' as TenantId,
    integrationId: 'int_1' as IntegrationId,
    syncId,
    page: 0,
    firstSeq: 0,
    records: 1,
    claim: 1,
  };
  const decision = { kind: factKind.unchanged, row: null, userId, refresh: renewed, claims: noClaims };
  return plannedPage(page, syncId, [{ decision, sourceId: 's0', candidates: [], holders: {} }]);
}

const digestOf = (renewed: SeenRefresh | null) => pageOf(renewed).digest;

describe('a planned page', () => {
  it('says who is unchanged, and what their source calls them', () => {
    expect(pageOf(null).unchanged).toEqual({ seqs: [0], userIds: [userId], sourceIds: ['s0'] });
  });
});

describe('the digest of a planned page', () => {
  it('tells a renewed link from one that is left alone, and one renewal from another', () => {
    const digests = [
      null,
      refresh,
      { ...refresh, recordHash: 'i' },
      { ...refresh, userVersion: 4 },
      { ...refresh, dueDate: '2026-05-01' },
      { ...refresh, sourceId: 's1' },
    ].map(digestOf);
    expect(new Set(digests).size).toBe(digests.length);
    expect(digestOf({ ...refresh })).toBe(digestOf(refresh));
  });
});
