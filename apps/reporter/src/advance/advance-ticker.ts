import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { SyncStore } from '#core';
import { errorFields, Logger } from '#telemetry';
import { SyncAdvancer } from './sync-advancer.js';

const everyMs = 5_000;

/** Asks the barriers of every open sync every five seconds: a lost wake-up costs that long and no more. */
@Injectable()
export class AdvanceTicker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isRunning = false;

  constructor(
    private readonly syncs: SyncStore,
    private readonly advancer: SyncAdvancer,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.tick();
    this.timer = setInterval(() => {
      this.tick();
    }, everyMs);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private tick(): void {
    if (this.isRunning) return;
    this.isRunning = true;
    this.running = this.advanceAll()
      .catch((error: unknown) => {
        this.logger.error('looking at the open syncs failed and is tried again', errorFields(error));
      })
      .finally(() => {
        this.isRunning = false;
      });
  }

  private async advanceAll(): Promise<void> {
    for (const { tenantId, id } of await this.syncs.open()) {
      try {
        await this.advancer.advance(tenantId, id);
      } catch (error) {
        // One sync that cannot be moved keeps no other from its end.
        this.logger.error('looking at a sync failed and is tried again', { syncId: id, ...errorFields(error) });
      }
    }
  }
}
