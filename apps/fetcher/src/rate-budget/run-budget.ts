import type { RequestBudget } from '#connector-sdk';

/** The budget of a source as one call of its connector has it: how long this call waits is counted. */
export class RunBudget implements RequestBudget {
  private waiting = 0;
  private since = 0;
  private waited = 0;

  constructor(
    private readonly shared: RequestBudget,
    private readonly closed: (waitedMs: number) => Promise<void>,
  ) {}

  async take(signal: AbortSignal): Promise<void> {
    if (this.waiting === 0) this.since = performance.now();
    this.waiting += 1;
    try {
      await this.shared.take(signal);
    } finally {
      this.waiting -= 1;
      if (this.waiting === 0) this.waited += performance.now() - this.since;
    }
  }

  rest(wish: { readonly status: number; readonly ms: number }): void {
    this.shared.rest(wish);
  }

  /** Whether a request waits at this moment. */
  get isWaiting(): boolean {
    return this.waiting > 0;
  }

  /** In whole milliseconds; requests that wait at once count once. */
  get waitedMs(): number {
    return Math.round(this.waited + (this.waiting === 0 ? 0 : performance.now() - this.since));
  }

  async close(): Promise<void> {
    await this.closed(this.waitedMs);
  }
}
