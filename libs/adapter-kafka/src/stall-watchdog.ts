/** Looks in that time: what a process that was itself stopped has missed counts as one. */
const looks = 4;

export interface StallWatchdogOptions {
  /** How long a member may be silent while the bus answers. */
  stalledAfterMs: number;
  /** How much longer somebody may be silent who joins. */
  joiningMs: number;
  /** Rejects when the bus is away. */
  ping: () => Promise<void>;
  /** The bus answers, yet nothing was heard of it for too long. */
  onStalled: () => void;
}

/**
 * Tells a consumer that is stuck from one that waits for a bus that is away. Silence counts only as far as the bus
 * answered meanwhile: what comes back after an outage gets all the time again to be heard of.
 */
export class StallWatchdog {
  private readonly timer: NodeJS.Timeout;
  private readonly lookMs: number;
  /** Looks since the last sign of life, or since the bus was last away. */
  private silent = 0;
  private isJoining = true;
  private isAsking = false;
  private isStopped = false;

  constructor(private readonly options: StallWatchdogOptions) {
    this.lookMs = options.stalledAfterMs / looks;
    this.timer = setInterval(() => void this.look(), this.lookMs);
    this.timer.unref();
  }

  /** Something was heard. */
  lives(): void {
    this.silent = 0;
  }

  joins(): void {
    this.silent = 0;
    this.isJoining = true;
  }

  joined(): void {
    this.silent = 0;
    this.isJoining = false;
  }

  stop(): void {
    this.isStopped = true;
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    this.silent += 1;
    // Between two fetches everybody is silent for a moment.
    if (this.silent === 1 || this.isAsking) return;
    const silent = this.silent;
    this.isAsking = true;
    try {
      await this.options.ping();
      // It may have been away for as long as it took to answer.
      this.silent = Math.min(this.silent, silent);
    } catch {
      this.silent = 0;
    } finally {
      this.isAsking = false;
    }
    if (this.isStopped || this.silent < this.patience()) return;
    this.silent = 0;
    this.options.onStalled();
  }

  private patience(): number {
    return looks + (this.isJoining ? this.options.joiningMs / this.lookMs : 0);
  }
}
