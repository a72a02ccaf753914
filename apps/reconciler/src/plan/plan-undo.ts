import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { MusterConfig } from '#config';
import { Clock, OutcomeStore, SyncStore, type Lease, type Sync } from '#core';
import { TypedBus } from '#pipeline';
import { UndoPagePlanner } from './plan-undo-page.js';
import { undoPages } from './undo-pages.js';

/** Pages that may be between published and stored, and those asked about in one read. */
const pagesAhead = 32;
const pauseMs = 20;

/** What planning an undo speaks to and is measured by. */
@Injectable()
export class UndoWork {
  constructor(
    readonly bus: TypedBus,
    readonly clock: Clock,
    readonly config: MusterConfig,
  ) {}
}

/**
 * Plans an undo under a lease: reads what the undone sync applied, page by page, and publishes each page's plan. Started
 * again after a crash, or when pages must have been lost, it passes over what is planned already.
 */
@Injectable()
export class UndoPlanner {
  constructor(
    private readonly outcomes: OutcomeStore,
    private readonly syncs: SyncStore,
    private readonly pages: UndoPagePlanner,
    private readonly work: UndoWork,
  ) {}

  async plan(sync: Sync, lease: Lease, signal: AbortSignal): Promise<void> {
    for (let isDone = false; !isDone && !signal.aborted;) isDone = await this.passThrough(sync, lease, signal);
  }

  /** Publishes every page that is not planned; true when there is nothing left to do. */
  private async passThrough(sync: Sync, lease: Lease, signal: AbortSignal): Promise<boolean> {
    const { tenantId, id } = sync;
    const before = (await this.outcomes.progress(tenantId, id)).plannedPages;
    let published = 0;
    let missing = new Set<number>();
    for await (const page of undoPages(this.outcomes, sync)) {
      if (signal.aborted) return true;
      if (page.page % pagesAhead === 0) {
        missing = new Set(await this.outcomes.missingPages(tenantId, id, page.page, page.page + pagesAhead));
      }
      if (!missing.has(page.page)) continue;
      const went = await this.waitFor(
        sync,
        signal,
        ({ plannedPages }) => plannedPages > before + published - pagesAhead,
      );
      if (went !== 'reached') return went === 'over';
      await this.work.bus.publish('outcomes', sync.lane, [await this.pages.plan(sync, page, lease.claim)]);
      published += 1;
    }
    const all = sync.undo?.outcomes ?? 0;
    return (await this.waitFor(sync, signal, ({ plannedRecords }) => plannedRecords >= all)) !== 'stalled';
  }

  /** `over`: nobody waits for this plan any more. `stalled`: nothing has come for so long that something must be lost. */
  private async waitFor(
    { tenantId, id }: Sync,
    signal: AbortSignal,
    isReached: (progress: { plannedPages: number; plannedRecords: number }) => boolean,
  ): Promise<'reached' | 'over' | 'stalled'> {
    let seen = -1;
    const { clock, config } = this.work;
    for (let sinceMs = clock.nowMs(); ;) {
      const progress = await this.outcomes.progress(tenantId, id);
      if (isReached(progress)) return 'reached';
      if (signal.aborted || (await this.syncs.sync(tenantId, id))?.state !== 'planning') return 'over';
      if (progress.plannedPages > seen) {
        seen = progress.plannedPages;
        sinceMs = clock.nowMs();
      } else if (clock.nowMs() - sinceMs > config.planningStallSeconds * 1000) return 'stalled';
      await sleep(pauseMs);
    }
  }
}
