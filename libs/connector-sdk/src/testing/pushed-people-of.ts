import type { PushedPeople, PushedRecord } from '../pushed-people.js';

/** People as Muster has them whom a provider has pushed, in pages of at most 3. */
export function pushedPeopleOf(records: readonly PushedRecord[]): PushedPeople {
  return {
    list: async (from, limit) => {
      const start = Number(from ?? 0);
      const end = start + Math.min(limit, 3);
      return { records: records.slice(start, end), next: end >= records.length ? null : String(end) };
    },
    find: async (id) => records.find(({ sourceId }) => sourceId === id) ?? null,
  };
}
