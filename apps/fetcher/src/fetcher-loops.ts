import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type Work, type WorkLoop, WorkLoops } from '#pipeline';
import { errorFields, Logger, Metrics, type WorkLoopName } from '#telemetry';
import { ErrandWork } from './errand-work.js';
import { FetchWork } from './fetch-work.js';

/** A slow source must not keep another tenant's waiting; a waiting fetch costs little, a busy one some megabytes. */
const maxFetches = 16;
const maxErrands = 4;

/**
 * Does the fetcher's claimed work. Fetches may take hours and wait for each other; commits, checks and republications are
 * short and must never wait behind them.
 */
@Injectable()
export class FetcherLoops implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loops: WorkLoop[];

  constructor(
    fetches: FetchWork,
    errands: ErrandWork,
    workLoops: WorkLoops,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {
    this.loops = [
      this.loop('fetcher/fetches', workLoops, maxFetches, async () => fetches.find()),
      this.loop('fetcher/errands', workLoops, maxErrands, async () => errands.find()),
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

  private loop(name: WorkLoopName, workLoops: WorkLoops, maxConcurrent: number, find: () => Promise<Work[]>): WorkLoop {
    const onError = (key: string, error: unknown): void => {
      this.metrics.workFailures.inc({ loop: name });
      this.logger.error('Claimed work failed and is tried again.', { loop: name, key, ...errorFields(error) });
    };
    return workLoops.make({ name, maxConcurrent, find, onError });
  }
}
