import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type WorkLoop, WorkLoops } from '#pipeline';
import { ErrandWork } from './errand-work.js';
import { FetchWork } from './fetch-work.js';
import { UnaskedWork } from './unasked-work.js';

/** A waiting fetch costs little, a busy one some megabytes. */
const maxFetches = 16;
/** Checks and commits call connectors, too, and may hang: four tenants that do leave room for others. */
const maxErrands = 8;
const maxArrivals = 4;
/** How late a sync may begin when its files have been still for long enough. */
const arrivalsEveryMs = 2_000;
/** How late a scheduled run may be queued. */
const scheduleEveryMs = 2_000;
/** Pushes that come within so long share a sync. */
const pushesEveryMs = 1_000;

/**
 * Does the fetcher's claimed work. Fetches may take hours and wait for each other; commits, checks and republications are
 * short and must never wait behind them. What hangs of either holds up no other tenant: see `FairSlots`. Schedules and
 * pushes are one piece of work each, done by one fetcher at a time, and so are the files that arrive for one integration.
 */
@Injectable()
export class FetcherLoops implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loops: WorkLoop[];

  constructor(
    fetches: FetchWork,
    errands: ErrandWork,
    { schedules, pushes, arrivals }: UnaskedWork,
    workLoops: WorkLoops,
  ) {
    this.loops = [
      workLoops.make('fetcher/fetches', { maxConcurrent: maxFetches, find: async () => fetches.find() }),
      workLoops.make('fetcher/errands', { maxConcurrent: maxErrands, find: async () => errands.find() }),
      workLoops.make('fetcher/schedules', {
        maxConcurrent: 1,
        intervalMs: scheduleEveryMs,
        find: async () => schedules.find(),
      }),
      workLoops.make('fetcher/pushes', {
        maxConcurrent: 1,
        intervalMs: pushesEveryMs,
        find: async () => pushes.find(),
      }),
      workLoops.make('fetcher/arrivals', {
        maxConcurrent: maxArrivals,
        intervalMs: arrivalsEveryMs,
        find: async () => arrivals.find(),
      }),
    ];
  }

  onApplicationBootstrap(): void {
    for (const loop of this.loops) loop.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.loops.map(async (loop) => loop.stop()));
  }

  wake(): void {
    for (const loop of this.loops) loop.wake();
  }
}
