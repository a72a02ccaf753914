import { Injectable } from '@nestjs/common';
import { LeaseStore, SnapshotStore, type OpenSync, type Sync } from '#core';
import { PagePublishing, type WaitingPage } from './page-publishing.js';

const together = 8;

/** Publishes once more the pages of a sync whose planning stood still. */
@Injectable()
export class RepublishTask {
  private readonly done = new Set<string>();

  constructor(
    private readonly snapshots: SnapshotStore,
    private readonly publishing: PagePublishing,
    private readonly leases: LeaseStore,
  ) {}

  isDone({ id }: OpenSync): boolean {
    return this.done.has(id);
  }

  async run(sync: Sync, signal: AbortSignal): Promise<void> {
    const claim = await this.leases.claimOf(`${sync.id}:fetch`);
    const manifest = await this.snapshots.manifest(sync.tenantId, sync.id);
    let pages: WaitingPage[] = [];
    for await (const page of this.publishing.unplanned(sync, manifest?.pages ?? 0)) {
      signal.throwIfAborted();
      pages.push({ page, body: null });
      if (pages.length < together) continue;
      await this.publishing.publish(sync, claim, pages);
      pages = [];
    }
    await this.publishing.publish(sync, claim, pages);
    this.done.add(sync.id);
  }
}
