import { Injectable } from '@nestjs/common';
import {
  Clock,
  hasEnded,
  isFromCommand,
  OutcomeStore,
  SyncStore,
  type EndState,
  type RoleName,
  type OpenSync,
  type Sync,
  type SyncFailure,
  type SyncId,
  type SyncPatch,
  type SyncState,
  type TenantId,
} from '#core';
import { TypedBus } from '#pipeline';
import { Metrics } from '#telemetry';
import { UndoGate } from '../undo/undo-gate.js';
import { LastGoodSyncs } from '../metrics/last-good-syncs.js';
import { SettledPlans } from '../metrics/settled-plans.js';
import { ApprovalTaker } from './approval-taker.js';
import { Barriers } from './barriers.js';
import { DriftReplanner } from './drift-replanner.js';
import { StallWatch } from './stall-watch.js';
import { Superseder } from './superseder.js';

/** The state that a sync moves to next, and who is to be woken for it. */
export interface Move {
  to: SyncState;
  patch?: SyncPatch;
  wake?: RoleName;
}

/** The stores that advancing reads and moves. */
@Injectable()
export class AdvanceStores {
  constructor(
    readonly syncs: SyncStore,
    readonly outcomes: OutcomeStore,
  ) {}
}

/** What is done on the way from state to state. */
@Injectable()
export class AdvanceSteps {
  constructor(
    readonly approvals: ApprovalTaker,
    readonly stall: StallWatch,
    readonly superseder: Superseder,
    readonly drifts: DriftReplanner,
    readonly undos: UndoGate,
  ) {}
}

/** Where advancing speaks to others. */
@Injectable()
export class AdvanceOutput {
  constructor(
    readonly bus: TypedBus,
    readonly clock: Clock,
    readonly metrics: Metrics,
    readonly settledPlans: SettledPlans,
    readonly lastGood: LastGoodSyncs,
  ) {}
}

/**
 * Moves syncs from state to state: each step is one question over durable data and one compare-and-set, so that asking
 * often, late, or in two processes at once does no harm.
 */
@Injectable()
export class SyncAdvancer {
  private readonly running = new Map<SyncId, { again: boolean; done: Promise<void> }>();

  constructor(
    private readonly stores: AdvanceStores,
    private readonly barriers: Barriers,
    private readonly steps: AdvanceSteps,
    private readonly out: AdvanceOutput,
  ) {}

  /** Moves the sync as far as its barriers allow. Calls for one sync are not run side by side. */
  async advance(tenantId: TenantId, id: SyncId): Promise<void> {
    const running = this.running.get(id);
    if (running !== undefined) {
      running.again = true;
      return running.done;
    }
    const entry = { again: false, done: Promise.resolve() };
    this.running.set(id, entry);
    entry.done = this.repeat(tenantId, id, entry);
    return entry.done;
  }

  private async repeat(tenantId: TenantId, id: SyncId, entry: { again: boolean }): Promise<void> {
    try {
      do {
        entry.again = false;
        while (await this.step(tenantId, id)) entry.again = true;
      } while (entry.again);
    } finally {
      // In the same turn as the last look at `again`: a call in between would be lost.
      this.running.delete(id);
    }
  }

  /** One move; false when the sync stays where it is. */
  private async step(tenantId: TenantId, id: SyncId): Promise<boolean> {
    const sync = await this.stores.syncs.sync(tenantId, id);
    if (sync === null) return false;
    const move = await this.next(sync);
    if (move === null) return false;
    const now = this.out.clock.now();
    const end = !hasEnded(sync.state) && hasEnded(move.to) ? move.to : null;
    const patch: SyncPatch = {
      ...move.patch,
      progressedAt: now,
      ...(end === null ? {} : { endedAt: now, inPipeline: false }),
    };
    const plan = patch.settledAt === undefined ? null : await this.out.settledPlans.read(sync);
    if (!(await this.stores.syncs.move(tenantId, id, sync.state, move.to, patch))) return true;
    if (plan !== null) this.out.settledPlans.count(plan);
    if (end !== null) await this.afterEnd(sync, end);
    if (move.wake !== undefined) await this.wake(sync, move.wake);
    return end === null;
  }

