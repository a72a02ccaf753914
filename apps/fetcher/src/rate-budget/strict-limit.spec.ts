/** A source's own limit, as strict as one can be: a bucket that fills with time, and a count of the last 60 seconds. */
export class StrictLimit {
  refused = 0;
  private level: number;
  private filledAt = performance.now();
  private readonly recent: number[] = [];

  constructor(private readonly limit: { requestsPerMinute: number; burst: number }) {
    this.level = limit.burst;
  }

  /** Whether a request that comes now is within it. */
  admits(): boolean {
    const { requestsPerMinute, burst } = this.limit;
    const now = performance.now();
    this.level = Math.min(burst, this.level + ((now - this.filledAt) / 60_000) * requestsPerMinute);
    this.filledAt = now;
    while ((this.recent[0] ?? now) <= now - 60_000) this.recent.shift();
    if (this.level < 1 || this.recent.length >= requestsPerMinute) {
      this.refused += 1;
      return false;
    }
    this.level -= 1;
    this.recent.push(now);
    return true;
  }
}
