import { Injectable } from '@nestjs/common';
import { Clock, isFromCommand, newSync, OutcomeStore, requestedByMuster, SyncStore, type Sync } from '#core';
import { Barriers } from './barriers.js';

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
    if (sync.mode !== 'live' || sync.round !== 0 || isFromCommand(sync) || sync.cancelRequested) return;
    const manifest = await this.barriers.manifest(sync);
    if (manifest === null || manifest.extent === 'full') return;
    const totals = await this.outcomes.totals(tenantId, id);
    if (!totals.some(({ state, count }) => state === 'drifted' && count > 0)) return;
    const replays = await this.syncs.syncs(tenantId, { integrationId, trigger: 'replay' }, null, syncsPerRead);
    const attempts = replays.filter(
      (replay) => replay.snapshotOf === snapshotOf && replay.requestedBy === requestedByMuster,
    );
    if (attempts.length >= maxAttempts || attempts.some((attempt) => attempt.generation > generation)) return;
    const { lane, frozen, person } = sync;
    const replay = { tenantId, integrationId, lane, frozen, person, snapshotOf, requestedBy: requestedByMuster };
    await this.syncs.queue(
      newSync({ ...replay, mode: 'live', trigger: 'replay', now: this.clock.now(), inPipeline: true }),
    );
  }
}
