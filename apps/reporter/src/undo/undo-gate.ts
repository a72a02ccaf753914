import { Injectable } from '@nestjs/common';
import { hasEnded, SyncStore, type Approval, type OpenSync, type Sync, type SyncFailure } from '#core';
import { Undos } from './undos.js';

/** When a live sync may begin, and what stands in the way of an undo. */
@Injectable()
export class UndoGate {
  constructor(
    private readonly syncs: SyncStore,
    private readonly undos: Undos,
  ) {}

  /**
   * Lets a sync into the pipeline of its integration. An undo waits, beyond that, for the live syncs queued before it: one
   * that still reads its source would do again what the undo takes back.
   *
   * @param approval what an undo that was dry is let in for; it waits for what was queued before that word
   */
  async enter(sync: Sync, approval: Approval | null = null): Promise<boolean> {
    const { tenantId, integrationId, id, mode, generation } = sync;
    if (sync.undo !== null && mode === 'live') {
      const isBefore = (other: OpenSync): boolean =>
        other.mode === 'live' &&
        (approval === null ? other.generation < generation : other.createdAt <= approval.at) &&
        !hasEnded(other.state);
      if ((await this.syncs.open({ tenantId, integrationId })).some(isBefore)) return false;
    }
    return this.syncs.enterPipeline(tenantId, id);
  }

  /** Why an undo cannot be carried out any more; null when it can, and for every other sync. */
  async refusal({ tenantId, undo, mode, generation }: Sync): Promise<SyncFailure | null> {
    if (undo === null) return null;
    const undone = await this.syncs.sync(tenantId, undo.syncId);
    if (undone === null || undone.round !== undo.round || !hasEnded(undone.state)) {
      const message = `sync ${undo.syncId} has gone on since its undo was asked for; undo it again once it has ended`;
      return { code: 'undoneSyncWentOn', message };
    }
    const earlier = mode === 'live' ? await this.undos.of(undone, undo.outcomes, generation) : null;
    if (earlier === null) return null;
    return { code: 'alreadyUndone', message: `sync ${earlier.id} undoes it already` };
  }
}
