import type { User } from '#core';
import type { UserField } from '#user-filter';

/** Different values that are told apart, and characters of them: what a count holds in memory. */
const valuesAtMost = 100_000;
const charactersAtMost = 8 * 1024 * 1024;

export type CountedValue = string | number | boolean;

/** How many users have each value of a field. */
export interface ValueCounts {
  groups: { value: CountedValue; users: number }[];
  /** Values beyond the first groups, and the users who have them (each value of a user counts). */
  rest: { values: number; users: number };
  blank: number;
  total: number;
}

/** Counts users by the values of one field, in memory that is bounded by the number of different values. */
export class ValueCounter {
  private readonly counts = new Map<CountedValue, number>();
  private characters = 0;
  private blank = 0;
  private total = 0;

  constructor(private readonly field: UserField) {}

  /** False once there are more different values than a report is good for. */
  add(user: User): boolean {
    this.total += 1;
    const value = this.field.read(user);
    const values = Array.isArray(value) ? new Set(value) : value === null || value === '' ? [] : [value];
    let some = false;
    for (const one of values) {
      some = true;
      const key = this.field.type === 'instant' ? String(one).slice(0, 10) : one;
      const count = this.counts.get(key) ?? 0;
      if (count === 0) this.characters += typeof key === 'string' ? key.length : 8;
      this.counts.set(key, count + 1);
    }
    if (!some) this.blank += 1;
    return this.counts.size <= valuesAtMost && this.characters <= charactersAtMost;
  }

  /** The values that most users have, equals in order of their text. */
  result(top: number): ValueCounts {
    const sorted = [...this.counts].sort(
      ([a, countA], [b, countB]) => countB - countA || (String(a) < String(b) ? -1 : 1),
    );
    const rest = sorted.slice(top);
    return {
      groups: sorted.slice(0, top).map(([value, users]) => ({ value, users })),
      rest: { values: rest.length, users: rest.reduce((sum, [, users]) => sum + users, 0) },
      blank: this.blank,
      total: this.total,
    };
  }
}