  private async next(sync: Sync): Promise<Move | null> {
    if (hasEnded(sync.state)) return this.steps.approvals.take(sync);
    if (sync.cancelRequested && sync.state !== 'applying') return this.cancelled(sync);
    const now = this.out.clock.now();
    switch (sync.state) {
      case 'queued':
        if (isFromCommand(sync)) {
          const refusal = await this.steps.undos.refusal(sync);
          if (refusal !== null) return this.failed(sync, refusal);
          if (!(await this.steps.undos.enter(sync))) return null;
          return { to: 'planning', patch: { startedAt: now }, wake: 'reconciler' };
        }
        return (await this.barriers.fetchBegun(sync)) ? { to: 'fetching', patch: { startedAt: now } } : null;
      case 'fetching': {
        const manifest = await this.barriers.manifest(sync);
        if (manifest === null) return null;
        return manifest.wholeness === 'failed' ? this.failed(sync, manifest.failure) : { to: 'planning' };
      }
      case 'planning':
        return this.afterPlanning(sync, now);
      case 'settling': {
        if (!(await this.barriers.settled(sync))) {
          await this.nudge(sync, 'reconciler');
          return null;
        }
        if (sync.mode === 'dry') return { to: await this.barriers.end(sync), patch: { settledAt: now } };
        await this.steps.superseder.supersede(sync);
        await this.steps.superseder.yieldToNewer(sync);
        return { to: 'applying', patch: { settledAt: now, round: 0 }, wake: 'reconciler' };
      }
      default:
        return this.afterApplying(sync);
    }
  }

  private async afterPlanning(sync: Sync, now: string): Promise<Move | null> {
    if (await this.barriers.planned(sync)) {
      const refusal = await this.steps.undos.refusal(sync);
      if (refusal !== null) return this.failed(sync, refusal);
      this.steps.stall.forget(sync.id);
      if (sync.edit === null) return { to: 'settling', patch: { plannedAt: now }, wake: 'reconciler' };
      return { to: 'applying', patch: { plannedAt: now, settledAt: now, round: 0 }, wake: 'reconciler' };
    }
    if (isFromCommand(sync)) {
      await this.nudge(sync, 'reconciler');
      return null;
    }
    if (await this.steps.stall.stood(sync)) {
      return { to: 'planning', patch: { republished: true }, wake: 'fetcher' };
    }
    return null;
  }

  private async afterApplying(sync: Sync): Promise<Move | null> {
    const round = await this.barriers.round(sync);
    if (round === 'open') {
      await this.nudge(sync, 'reconciler');
      return null;
    }
    if (round === 'uncommitted') {
      await this.nudge(sync, 'fetcher');
      return null;
    }
    if (sync.cancelRequested) return this.cancelled(sync);
    await this.steps.drifts.replan(sync);
    return { to: await this.barriers.end(sync) };
  }

  private async cancelled(sync: Sync): Promise<Move> {
    await this.stores.outcomes.cancelPlanned(sync.tenantId, sync.id);
    return { to: 'cancelled' };
  }

  private async failed(sync: Sync, failure: SyncFailure | null): Promise<Move> {
    await this.stores.outcomes.cancelPlanned(sync.tenantId, sync.id);
    return { to: 'failed', patch: { failure } };
  }

  private async afterEnd(sync: Sync, state: EndState): Promise<void> {
    this.out.metrics.syncsEnded.inc({ mode: sync.mode, state });
    this.out.lastGood.look(sync);
    this.steps.stall.forget(sync.id);
    if (state === 'failed' || state === 'cancelled') {
      // Pages that were stored between the first time and the move.
      await this.stores.outcomes.cancelPlanned(sync.tenantId, sync.id);
    } else {
      // Plans that ended since this one settled, and live syncs that settled since this one was queued.
      if (sync.mode === 'live') await this.steps.superseder.supersede(sync);
      if (sync.mode === 'dry' || state === 'awaitingApproval') await this.steps.superseder.judgeLate(sync);
    }
    // Whoever waits for the pipeline of this integration may go on: fetches, approved plans, changes by hand.
    await this.wake(sync, 'fetcher');
    for (const other of await this.stores.syncs.open(sync)) {
      if (other.id !== sync.id) await this.wake(other, 'reporter');
    }
  }

  /** A role that should be at work is woken again while the state stands still. */
  private async nudge(sync: Sync, role: RoleName): Promise<void> {
    if (this.steps.stall.isQuiet(sync.id, `${sync.state}:${role}`)) await this.wake(sync, role);
  }

  private async wake({ tenantId, integrationId, id: syncId }: OpenSync, role: RoleName): Promise<void> {
    await this.out.bus.publish('sync-commands', 'bulk', [{ role, tenantId, integrationId, syncId }]);
  }
}
