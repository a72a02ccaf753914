import {
  effectiveState,
  type OutcomeCounts,
  type OutcomeKind,
  type OutcomeReason,
  type OutcomeState,
} from './outcome.js';
import type { OutcomeClass } from './outcome-filter.js';

/** Where the rows of a page stand that have no state of their own. */
export type PageState = 'planned' | 'applied' | 'cancelled';

/** The outcomes of a page of one kind. */
export interface CountedKind extends OutcomeClass {
  /** As `countKey` makes it. */
  key: string;
  /** The rows' own state; null follows the page. */
  own: OutcomeState | null;
  count: number;
}

/** What a kind, as `countKey` makes it, is on a page: its state resolved through the page and, when superseded, the sync. */
export function classOf(key: string, pageState: PageState, superseded: boolean): Omit<CountedKind, 'count'> {
  const { outcome, reason, own } = ownKind(key);
  return { key, outcome, reason, own, state: effectiveState(outcome, own, pageState, superseded) };
}

/** A page's counts, see {@link classOf}; empty buckets are left out. */
export function bucketsOf(page: { state: PageState; counts: OutcomeCounts }, superseded: boolean): CountedKind[] {
  const buckets: CountedKind[] = [];
  for (const [key, count] of Object.entries(page.counts)) {
    if (count !== 0) buckets.push({ ...classOf(key, page.state, superseded), count });
  }
  return buckets;
}

type OwnKind = Pick<CountedKind, 'outcome' | 'reason' | 'own'>;

/** Each is taken apart once: there are some dozens, and a search looks at thousands of pages. */
const ownKinds = new Map<string, OwnKind>();

function ownKind(key: string): OwnKind {
  let kind = ownKinds.get(key);
  if (kind === undefined) {
    const [outcome, reason, own] = key.split(':') as [OutcomeKind, OutcomeReason, OutcomeState | ''];
    kind = { outcome, reason, own: own === '' ? null : own };
    ownKinds.set(key, kind);
  }
  return kind;
}
