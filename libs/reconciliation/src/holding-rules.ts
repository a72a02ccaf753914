import { changesDirectory, type OutcomeRow, type SafeguardRule, type SafeguardVerdict } from '#core';
import { isManagerChange } from './decision.js';
import { isExplicit } from './page-facts.js';

/** The tripped rules that count this outcome and therefore hold it; empty when it may pass. */
export function holdingRules(row: OutcomeRow, tripped: readonly SafeguardVerdict[]): SafeguardRule[] {
  if (!changesDirectory(row.outcome)) return [];
  const rules = tripped.filter((verdict) => counts(verdict, row)).map(({ rule }) => rule);
  return [...new Set(rules)];
}

function counts({ rule, attribute }: SafeguardVerdict, row: OutcomeRow): boolean {
  const { outcome, reason, changes } = row;
  switch (rule) {
    case 'failures':
      return true;
    case 'inferredRemovals':
    case 'inferredRemovals7Days':
    case 'whole':
      return outcome === 'deprovisioned' && (reason === 'missingFromSnapshot' || reason === 'outOfScope');
    case 'explicitLeavers':
      return outcome === 'deprovisioned' && isExplicit(reason);
    case 'emailChanges':
      return outcome === 'updated' && 'email' in changes;
    case 'restrictedChanges':
      return outcome === 'updated' && 'role' in changes;
    case 'managerChanges':
      return outcome === 'updated' && isManagerChange(changes);
    case 'blankedValues': {
      const change = attribute === undefined ? undefined : changes[attribute];
      return outcome === 'updated' && change !== undefined && change[0] !== null && change[1] === null;
    }
  }
}
