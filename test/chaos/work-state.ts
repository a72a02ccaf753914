/** The states of a sync at work, in order. */
export const workStates = ['queued', 'fetching', 'planning', 'settling', 'applying'] as const;
export type WorkState = (typeof workStates)[number];

/** Null for a sync that has ended. */
export function toWorkState(state: string): WorkState | null {
  return workStates.find((known) => known === state) ?? null;
}
