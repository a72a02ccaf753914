import type { OutcomeKind, OutcomeReason, OutcomeState } from './outcome.js';
import type { OutcomeFilter } from './ports/outcome-store.port.js';

/** What an outcome is, whoever it is about; the state resolved through page and sync. */
export interface OutcomeClass {
  outcome: OutcomeKind;
  reason: OutcomeReason;
  state: OutcomeState | null;
}

/** True when everything that the filter says of an outcome but its text is so. */
export function fitsFilter({ outcome, reason, state }: OutcomeClass, filter: Readonly<OutcomeFilter>): boolean {
  return (
    (filter.outcome === undefined || outcome === filter.outcome) &&
    (filter.reason === undefined || reason === filter.reason) &&
    reason !== filter.exceptReason &&
    (filter.state === undefined || state === filter.state)
  );
}

/** True for a filter that says nothing of an outcome but its text. */
export function fitsAll({ outcome, reason, exceptReason, state }: Readonly<OutcomeFilter>): boolean {
  return [outcome, reason, exceptReason, state].every((one) => one === undefined);
}
