import { countKey, createdUserId, type OutcomeCounts, type OutcomeRow, type PlannedPage, type SyncId } from '#core';

/** A planned `created: new` row; whatever matters to a test is given. */
export function buildOutcomeRow(syncId: SyncId, seq: number, parts: Partial<OutcomeRow> = {}): OutcomeRow {
  const outcome = parts.outcome ?? 'created';
  const changing = outcome !== 'skipped' && outcome !== 'failed';
  return {
    seq,
    outcome,
    reason: 'new',
    state: null,
    sourceId: `s-${String(seq)}`,
    userId: changing ? createdUserId(syncId, seq) : null,
    label: `Person ${String(seq)}`,
    changes: changing ? { fullName: [null, `Person ${String(seq)}`] } : {},
    problems: [],
    userVersion: null,
    link: changing ? 'link' : 'none',
    recordHash: 'h'.repeat(22),
    dueDate: null,
    ...parts,
  };
}

/** A page whose records are the rows, the unchanged ones, or both; counts are what they should be. */
export function buildPlannedPage(
  ids: Pick<PlannedPage, 'tenantId' | 'integrationId' | 'syncId'>,
  page: number,
  firstSeq: number,
  parts: Partial<PlannedPage>,
): PlannedPage {
  const rows = parts.rows ?? [];
  const unchanged = parts.unchanged ?? { seqs: [], userIds: [] };
  const counts: OutcomeCounts = {};
  const add = (key: string): void => {
    counts[key] = (counts[key] ?? 0) + 1;
  };
  for (const row of rows) add(countKey(row.outcome, row.reason, row.state));
  for (let index = 0; index < unchanged.seqs.length; index += 1) add(countKey('skipped', 'unchanged', null));
  return {
    kind: 'planned',
    tenantId: ids.tenantId,
    integrationId: ids.integrationId,
    syncId: ids.syncId,
    page,
    firstSeq,
    records: rows.length + unchanged.seqs.length,
    claim: 1,
    rows,
    unchanged,
    refresh: [],
    counts,
    facts: Buffer.from(`facts of ${String(page)}`).toString('base64'),
    digest: String(page).padStart(64, '0'),
    ...parts,
  };
}
