import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { MusterConfig } from '#config';
import { Clock, OutcomeStore, SettlementStore, SyncStore, type ApplySlice, type Lease, type OpenSync } from '#core';
import { TypedBus } from '#pipeline';
import { ReferenceResolver } from './resolve-references.js';
import { SliceLister } from './list-slices.js';

/** Slices published at once, and how many may be out before the next. */
const perPublish = 16;
const maxOutstanding = 32;
/** Pauses between looks at how far the slices are: short while they come back, longer while nothing happens. */
const shortestPauseMs = 1;
const longestPauseMs = 100;

/** What dispatching hands on to. */
@Injectable()
export class DispatchWork {
  constructor(
    readonly bus: TypedBus,
    readonly references: ReferenceResolver,
    readonly clock: Clock,
    readonly config: MusterConfig,
  ) {}
}

/**
 * Works through one apply round under a lease: fixes the round's slices, publishes them a few at a time, waits for their
 * reports, then resolves references. Started again after a crash, or when no report has come for as long as planning may
 * stand still, it publishes again: a slice applied twice writes nothing the second time.
 */
@Injectable()
export class SliceDispatcher {
  constructor(
    private readonly syncs: SyncStore,
    private readonly outcomes: OutcomeStore,
    private readonly settlements: SettlementStore,
    private readonly lister: SliceLister,
    private readonly work: DispatchWork,
  ) {}

  async run(sync: OpenSync, lease: Lease, signal: AbortSignal): Promise<void> {
    const { tenantId, id, round } = sync;
    const isResumed = (await this.settlements.sliceList(tenantId, id, round)) !== null;
    await this.lister.fix(sync, signal);
    const list = await this.settlements.sliceList(tenantId, id, round);
    if (list === null || list.finished) return;
    let published = 0;
    const last = list.cutAt ?? list.slices;
    // Slices that whoever was at work before may have published: they are carried out, so none of them is cut off.
    const maybeOut = isResumed
      ? (await this.outcomes.slicesEnded(tenantId, id, round)) + maxOutstanding + perPublish
      : 0;
    for (;;) {
      if (signal.aborted) return;
      const ended = await this.outcomes.slicesEnded(tenantId, id, round);
      if (published >= maybeOut && published < last && (await this.cancelled(sync))) {
        await this.settlements.cutSlices(tenantId, id, round, published);
        return this.waitAndFinish(sync, lease, published, signal);
      }
      if (published >= last) return this.waitAndFinish(sync, lease, last, signal);
      if (published - ended >= maxOutstanding) {
        if (!(await this.slicesBeyond(sync, ended, signal))) await this.publish(sync, lease, 0, published);
        continue;
      }
      const upTo = Math.min(last, published + perPublish);
      await this.publish(sync, lease, published, upTo);
      published = upTo;
    }
  }

  private async publish(sync: OpenSync, lease: Lease, from: number, to: number): Promise<void> {
    const { tenantId, integrationId, id: syncId, round, lane } = sync;
    const messages: ApplySlice[] = [];
    for (let slice = from; slice < to; slice += 1) {
      messages.push({ tenantId, integrationId, syncId, round, slice, claim: lease.claim });
    }
    await this.work.bus.publish('apply-slices', lane, messages);
  }

  private async waitAndFinish(sync: OpenSync, lease: Lease, slices: number, signal: AbortSignal): Promise<void> {
    const { tenantId, id, round, integrationId } = sync;
    for (let ended = 0; ended < slices;) {
      ended = await this.outcomes.slicesEnded(tenantId, id, round);
      if (ended < slices && !(await this.slicesBeyond(sync, ended, signal))) {
        await this.publish(sync, lease, 0, slices);
      }
      if (signal.aborted) return;
    }
    await this.work.references.resolve(tenantId, signal);
    if (signal.aborted) return;
    await this.settlements.finishRound(tenantId, id, round);
    const wake = { tenantId, integrationId, syncId: id };
    await this.work.bus.publish('sync-commands', 'bulk', [
      { role: 'reporter', ...wake },
      { role: 'fetcher', ...wake },
    ]);
  }

  /** Waits until more slices than these have ended; false when none has for so long that some must have been lost. */
  private async slicesBeyond({ tenantId, id, round }: OpenSync, ended: number, signal: AbortSignal): Promise<boolean> {
    const { clock, config } = this.work;
    const patientUntil = clock.nowMs() + config.planningStallSeconds * 1000;
    for (let pauseMs = shortestPauseMs; !signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      await sleep(pauseMs);
      if ((await this.outcomes.slicesEnded(tenantId, id, round)) > ended) return true;
      if (clock.nowMs() >= patientUntil) return false;
    }
    return true;
  }

  private async cancelled({ tenantId, id }: OpenSync): Promise<boolean> {
    return (await this.syncs.sync(tenantId, id))?.cancelRequested === true;
  }
}
