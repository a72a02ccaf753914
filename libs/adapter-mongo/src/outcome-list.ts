import type { EffectiveOutcome, OutcomeFilter, SyncId } from '#core';
import { bucketsOf, countKey, fitsFilter, unchangedOutcome } from '#core';
import type { OutcomeReader } from './outcome-reader.js';
import { toOutcome } from './outcome-states.js';
import type { OutcomePageDocument } from './schemas/outcomes.js';

/** Pages read in one step; their bodies are unpacked together. */
const pagesPerStep = 4;

/**
 * Effective rows of a sync that fit a filter, in order of sequence, after one. The pages' counts say which of them hold
 * such rows at all, so that no index on the rows is needed.
 */
export async function listOutcomes(
  reader: OutcomeReader,
  syncId: SyncId,
  superseded: boolean,
  filter: OutcomeFilter,
  afterSeq: number,
  limit: number,
): Promise<EffectiveOutcome[]> {
  const found: EffectiveOutcome[] = [];
  const read = async (pages: readonly OutcomePageDocument[]): Promise<void> => {
    const statuses = new Map(pages.map((page) => [page.page, page]));
    for (const one of await reader.effective(pages)) {
      if (one.row.seq <= afterSeq || found.length >= limit) continue;
      const outcome = toOutcome(syncId, one, statuses.get(one.page) ?? null, superseded);
      if (fitsFilter({ ...outcome, state: outcome.effectiveState }, filter)) found.push(outcome);
    }
  };
  let step: OutcomePageDocument[] = [];
  for await (const page of reader.pagesFromSequence(afterSeq + 1)) {
    if (!bucketsOf(page, superseded).some((bucket) => fitsFilter(bucket, filter))) continue;
    step.push(page);
    const rows = step.reduce((sum, one) => sum + one.end - one.firstSeq, 0);
    if (step.length < pagesPerStep && rows < limit) continue;
    await read(step);
    step = [];
    if (found.length >= limit) return found;
  }
  await read(step);
  return found;
}

/**
 * Unchanged people of a sync in order of sequence, after one, the packed ones included: what has no row is unchanged. Of a page
 * where that is not as many as are counted, retention has just taken the rows.
 */
export async function listUnchanged(
  reader: OutcomeReader,
  syncId: SyncId,
  afterSeq: number,
  limit: number,
): Promise<EffectiveOutcome[]> {
  const counted = ({ counts }: OutcomePageDocument) => counts[countKey('skipped', 'unchanged', null)] ?? 0;
  const found: EffectiveOutcome[] = [];
  const read = async (pages: readonly OutcomePageDocument[]): Promise<void> => {
    const [rows, users] = await Promise.all([reader.effective(pages), reader.unchangedUsers(pages)]);
    const bySeq = new Map(rows.map((one) => [one.row.seq, one]));
    for (const page of pages) {
      const unchanged: EffectiveOutcome[] = [];
      for (let seq = page.firstSeq; seq < page.end; seq += 1) {
        const one = bySeq.get(seq);
        if (one === undefined) unchanged.push(unchangedOutcome(syncId, seq, page.page, users.get(seq) ?? null));
        else if (one.row.outcome === 'skipped' && one.row.reason === 'unchanged') {
          unchanged.push(toOutcome(syncId, one, page, false));
        }
      }
      if (unchanged.length === counted(page)) found.push(...unchanged.filter(({ seq }) => seq > afterSeq));
    }
  };
  let step: OutcomePageDocument[] = [];
  for await (const page of reader.pagesFromSequence(afterSeq + 1)) {
    if (counted(page) === 0) continue;
    step.push(page);
    const unchanged = step.reduce((sum, one) => sum + counted(one), 0);
    if (step.length < pagesPerStep && unchanged < limit) continue;
    await read(step);
    step = [];
    if (found.length >= limit) return found.slice(0, limit);
  }
  if (step.length > 0) await read(step);
  return found.slice(0, limit);
}
