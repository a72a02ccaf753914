import type { EffectiveOutcome, OutcomeFilter, SyncId } from '#core';
import { fitsFilter } from '#core';
import type { OutcomeReader } from './outcome-reader.js';
import { bucketsOf, toOutcome } from './outcome-states.js';
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
