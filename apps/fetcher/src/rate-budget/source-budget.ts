import { setTimeout as sleep } from 'node:timers/promises';
import {
  paceOf,
  type RateBudget,
  type RateBudgetStore,
  type RatedSource,
  rateHoldMs,
  type RatePace,
  RetriableError,
} from '#core';
import { errorFields, type Logger } from '#telemetry';

/** How long a change of the budget may go unnoticed by those who wait. */
const readAgainMs = 5_000;
/** Until the next try, when the store is away. */
const storeAwayMs = 1_000;
/** A rest that ends so much later than the one that is known is worth telling the others. */
const sameRestMs = 100;

/** What a budget needs of the process that it is in. */
export interface SourceBudgetParts {
  readonly source: RatedSource;
  readonly store: RateBudgetStore;
  readonly logger: Logger;
  /** As it is set at present. */
  read(): Promise<RateBudget>;
}

/**
 * One source's budget as all calls of this process share it. Requests are taken from the store in batches of what is sent within
 * {@link rateHoldMs}; what is left of one then goes back with the next, so that a process that dies takes no more than that along.
 */
export class SourceBudget {
  private readonly waiting: PromiseWithResolvers<void>[] = [];
  private batch = { size: 0, left: 0, usableUntil: 0 };
  private unused = 0;
  private pace: RatePace | null = null;
  private readAt = Number.NEGATIVE_INFINITY;
  private isServing = false;
  private nobodyWaits = new AbortController();
  private restsUntil = Number.NEGATIVE_INFINITY;
  /** Resolves when the newest rest is in the store. */
  private resting = Promise.resolve();

  constructor(private readonly parts: SourceBudgetParts) {}

  /** In the order in which they come. @throws the signal's reason; what the store throws, other than an outage, which is waited for */
  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.waiting.length === 0 && this.use()) return;
    const ticket = Promise.withResolvers<void>();
    const abort = (): void => {
      const at = this.waiting.indexOf(ticket);
      // It has been served at this moment.
      if (at < 0) return;
      this.waiting.splice(at, 1);
      ticket.reject(signal.reason);
      if (this.waiting.length === 0) this.nobodyWaits.abort();
    };
    this.waiting.push(ticket);
    signal.addEventListener('abort', abort, { once: true });
    if (!this.isServing) void this.serve();
    await ticket.promise.finally(() => signal.removeEventListener('abort', abort));
  }

  /** Lets everybody who asks this source wait. True when that is news. */
  rest({ status, ms }: { status: number; ms: number }): boolean {
    const until = performance.now() + ms;
    if (until <= this.restsUntil + sameRestMs) return false;
    this.restsUntil = until;
    this.putBack();
    this.resting = this.resting.then(async () => this.noteRest({ status, ms }));
    return true;
  }

  /** Gives back what is left. Nobody takes anything any more. */
  async close(): Promise<void> {
    this.putBack();
    await this.resting;
    if (this.unused === 0 || this.pace === null) return;
    const { store, source } = this.parts;
    try {
      await store.take(source, this.pace, { wanted: 0, unused: this.unused });
    } catch (error) {
      // Then it ages.
      if (!(error instanceof RetriableError)) throw error;
    }
  }

  private async serve(): Promise<void> {
    this.isServing = true;
    try {
      while (this.waiting.length > 0) {
        const waitMs = await this.fill();
        if (waitMs > 0) await this.pause(waitMs);
      }
    } catch (error) {
      for (const { reject } of this.waiting.splice(0)) reject(error);
    } finally {
      this.isServing = false;
    }
  }

  /** Takes a batch from the store and serves those who wait. Gives how long to wait before the next. */
  private async fill(): Promise<number> {
    const { store, source, logger } = this.parts;
    try {
      await this.resting;
      const pace = await this.presentPace();
      const wanted = this.wanted(pace);
      this.putBack();
      const { unused } = this;
      const { restsUntil } = this;
      const askedAt = performance.now();
      const { granted, waitMs } = await store.take(source, pace, { wanted, unused });
      this.unused -= unused;
      if (this.restsUntil !== restsUntil) {
        // The source wanted to be left alone while the store was asked.
        this.unused += granted;
        this.batch = { size: 0, left: 0, usableUntil: 0 };
        return 0;
      }
      // Those who wait send at once, however long the store took.
      const served = this.waiting.splice(0, granted);
      for (const { resolve } of served) resolve();
      this.batch = { size: granted, left: granted - served.length, usableUntil: askedAt + rateHoldMs };
      return waitMs;
    } catch (error) {
      if (!(error instanceof RetriableError)) throw error;
      logger.warn('A rate budget cannot be asked: the store is away.', {
        integrationId: source.integrationId,
        ...errorFields(error),
      });
      return storeAwayMs;
    }
  }

  /** Twice as many as last time when those were gone early, else as many as were used; no more than can be sent in time. */
  private wanted({ intervalMs, burst }: RatePace): number {
    const { size, left, usableUntil } = this.batch;
    const expected = left === 0 && performance.now() < usableUntil ? 2 * size : size - left;
    const most = Math.max(1, Math.min(burst, Math.floor(rateHoldMs / intervalMs)));
    return Math.min(most, Math.max(this.waiting.length, expected));
  }

  private use(): boolean {
    if (this.batch.left === 0 || performance.now() >= this.batch.usableUntil) return false;
    this.batch.left -= 1;
    return true;
  }

  private putBack(): void {
    this.unused += this.batch.left;
    this.batch.left = 0;
  }

  private async presentPace(): Promise<RatePace> {
    const now = performance.now();
    if (this.pace === null || now - this.readAt >= readAgainMs) {
      this.pace = paceOf(await this.parts.read());
      this.readAt = now;
    }
    return this.pace;
  }

  /** Ends early when nobody waits any more; the longest is until a change of the budget is to be seen. */
  private async pause(ms: number): Promise<void> {
    this.nobodyWaits = new AbortController();
    const { signal } = this.nobodyWaits;
    if (this.waiting.length === 0) return;
    await sleep(Math.min(ms, readAgainMs), undefined, { signal }).catch(() => undefined);
  }

  private async noteRest(rest: { status: number; ms: number }): Promise<void> {
    const { store, source, logger } = this.parts;
    try {
      await store.rest(source, await this.presentPace(), rest);
    } catch (error) {
      logger.warn('That a source wants to be left alone could not be told to others who ask it.', {
        integrationId: source.integrationId,
        ...errorFields(error),
      });
    }
  }
}
