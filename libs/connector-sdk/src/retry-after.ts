/**
 * `Retry-After` in milliseconds from `nowMs`: delay-seconds or an HTTP date (RFC 9110 §10.2.3). A date gone by is 0;
 * what is neither is `null`.
 */
export function retryAfterMs(value: string | undefined, nowMs: number): number | null {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) {
    return Number(text) * 1000;
  }
  // A date has letters; without this check Date.parse would take "-5" or "1.5" for a year.
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
