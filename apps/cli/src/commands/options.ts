import { InvalidArgumentError, Option } from 'commander';

/** Reads an option that is a whole number from 0 on. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is expected.');
  return Number(text);
}

/** Words of the API that options take. */
export const outcomeKinds = ['created', 'updated', 'skipped', 'failed', 'deprovisioned', 'reactivated'];
export const outcomeStates = ['planned', 'applied', 'held', 'rejected', 'drifted', 'superseded', 'cancelled'];

export const userStatusOption = new Option('--status <status>').choices(['active', 'deactivated', 'anonymized']);
