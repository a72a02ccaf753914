import { Injectable } from '@nestjs/common';
import {
  maxInlineBytes,
  OutcomeStore,
  type RawPage,
  type SnapshotPage,
  SnapshotStore,
  type Sync,
  SyncStore,
} from '#core';
import { TypedBus } from '#pipeline';
import { PagePublisher } from './page-publisher.js';

/** A stored page on its way to the bus. */
export interface WaitingPage {
  page: SnapshotPage;
  /** Null: read from the store when its turn has come. */
  body: Uint8Array | null;
}

const listedAtOnce = 500;

/** Takes stored pages to the bus, and knows how far the roles behind it have come. */
@Injectable()
export class PagePublishing {
  constructor(
    private readonly bus: TypedBus,
    private readonly snapshots: SnapshotStore,
    private readonly outcomes: OutcomeStore,
    private readonly syncs: SyncStore,
  ) {}

  /** A publisher that starts where `published` pages are out already. */
  begin(sync: Sync, claim: number, published: number, signal: AbortSignal): PagePublisher {
    return new PagePublisher(this, sync, claim, published, signal);
  }

  async enterPipeline({ tenantId, id }: Sync): Promise<boolean> {
    return this.syncs.enterPipeline(tenantId, id);
  }

  async plannedPages({ tenantId, id }: Sync): Promise<number> {
    return (await this.outcomes.progress(tenantId, id)).plannedPages;
  }

  /** The first `pages` stored pages of a sync's snapshot that are not planned, in order. */
  async *unplanned({ tenantId, id, snapshotOf }: Sync, pages: number): AsyncGenerator<SnapshotPage, void, void> {
    for (let from = 0; from < pages; from += listedAtOnce) {
      const to = Math.min(pages, from + listedAtOnce);
      const missing = new Set(await this.outcomes.missingPages(tenantId, id, from, to));
      if (missing.size === 0) continue;
      for (const page of await this.snapshots.pages(tenantId, snapshotOf, from, to - from)) {
        if (missing.has(page.page)) yield page;
      }
    }
  }

  /** Publishes pages together; large ones by reference, and the bodies that are not given read from the store. */
  async publish(sync: Sync, claim: number, pages: readonly WaitingPage[]): Promise<void> {
    const { tenantId, integrationId, id, snapshotOf, lane } = sync;
    const messages: RawPage[] = [];
    for (const { page, body } of pages) {
      const { page: number, firstSeq, records, bytes } = page;
      const inline =
        bytes > maxInlineBytes ? null : (body ?? (await this.snapshots.body(tenantId, snapshotOf, number)));
      messages.push({ tenantId, integrationId, syncId: id, page: number, firstSeq, records, claim, body: inline });
    }
    await this.bus.publish('raw-records', lane, messages);
  }
}
