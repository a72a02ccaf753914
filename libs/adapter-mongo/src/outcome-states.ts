import type { EffectiveOutcome, OutcomeRow, Rank, SyncId } from '#core';
import { changesDirectory, effectiveState } from '#core';
import type { OutcomePageDocument } from './schemas/outcomes.js';

/** A row with the page it belongs to and the rank at which it was found. */
export interface RankedRow {
  row: OutcomeRow;
  page: number;
  rank: Rank;
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

/** True when applying the row touches a link although no user changes. */
export function touchesOnlyLink({ outcome, link }: Pick<OutcomeRow, 'outcome' | 'link'>): boolean {
  return link !== 'none' && !changesDirectory(outcome);
}

/** A transfer is applied by a slice of its own: its members don't follow their page. */
export function withTransferState(row: OutcomeRow): OutcomeRow {
  if (row.state !== null || row.detail?.transfer === undefined || !changesDirectory(row.outcome)) return row;
  return { ...row, state: 'planned' };
}
