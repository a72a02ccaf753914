import { Injectable } from '@nestjs/common';
import type { Manifest, Sync } from '#core';
import { errorFields, Logger, Metrics } from '#telemetry';
import type { BuiltPage } from './page-builder.js';
import { type ChainEnd, PageChain, type Stored } from './page-chain.js';
import type { PagePublisher } from './page-publisher.js';
import { DistinctIds } from './distinct-ids.js';
import { readSource } from './read-source.js';
import { SourceFailure } from './source-failure.js';
import type { Source } from './source-opener.js';
import { StoringQueue } from './storing-queue.js';
import { SyncSources } from './sync-sources.js';
import { judgeWholeness } from './wholeness.js';

/** A manifest that waits to be written: all pages are stored. */
export type Ending = Omit<Manifest, 'finishedAt'>;

export interface FetchRun {
  sync: Sync;
  claim: number;
  /** Aborts when the work must end: the lease is lost, the sync is cancelled, the process stops. */
  signal: AbortSignal;
  startedAt: string;
}

/** Pages that are being compressed and stored while the source is read on. */
const maxStoring = 4;

/** Reads a source into pages from where the chain stands, handing each stored page on to be published. */
@Injectable()
export class SnapshotFetcher {
  constructor(
    private readonly sources: SyncSources,
    private readonly chain: PageChain,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Gives the manifest of what the source had.
   *
   * @throws SourceFailure when the source or its connector ended the fetch; what else is thrown is ours
   */
  async fetch(run: FetchRun, end: ChainEnd, publisher: PagePublisher): Promise<Ending> {
    const { sync, signal, startedAt } = run;
    const { tenantId, id: syncId } = sync;
    const source = await this.sources.open(sync, signal);
    try {
      return await this.read(run, source, await this.stored(sync, end, source), publisher);
    } catch (error) {
      if (!(error instanceof SourceFailure)) throw error;
      error.statistics = source.statistics(startedAt);
      const { code } = error.failure;
      if (!signal.aborted) {
        this.logger.warn('A source ended its fetch.', { tenantId, syncId, code, ...errorFields(error.cause) });
      }
      throw error;
    } finally {
      await source.close();
    }
  }

  private async stored(sync: Sync, end: ChainEnd, { connector }: Source): Promise<Stored> {
    if (end.pages === 0) return { ...end, ids: new DistinctIds(), again: [] };
    if (connector.capabilities.resume) return this.chain.read(sync, end);
    throw new SourceFailure({
      code: 'sourceCannotResume',
      message: 'The fetch was interrupted, and this source cannot go on in the middle. The next sync starts anew.',
    });
  }

  private async read(run: FetchRun, source: Source, stored: Stored, publisher: PagePublisher): Promise<Ending> {
    const { sync, claim, startedAt } = run;
    const chain: ChainEnd = { ...stored };
    const storing = new StoringQueue(maxStoring);
    const { facts, end } = await readSource(source, sync, stored, async (page) => {
      const encoding = this.chain.encode(page);
      encoding.catch(() => undefined);
      await storing.add(async () => {
        const body = await encoding;
        const link = await this.chain.append(sync, claim, chain, page, body);
        advance(chain, page);
        this.metrics.records.inc({ stage: 'fetcher' }, link.records);
        await publisher.offer(link, body);
      });
    }).finally(async () => storing.drain());
    const { pages, records, bytes } = chain;
    return {
      pages,
      records,
      bytes,
      extent: facts.extent,
      ...judgeWholeness(facts, source.connector.capabilities.wholeness),
      fetch: source.statistics(startedAt),
      failure: null,
      ...(end.state === undefined
        ? {}
        : { connectorState: structuredClone(end.state) as Manifest['connectorState'] & {} }),
      ...(end.alreadyApplied === undefined ? {} : { alreadyApplied: [...end.alreadyApplied] }),
    };
  }
}

function advance(chain: ChainEnd, { records, bytes }: BuiltPage): void {
  chain.pages += 1;
  chain.records += records.length;
  chain.bytes += bytes;
}
