import { randomUUID } from 'node:crypto';
import { type Lease, type LeaseStore, StaleClaimError } from '#core';
import { type Claimant, FairSlots } from './fair-slots.js';

/** Something that one process at a time does, outside the consumers. */
export interface Work extends Claimant {
  /** Key of its lease. */
  key: string;
  /**
   * Does it. The signal aborts when the lease is lost or the loop stops: stop soon and write nothing more. A rejection
   * means that it is tried again, after a growing pause.
   */
  run(lease: Lease, signal: AbortSignal): Promise<void>;
}

export interface WorkLoopOptions {
  name: string;
  leases: LeaseStore;
  /** What is to be done now, the most urgent first. May name work that runs already, here or elsewhere. */
  find: () => Promise<Work[]>;
  /** How often to look without being woken. Default 5,000. */
  intervalMs?: number;
  /** How long a lease lasts; it is renewed every third of that. Default 15,000. */
  ttlMs?: number;
  /** How much runs at once; whose work that is, is decided by `share`. Default 4. */
  maxConcurrent?: number;
  /** Told of every failure; `key` is the loop's name when finding itself failed. */
  onError: (key: string, error: unknown) => void;
  /** Told when work ended because somebody else has it by now and its write was refused. */
  onRefused?: (key: string, error: StaleClaimError) => void;
  /** Told after each look how much of what was found waits for a slot; another process may be doing it. */
  onWaiting?: (count: number) => void;
}

interface Running {
  abort: AbortController;
  done: Promise<void>;
}

const longestPauseFactor = 12;

/** Finds unclaimed work, claims it by a lease and does it; woken by commands, and by itself every few seconds. */
export class WorkLoop {
  private readonly holder = randomUUID();
  private readonly running = new Map<string, Running>();
  private readonly failures = new Map<string, { count: number; notBefore: number }>();
  private readonly intervalMs: number;
  private readonly ttlMs: number;
  private readonly slots: FairSlots;
  /** At which wake work was last begun: until the next one, what gave its slot back lets others go first. */
  private readonly begunAtWake = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | null = null;
  private wakes = 0;
  private looksWanted = 0;
  private looksBegun = 0;
  private leftOver = false;
  private stopped = true;

  constructor(private readonly options: WorkLoopOptions) {
    this.intervalMs = options.intervalMs ?? 5_000;
    this.ttlMs = options.ttlMs ?? 15_000;
    this.slots = new FairSlots(options.maxConcurrent ?? 4);
  }

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.timer = setInterval(() => this.wake(), this.intervalMs);
    this.timer.unref();
    this.wake();
  }

  /** Looks soon. Many calls at once are one look. */
  wake(): void {
    this.wakes += 1;
    this.lookSoon();
  }

  /** Aborts what runs and resolves when all of it has ended and every lease is given back. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    for (const { abort } of this.running.values()) abort.abort();
    await this.looking;
    for (const { abort } of this.running.values()) abort.abort();
    await Promise.all([...this.running.values()].map(({ done }) => done));
  }

  private lookSoon(): void {
    this.looksWanted += 1;
    if (this.stopped || this.looking !== null) return;
    this.looking = this.look().finally(() => {
      this.looking = null;
      if (this.looksWanted !== this.looksBegun && !this.stopped) this.lookSoon();
    });
  }

  private async look(): Promise<void> {
    // Several wakes of one turn of the event loop are one look.
    await Promise.resolve();
    this.looksBegun = this.looksWanted;
    this.leftOver = false;
    const wake = this.wakes;
    try {
      let waiting = this.startable(await this.options.find(), wake);
      for (;;) {
        if (this.stopped) return;
        const work = this.slots.next(waiting);
        if (work === undefined) break;
        waiting = waiting.filter(({ key }) => key !== work.key);
        const lease = await this.options.leases.acquire(work.key, this.holder, this.ttlMs);
        if (lease !== null) this.begin(work, lease, wake);
      }
      this.leftOver = waiting.length > 0;
      this.options.onWaiting?.(waiting.length);
    } catch (error) {
      this.options.onError(this.options.name, error);
    }
  }

  /** Without what runs here, rests after a failure, or has had its go since the last wake. */
  private startable(found: readonly Work[], wake: number): Work[] {
    const keys = new Set(found.map(({ key }) => key));
    for (const key of this.begunAtWake.keys()) {
      if (!keys.has(key) && !this.running.has(key)) this.begunAtWake.delete(key);
    }
    return found.filter(
      ({ key }) => !this.running.has(key) && !this.isResting(key) && (this.begunAtWake.get(key) ?? -1) < wake,
    );
  }

  private isResting(key: string): boolean {
    const failure = this.failures.get(key);
    return failure !== undefined && failure.notBefore > performance.now();
  }

  private begin(work: Work, lease: Lease, wake: number): void {
    const abort = new AbortController();
    this.slots.take(work);
    this.begunAtWake.set(work.key, wake);
    const done = this.carryOut(work, lease, abort, this.wakes);
    this.running.set(work.key, { abort, done });
    if (this.stopped) abort.abort();
  }

  private async carryOut(work: Work, lease: Lease, abort: AbortController, wakesBefore: number): Promise<void> {
    const renewal = this.keepRenewed(lease, abort);
    let lookAgain = false;
    try {
      await work.run(lease, abort.signal);
      this.failures.delete(work.key);
      lookAgain = this.wakes !== wakesBefore;
    } catch (error) {
      if (error instanceof StaleClaimError) {
        this.options.onRefused?.(work.key, error);
      } else if (!abort.signal.aborted) {
        this.rest(work.key);
        this.options.onError(work.key, error);
      }
    } finally {
      clearInterval(renewal);
      await this.options.leases.release(lease).catch((error: unknown) => this.options.onError(work.key, error));
      this.running.delete(work.key);
      this.slots.giveBack(work);
    }
    if (lookAgain || this.leftOver) this.lookSoon();
  }

  private keepRenewed(lease: Lease, abort: AbortController): NodeJS.Timeout {
    let lastRenewed = performance.now();
    const timer = setInterval(() => {
      const startedAt = performance.now();
      this.options.leases.renew(lease, this.ttlMs).then(
        (isOurs) => {
          if (isOurs) lastRenewed = startedAt;
          else abort.abort();
        },
        () => {
          // Out of reach: the lease is only surely ours until it would have run out.
          if (performance.now() - lastRenewed >= this.ttlMs) abort.abort();
        },
      );
    }, this.ttlMs / 3);
    timer.unref();
    return timer;
  }

  private rest(key: string): void {
    const count = (this.failures.get(key)?.count ?? 0) + 1;
    const factor = Math.min(2 ** (count - 1), longestPauseFactor);
    this.failures.set(key, { count, notBefore: performance.now() + this.intervalMs * factor });
  }
}
