import { countKey } from './outcome.js';
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
