import { Injectable } from '@nestjs/common';
import { type Lease, type Manifest, SnapshotStore, type Sync, type SyncFailure } from '#core';
import { ManifestWriter } from './manifest-writer.js';
import { PagePublishing } from './page-publishing.js';
import type { Ending } from './snapshot-fetcher.js';
import { snapshotGone } from './source-failure.js';
import { SyncWatch } from './sync-watch.js';

/** Takes a stored snapshot through the pipeline again under another sync's id. Calls no source. */
@Injectable()
export class ReplayTask {
  constructor(
    private readonly watch: SyncWatch,
    private readonly snapshots: SnapshotStore,
    private readonly publishing: PagePublishing,
    private readonly manifests: ManifestWriter,
  ) {}

  /** Resolves without a manifest when another live sync of the integration is in the pipeline. */
  async run(sync: Sync, { claim }: Lease, lost: AbortSignal): Promise<void> {
    const watch = await this.watch.begin(sync, lost);
    if (watch === null) return;
    try {
      const original = await this.snapshots.manifest(sync.tenantId, sync.snapshotOf);
      if (watch.verdict() !== 'cancelled' && !(await this.publishing.enterPipeline(sync))) return;
      await this.manifests.tellReporter(sync);
      const refusal = await this.refusal(sync, original);
      if (original === null || refusal !== null) {
        await this.manifests.write(sync, claim, failed(refusal ?? snapshotGone(sync.snapshotOf), watch.startedAt));
        return;
      }
      await this.publishAll(sync, claim, original, watch.signal);
      const { finishedAt: _finishedAt, ...copy } = original;
      await this.manifests.write(sync, claim, copy);
    } catch (error) {
      if (lost.aborted || watch.verdict() === 'ended') return;
      if (watch.verdict() !== 'cancelled') throw error;
      await this.manifests.write(sync, claim, failed(cancelled, watch.startedAt));
    } finally {
      watch.stop();
    }
  }

  private async publishAll(sync: Sync, claim: number, { pages }: Manifest, signal: AbortSignal): Promise<void> {
    const publisher = this.publishing.begin(sync, claim, await this.publishing.plannedPages(sync), signal);
    try {
      for await (const page of this.publishing.unplanned(sync, pages)) await publisher.offer(page, null);
      await publisher.finish();
    } finally {
      await publisher.abandon();
    }
  }

  private async refusal(sync: Sync, original: Manifest | null): Promise<SyncFailure | null> {
    if (original === null) return snapshotGone(sync.snapshotOf);
    if (original.wholeness === 'failed') {
      return { code: 'snapshotFailed', message: `The fetch of ${sync.snapshotOf} failed: there is nothing to replay.` };
    }
    const last = await this.snapshots.lastPage(sync.tenantId, sync.snapshotOf);
    return (last?.page ?? -1) + 1 === original.pages ? null : snapshotGone(sync.snapshotOf);
  }
}

const cancelled: SyncFailure = { code: 'cancelled', message: 'The sync was cancelled while its snapshot was read.' };

function failed(failure: SyncFailure, startedAt: string): Ending {
  return {
    pages: 0,
    records: 0,
    bytes: 0,
    extent: 'full',
    wholeness: 'failed',
    evidence: {
      declaredFirst: null,
      declaredLast: null,
      distinctSourceIds: null,
      endSeen: false,
      reason: failure.message,
    },
    fetch: { requests: 0, retries: 0, byStatus: {}, startedAt },
    failure,
  };
}
