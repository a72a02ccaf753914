import type { EffectiveOutcome, OutcomeFilter, OutcomeSearch, SyncId } from '#core';
import { foldText, outcomeSearchText } from '#core';
import type { OutcomeReader } from './outcome-reader.js';
import { bucketsOf, toOutcome } from './outcome-states.js';
import type { OutcomePageDocument } from './schemas/outcomes.js';

/** Pages read in one step; their bodies are unpacked together. */
const pagesPerStep = 4;

/**
 * Effective rows of a sync that fit a filter, in order of sequence, after one. The pages' counts say which of them hold
 * such rows at all, so that no index on the rows is needed; only a search by text may read in vain: as many as `pagesAtMost`.
 */
export async function listOutcomes(
  reader: OutcomeReader,
  syncId: SyncId,
  superseded: boolean,
  filter: OutcomeFilter,
  afterSeq: number,
  limit: number,
  pagesAtMost = Infinity,
): Promise<OutcomeSearch> {
  const found: EffectiveOutcome[] = [];
  const needle = foldText(filter.q ?? '');
  const read = async (pages: readonly OutcomePageDocument[]): Promise<void> => {
    const statuses = new Map(pages.map((page) => [page.page, page]));
    for (const one of await reader.effective(pages)) {
      if (one.row.seq <= afterSeq || found.length >= limit) continue;
      const outcome = toOutcome(syncId, one, statuses.get(one.page) ?? null, superseded);
      if (fits(outcome, filter, needle)) found.push(outcome);
    }
  };
  let pages = 0;
  let step: OutcomePageDocument[] = [];
  for await (const page of reader.pagesFromSequence(afterSeq + 1)) {
    if (!holdsAny(page, filter, superseded)) continue;
    if (pages === pagesAtMost) {
      await read(step);
      return { rows: found, pages, isPartial: found.length < limit };
    }
    pages += 1;
    step.push(page);
    const rows = step.reduce((sum, one) => sum + one.end - one.firstSeq, 0);
    if (step.length < pagesPerStep && rows < limit) continue;
    await read(step);
    step = [];
    if (found.length >= limit) return { rows: found, pages, isPartial: false };
  }
  await read(step);
  return { rows: found, pages, isPartial: false };
}

function fits(outcome: EffectiveOutcome, filter: OutcomeFilter, needle: string): boolean {
  return (
    (filter.outcome === undefined || outcome.outcome === filter.outcome) &&
    (filter.reason === undefined || outcome.reason === filter.reason) &&
    outcome.reason !== filter.exceptReason &&
    (filter.state === undefined || outcome.effectiveState === filter.state) &&
    (needle === '' || outcomeSearchText(outcome).includes(needle))
  );
}

function holdsAny(page: OutcomePageDocument, filter: OutcomeFilter, superseded: boolean): boolean {
  return bucketsOf(page, superseded).some(
    (bucket) =>
      (filter.outcome === undefined || bucket.outcome === filter.outcome) &&
      (filter.reason === undefined || bucket.reason === filter.reason) &&
      bucket.reason !== filter.exceptReason &&
      (filter.state === undefined || bucket.state === filter.state),
  );
}
