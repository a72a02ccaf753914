import type { EffectiveOutcome, OutcomeKind, OutcomeReason, OutcomeRow, OutcomeState, Rank, SyncId } from '#core';
import { changesDirectory, effectiveState } from '#core';
import type { OutcomePageDocument } from './schemas/outcomes.js';

/** A row with the page it belongs to and the rank at which it was found. */
export interface RankedRow {
  row: OutcomeRow;
  page: number;
  rank: Rank;
}

/** One bucket of a page's counts, the state resolved through the page and, when superseded, the sync. */
export interface PageBucket {
  outcome: OutcomeKind;
  reason: OutcomeReason;
  /** The rows' own state; null follows the page. */
  own: OutcomeState | null;
  state: OutcomeState | null;
  count: number;
}

export function toOutcome(
  syncId: SyncId,
  { row, page, rank }: RankedRow,
  status: OutcomePageDocument | null,
  superseded: boolean,
): EffectiveOutcome {
  const state = effectiveState(row.outcome, row.state, status?.state ?? 'planned', superseded);
  return { ...row, syncId, page, rank, effectiveState: state };
}

/** A page's counts with their states resolved; empty buckets are left out. */
export function bucketsOf({ counts, state: pageState }: OutcomePageDocument, superseded: boolean): PageBucket[] {
  const buckets: PageBucket[] = [];
  for (const [name, count] of Object.entries(counts)) {
    if (count === 0) continue;
    const [outcome, reason, text] = name.split(':') as [OutcomeKind, OutcomeReason, OutcomeState | ''];
    const own = text === '' ? null : text;
    buckets.push({ outcome, reason, own, state: effectiveState(outcome, own, pageState, superseded), count });
  }
  return buckets;
}

/** True when applying the row touches a link although no user changes. */
export function touchesOnlyLink({ outcome, link }: Pick<OutcomeRow, 'outcome' | 'link'>): boolean {
  return link !== 'none' && !changesDirectory(outcome);
}

/** A transfer is applied by a slice of its own: its members don't follow their page. */
export function withTransferState(row: OutcomeRow): OutcomeRow {
  if (row.state !== null || row.detail?.transfer === undefined || !changesDirectory(row.outcome)) return row;
  return { ...row, state: 'planned' };
}
