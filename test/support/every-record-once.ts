import { expect } from 'vitest';
import { outcomeId, type SyncId } from '#core';
import type { MusterApi, OutcomeAnswer, SyncAnswer } from './muster-api.js';

/** What may be said of somebody whom a whole snapshot did not hold. */
const reasonsWithoutRecord = new Set(['missingFromSnapshot', 'alreadyTerminated', 'ownerChanged', 'secondarySource']);

/**
 * Checks that a sync that has ended gave every record of its manifest exactly one outcome: each is in the list, or among
 * the unchanged, who are counted only. Gives the listed outcomes.
 */
export async function expectEveryRecordOnce(api: MusterApi, tenant: string, id: string): Promise<OutcomeAnswer[]> {
  const sync: SyncAnswer = await api.sync(tenant, id);
  const records = sync.manifest?.records ?? 0;
  const listed = await api.outcomes(tenant, id);
  const seqs = listed.map(({ seq }) => seq);
  expect(new Set(seqs).size, 'no sequence is listed twice').toBe(seqs.length);

  const withRecord = listed.filter(({ seq }) => seq < records);
  const total = sync.totals.reduce((sum, { count }) => sum + count, 0);
  const unchanged = sync.totals
    .filter(({ outcome, reason }) => outcome === 'skipped' && reason === 'unchanged')
    .reduce((sum, { count }) => sum + count, 0);
  const listedUnchanged = withRecord.filter(({ reason }) => reason === 'unchanged').length;
  expect(withRecord.length - listedUnchanged + unchanged, `outcomes with a record of sync ${id}`).toBe(records);
  expect(total, `all outcomes of sync ${id}`).toBe(records + (listed.length - withRecord.length));
  const unseen = listed.filter(({ seq }) => seq >= records).map(({ reason }) => reason);
  expect(unseen.filter((reason) => !reasonsWithoutRecord.has(reason))).toEqual([]);

  const listedSeqs = new Set(seqs);
  const rest = Array.from({ length: Math.min(records, 1000) }, (_, seq) => seq).filter((seq) => !listedSeqs.has(seq));
  for (const seq of rest.slice(0, 50)) {
    const outcome = await api.must<OutcomeAnswer>(
      'GET',
      `/v1/tenants/${tenant}/outcomes/${outcomeId(id as SyncId, seq)}`,
    );
    expect(outcome).toMatchObject({ outcome: 'skipped', reason: 'unchanged', seq });
  }
  return listed;
}
