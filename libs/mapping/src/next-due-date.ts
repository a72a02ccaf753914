import type { AttributeValue } from '#core';

/**
 * The first date (`YYYY-MM-DD`) after today at which the same values lead to another outcome by the passing of time
 * alone: a termination date that has yet to come. Null when there is none. `today` is the tenant's local date.
 */
export function nextDueDate(values: Readonly<Record<string, AttributeValue>>, today: string): string | null {
  const date = values['terminationDate'];
  return typeof date === 'string' && date > today ? date : null;
}
