/** How often a source may be asked over HTTP, by all that read it together. */
export interface RateBudget {
  /** In no 60 seconds does the source get more requests than these. */
  requestsPerMinute: number;
  /** So many of them at once, when the source has been left alone for a while. */
  burst: number;
}

/** What can be set. */
export const rateBudgetBounds = { requestsPerMinute: { min: 1, max: 60_000 }, burst: { min: 1, max: 1_000 } } as const;

/** For sources of which nothing is known: more than one reader gets by itself, far less than what takes a server down. */
export const defaultRateBudget: RateBudget = { requestsPerMinute: 12_000, burst: 200 };

/** The burst of whoever sets requests only: what falls on one second. */
export function usualBurst(requestsPerMinute: number): number {
  return Math.min(rateBudgetBounds.burst.max, Math.max(1, Math.round(requestsPerMinute / 60)));
}

/** What is wrong with it, in one sentence; null when nothing is. */
export function rateBudgetProblem({ requestsPerMinute, burst }: RateBudget): string | null {
  for (const [name, value] of Object.entries({ requestsPerMinute, burst })) {
    const { min, max } = rateBudgetBounds[name as keyof RateBudget];
    if (!Number.isInteger(value) || value < min || value > max) {
      return `${name} is a whole number from ${String(min)} to ${String(max)}.`;
    }
  }
  const most = Math.max(1, Math.floor(requestsPerMinute / 2));
  if (burst <= most) return null;
  return `burst is half of requestsPerMinute at most, here ${String(most)}: what is sent at once is missing for the rest of the minute.`;
}
