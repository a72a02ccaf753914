import { Injectable } from '@nestjs/common';
import { hasEnded, OutcomeStore, SyncStore, type Sync, type SyncId } from '#core';

const syncsPerRead = 100;

/** What has been undone, and by what. */
@Injectable()
export class Undos {
  constructor(
    private readonly syncs: SyncStore,
    private readonly outcomes: OutcomeStore,
  ) {}

  /** How many of a sync's outcomes stand in the directory: what an undo of it would be about. */
  async countApplied({ tenantId, id }: Pick<Sync, 'tenantId' | 'id'>): Promise<number> {
    const totals = await this.outcomes.totals(tenantId, id);
    return totals.reduce((sum, { state, count }) => (state === 'applied' ? sum + count : sum), 0);
  }

  /**
   * The newest live undo of a sync, at work or done, that takes back at least so many outcomes. One that failed or was
   * cancelled is none, nor one that has left some of them as they are.
   *
   * @param before only undos of a lower generation
   */
  async of(undone: Sync, outcomes: number, before = Infinity): Promise<Sync | null> {
    const { tenantId, integrationId, id, generation } = undone;
    for (let after: SyncId | null = null; ;) {
      const found: Sync[] = await this.syncs.syncs(
        tenantId,
        { integrationId, trigger: 'undo', mode: 'live', afterGeneration: generation },
        after,
        syncsPerRead,
      );
      for (const sync of found) {
        const { undo, state } = sync;
        if (undo?.syncId !== id || undo.outcomes < outcomes || sync.generation >= before) continue;
        if (state === 'failed' || state === 'cancelled') continue;
        if ((await this.isAtWork(sync)) || !(await this.hasLeftSome(sync))) return sync;
      }
      const last = found.at(-1);
      if (found.length < syncsPerRead || last === undefined) return null;
      after = last.id;
    }
  }

  /** It has not ended, or a word on it has not been taken up. */
  async isAtWork({ tenantId, id, state, round }: Sync): Promise<boolean> {
    if (!hasEnded(state)) return true;
    const words = await this.syncs.approvals(tenantId, id);
    return words.some((word) => word.round > Math.max(round, 0));
  }

  /** Another undo could do more: outcomes that failed, or that nobody let through. Drifted ones stay as they are. */
  private async hasLeftSome({ tenantId, id }: Sync): Promise<boolean> {
    const totals = await this.outcomes.totals(tenantId, id);
    return totals.some(
      ({ outcome, state, count }) =>
        count > 0 && (outcome === 'failed' || state === 'rejected' || state === 'superseded'),
    );
  }
}
