import type {
  CountedKind,
  EffectiveOutcome,
  OutcomeKind,
  OutcomeReason,
  OutcomeRow,
  OutcomeState,
  Rank,
  SyncId,
} from '#core';
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

/** What a kind, as `countKey` makes it, is on a page: its state resolved through the page and, when superseded, the sync. */
export function classOf(
  kind: string,
  { state: pageState }: Pick<OutcomePageDocument, 'state'>,
  superseded: boolean,
): Omit<CountedKind, 'count'> {
  const [outcome, reason, text] = kind.split(':') as [OutcomeKind, OutcomeReason, OutcomeState | ''];
  const own = text === '' ? null : text;
  return { key: kind, outcome, reason, own, state: effectiveState(outcome, own, pageState, superseded) };
}

/** A page's counts; empty buckets are left out. */
export function bucketsOf(page: OutcomePageDocument, superseded: boolean): CountedKind[] {
  return Object.entries(page.counts).flatMap(([kind, count]) =>
    count === 0 ? [] : [{ ...classOf(kind, page, superseded), count }],
  );
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
