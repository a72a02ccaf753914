import type { RateBudget } from './rate-budget.js';

/** A budget as it is metered: one request for each interval, and so many at once after a rest. */
export interface RatePace {
  /** Milliseconds, a fraction too. */
  intervalMs: number;
  burst: number;
}

/** How long a process may keep requests that it has taken from the budget before it sends them. */
export const rateHoldMs = 250;
/** How much longer one request may be on its way than another. */
const wayMs = 250;
const minuteMs = 60_000;

/**
 * The pace that keeps a budget, as the source counts: in any 60 seconds no more than `requestsPerMinute` arrive, though each may
 * be sent {@link rateHoldMs} late and be some time on its way. GCRA at this pace lets `burst + window / interval` through in a
 * window; the window here is a minute and what may be late.
 */
export function paceOf({ requestsPerMinute, burst }: RateBudget): RatePace {
  const lateMs = rateHoldMs + wayMs;
  const intervalMs = (minuteMs + lateMs) / (requestsPerMinute - burst + 1);
  return { intervalMs, burst: Math.max(1, Math.floor(burst - lateMs / intervalMs)) };
}
