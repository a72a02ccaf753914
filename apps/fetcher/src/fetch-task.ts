import { Injectable } from '@nestjs/common';
import { type Extent, type Lease, StaleClaimError, type Sync, type SyncFailure } from '#core';
import { ManifestWriter } from './manifest-writer.js';
import { PageChain } from './page-chain.js';
import { PagePublishing } from './page-publishing.js';
import { type Ending, type FetchRun, SnapshotFetcher } from './snapshot-fetcher.js';
import { SourceFailure } from './source-failure.js';
import { SyncWatch } from './sync-watch.js';

const cancelled: SyncFailure = { code: 'cancelled', message: 'The sync was cancelled while its source was read.' };

/** One claimed fetch, from wherever an earlier one left off to the manifest. */
@Injectable()
export class FetchTask {
  /** Stored whole, but another live sync of the integration is in the pipeline: what the source had needs no second look. */
  private readonly parked = new Map<string, Ending>();

  constructor(
    private readonly watch: SyncWatch,
    private readonly fetcher: SnapshotFetcher,
    private readonly chain: PageChain,
    private readonly publishing: PagePublishing,
    private readonly manifests: ManifestWriter,
  ) {}

  /** Resolves without a manifest when the pipeline is taken: it is to be run again later. */
  async run(sync: Sync, { claim }: Lease, lost: AbortSignal): Promise<void> {
    const watch = await this.watch.begin(sync, lost);
    if (watch === null) return;
    const run: FetchRun = { sync, claim, signal: watch.signal, startedAt: watch.startedAt };
    try {
      const parked = this.parked.get(sync.id);
      if (parked !== undefined && !(await this.publishing.enterPipeline(sync))) {
        if (watch.verdict() !== 'cancelled') return;
      }
      const ending = await this.fetchAndPublish(run, parked);
      if (ending === null) return;
      await this.manifests.write(sync, claim, ending);
      this.parked.delete(sync.id);
    } catch (error) {
      if (error instanceof StaleClaimError) throw error;
      if (lost.aborted) return;
      if (watch.verdict() === 'ended') this.parked.delete(sync.id);
      if (watch.verdict() === 'cancelled') await this.fail(run, cancelled, error);
      else if (error instanceof SourceFailure && !watch.signal.aborted) await this.fail(run, error.failure, error);
      else if (watch.verdict() === null) throw error;
    } finally {
      watch.stop();
    }
  }

  /** Null when all is stored and the pipeline is taken. */
  private async fetchAndPublish(run: FetchRun, parked: Ending | undefined): Promise<Ending | null> {
    const { sync, claim, signal } = run;
    signal.throwIfAborted();
    await this.manifests.tellReporter(sync);
    const end = await this.chain.end(sync);
    const publisher = this.publishing.begin(sync, claim, await this.publishing.plannedPages(sync), signal);
    try {
      // After a resume it is unknown which pages got out: what is not planned is published again.
      for await (const page of this.publishing.unplanned(sync, end.pages)) await publisher.offer(page, null);
      const ending = parked ?? (await this.fetcher.fetch(run, end, publisher));
      if ((await publisher.finish()) === 'published') return ending;
      this.parked.set(sync.id, ending);
      return null;
    } finally {
      await publisher.abandon();
    }
  }

  /** A failed snapshot: nothing of it will be applied, so nothing more is published. */
  private async fail(run: FetchRun, failure: SyncFailure, error: unknown): Promise<void> {
    const { sync, claim, startedAt } = run;
    const { pages, records, bytes } = await this.chain.end(sync);
    const statistics = error instanceof SourceFailure ? error.statistics : null;
    await this.manifests.write(sync, claim, {
      pages,
      records,
      bytes,
      extent: intendedExtent(sync),
      wholeness: 'failed',
      evidence: {
        declaredFirst: null,
        declaredLast: null,
        distinctSourceIds: null,
        endSeen: false,
        reason: failure.message,
      },
      fetch: statistics ?? { requests: 0, retries: 0, byStatus: {}, startedAt },
      failure,
    });
    this.parked.delete(sync.id);
  }
}

/** What a sync set out to read, when nothing has said what it was. */
function intendedExtent({ failedOf, trigger, person }: Sync): Extent {
  if (failedOf !== null) return 'delta';
  if (trigger === 'push') return 'push';
  return person === null ? 'full' : 'person';
}
