import { Injectable } from '@nestjs/common';
import { Clock, localDate, newId, OutcomeStore, SyncStore, type Sync } from '#core';
import { Barriers } from './barriers.js';

/** Whom a sync names as its requester when nobody asked for it. */
const requestedBy = 'muster';
const maxAttempts = 3;
const syncsPerRead = 100;

/**
 * Plans drifted outcomes of a narrow live sync anew, at once and from the stored records: nobody else will read those
 * people again soon. Full pulls wait for their next sync; a plan that a person approved is never replaced by another.
 */
@Injectable()
export class DriftReplanner {
  constructor(
    private readonly syncs: SyncStore,
    private readonly outcomes: OutcomeStore,
    private readonly barriers: Barriers,
    private readonly clock: Clock,
  ) {}

  /**
   * To be called before the sync ends: the replay takes its place in the pipeline, so that no later sync with newer
   * records comes between and is overwritten. Asking twice queues one replay.
   */
  async replan(sync: Sync): Promise<void> {
    const { tenantId, id, integrationId, snapshotOf, generation } = sync;
    if (sync.mode !== 'live' || sync.round !== 0 || sync.edit !== null || sync.cancelRequested) return;
    const manifest = await this.barriers.manifest(sync);
    if (manifest === null || manifest.extent === 'full') return;
    const totals = await this.outcomes.totals(tenantId, id);
    if (!totals.some(({ state, count }) => state === 'drifted' && count > 0)) return;
    const replays = await this.syncs.syncs(tenantId, { integrationId, trigger: 'replay' }, null, syncsPerRead);
    const attempts = replays.filter((replay) => replay.snapshotOf === snapshotOf && replay.requestedBy === requestedBy);
    if (attempts.length >= maxAttempts || attempts.some((attempt) => attempt.generation > generation)) return;
    await this.syncs.queue(this.replayOf(sync));
  }

  private replayOf({ tenantId, integrationId, lane, frozen, person, snapshotOf }: Sync): Omit<Sync, 'generation'> {
    const now = this.clock.now();
    return {
      id: newId('sync'),
      tenantId,
      integrationId,
      mode: 'live',
      trigger: 'replay',
      state: 'queued',
      lane,
      frozen,
      now,
      today: localDate(now, frozen.timeZone),
      person,
      snapshotOf,
      edit: null,
      requestedBy,
      inPipeline: true,
      round: -1,
      cancelRequested: false,
      supersededBy: null,
      republished: false,
      failure: null,
      createdAt: now,
      startedAt: null,
      plannedAt: null,
      settledAt: null,
      endedAt: null,
      progressedAt: now,
    };
  }
}
