export interface MeasurementOptions {
  /** How long an answer, or a failure, stands before it is asked for again. */
  maxAgeMs: number;
  /** How long an asker waits; the question goes on and its answer is there for the next. */
  patienceMs: number;
}

/** Something outside that is asked for `/metrics`: seldom, by one asker at a time, and never waited for long. */
export class Measurement<Facts> {
  private last: { facts: Facts | null; atMs: number } | null = null;
  private asking: Promise<Facts | null> | null = null;

  constructor(
    private readonly ask: () => Promise<Facts>,
    private readonly options: MeasurementOptions = { maxAgeMs: 5_000, patienceMs: 2_000 },
  ) {}

  /** Null while it cannot be had: it failed, or takes too long. Never rejects. */
  async facts(): Promise<Facts | null> {
    if (this.last !== null && performance.now() - this.last.atMs < this.options.maxAgeMs) return this.last.facts;
    this.asking ??= this.askAnew();
    const late = Promise.withResolvers<null>();
    const timer = setTimeout(() => late.resolve(null), this.options.patienceMs);
    try {
      return await Promise.race([this.asking, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async askAnew(): Promise<Facts | null> {
    let facts: Facts | null = null;
    try {
      facts = await this.ask();
    } catch {
      // Shown as `muster_measurement_up 0`; `/readyz` says what is away.
    }
    this.last = { facts, atMs: performance.now() };
    this.asking = null;
    return facts;
  }
}
