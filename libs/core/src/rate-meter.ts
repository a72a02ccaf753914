import type { RatePace } from './rate-pace.js';

/** A source has asked to be left alone. Times in milliseconds since 1970, on the store's clock. */
export interface RateRest {
  untilMs: number;
  sinceMs: number;
  /** The HTTP status with which it did. */
  status: number;
}

/** How far a budget is spent. */
export interface RateMeter {
  /** When all that was taken is made up for (the theoretical arrival time of GCRA), in milliseconds since 1970. */
  madeUpAtMs: number;
  /** The newest one, which may be over. */
  rest: RateRest | null;
}

/** What became of a wish for requests: some now, or how long to wait before the next try. */
export interface RateTaken {
  granted: number;
  /** 0 when something was granted. */
  waitMs: number;
}

/** The longest rest that a source is given at its own word. */
export const maxRestMs = 120_000;

export const freshRateMeter: RateMeter = { madeUpAtMs: 0, rest: null };

/** Fractions of a request that are lost to floating point. */
export const rateTolerance = 0.001;

/**
 * Takes up to `wanted` requests; `unused` ones of earlier go back first. What nobody takes ages: no more than a burst is ever
 * there. A clock that was set back forgives rather than blocks.
 */
export function takeFromMeter(
  meter: RateMeter,
  { intervalMs, burst }: RatePace,
  nowMs: number,
  { wanted, unused }: { wanted: number; unused: number },
): { meter: RateMeter; taken: RateTaken } {
  const rest = restAt(meter, nowMs);
  if (rest !== null) return { meter, taken: { granted: 0, waitMs: Math.ceil(rest.untilMs - nowMs) } };
  const mostMs = nowMs + burst * intervalMs;
  const startMs = Math.max(nowMs, Math.min(mostMs, meter.madeUpAtMs - unused * intervalMs));
  const free = Math.floor((mostMs - startMs) / intervalMs + rateTolerance);
  const granted = Math.max(0, Math.min(wanted, free));
  const waitMs = Math.ceil(startMs + Math.min(wanted, burst) * intervalMs - mostMs);
  return {
    meter: { ...meter, madeUpAtMs: startMs + granted * intervalMs },
    taken: { granted, waitMs: granted > 0 || wanted === 0 ? 0 : Math.max(1, waitMs) },
  };
}

/** Lets the source rest for so long, {@link maxRestMs} at most; a longer rest stays. Afterwards the pace begins with one request. */
export function restMeter(
  meter: RateMeter,
  { intervalMs, burst }: RatePace,
  nowMs: number,
  { ms, status }: { ms: number; status: number },
): RateMeter {
  const present = restAt(meter, nowMs);
  const untilMs = nowMs + Math.min(ms, maxRestMs);
  if (present !== null && present.untilMs >= untilMs) return meter;
  return {
    madeUpAtMs: Math.max(meter.madeUpAtMs, untilMs + (burst - 1) * intervalMs),
    rest: { untilMs, sinceMs: present?.sinceMs ?? nowMs, status },
  };
}

/** The rest that lasts; one longer than any can be was noted by a clock that has been set back since. */
export function restAt({ rest }: RateMeter, nowMs: number): RateRest | null {
  return rest !== null && rest.untilMs > nowMs && rest.untilMs <= nowMs + maxRestMs ? rest : null;
}

/** How many requests could be taken at this moment. */
export function leftIn(meter: RateMeter, pace: RatePace, nowMs: number): number {
  return takeFromMeter(meter, pace, nowMs, { wanted: pace.burst, unused: 0 }).taken.granted;
}
