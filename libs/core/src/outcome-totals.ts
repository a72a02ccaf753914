import { countKey, type OutcomeKind } from './outcome.js';
import type { OutcomeTotal } from './ports/outcome-store.port.js';

/** One total for each outcome, reason and state among the parts. */
export function sumTotals(parts: Iterable<Readonly<OutcomeTotal>>): OutcomeTotal[] {
  const totals = new Map<string, OutcomeTotal>();
  for (const { outcome, reason, state, count } of parts) {
    const key = countKey(outcome, reason, state);
    const total = totals.get(key);
    if (total === undefined) totals.set(key, { outcome, reason, state, count });
    else total.count += count;
  }
  return [...totals.values()];
}

/** How many people have each outcome, whatever its reason and state; nothing of outcomes that nobody has. */
export function countsByOutcome(
  totals: Iterable<Readonly<Pick<OutcomeTotal, 'outcome' | 'count'>>>,
): Partial<Record<OutcomeKind, number>> {
  const counts: Partial<Record<OutcomeKind, number>> = {};
  for (const { outcome, count } of totals) counts[outcome] = (counts[outcome] ?? 0) + count;
  return counts;
}
