import { Injectable } from '@nestjs/common';
import { type Integration, isFromCommand, readsFrom, SnapshotStore, SyncStore } from '#core';

/** Syncs that are looked at: replays, pushes and changes by hand, which ask no source, may stand before the one that did. */
const looksAt = 20;

/** What the newest fetch of an integration took of its rate budget. */
@Injectable()
export class LastFetch {
  constructor(
    private readonly syncs: SyncStore,
    private readonly snapshots: SnapshotStore,
  ) {}

  /** Null when none of the newest syncs has read the source to its end. */
  async of({
    tenantId,
    id: integrationId,
  }: Integration): Promise<{ id: string; waitedSeconds: number; requests: number } | null> {
    for (const sync of await this.syncs.syncs(tenantId, { integrationId }, null, looksAt)) {
      if (readsFrom(sync) !== null || isFromCommand(sync) || sync.trigger === 'push') continue;
      const manifest = await this.snapshots.manifest(tenantId, sync.id);
      if (manifest === null) continue;
      const { budgetWaitedMs = 0, requests } = manifest.fetch;
      return { id: sync.id, waitedSeconds: Math.round(budgetWaitedMs / 100) / 10, requests };
    }
    return null;
  }
}
