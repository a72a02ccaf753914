import { Injectable } from '@nestjs/common';
import {
  contentHash,
  decodePage,
  encodePage,
  type PageRecord,
  recordHash,
  type SnapshotPage,
  SnapshotStore,
  StaleClaimError,
  type Sync,
} from '#core';
import { DistinctIds } from './distinct-ids.js';
import type { BuiltPage, PageCursor } from './page-builder.js';

/** How far a chain has come: what the next link continues. */
export interface ChainEnd {
  pages: number;
  records: number;
  bytes: number;
  /** Where the source goes on; null at the start. */
  cursor: PageCursor | null;
}

/** What a resumed fetch must know of the pages that are there already. */
export interface Stored extends ChainEnd {
  ids: DistinctIds;
  /** Hashes of the records that the source will send again, in order. */
  again: string[];
}

const listedAtOnce = 100;

/** Reads and appends the page chain of a sync's own snapshot. */
@Injectable()
export class PageChain {
  constructor(private readonly snapshots: SnapshotStore) {}

  async end({ tenantId, id }: Sync): Promise<ChainEnd> {
    const last = await this.snapshots.lastPage(tenantId, id);
    if (last === null) return { pages: 0, records: 0, bytes: 0, cursor: null };
    let bytes = 0;
    for await (const page of this.links({ tenantId, id })) bytes += page.bytes;
    return {
      pages: last.page + 1,
      records: last.firstSeq + last.records,
      bytes,
      cursor: last.cursorAfter as unknown as PageCursor,
    };
  }

  /** Reads what is stored once more: ids are those that the connector told, as if the fetch had not been interrupted. */
  async read(sync: Sync, end: ChainEnd): Promise<Stored> {
    const ids = new DistinctIds();
    const again: string[] = [];
    const firstAgain = end.records - (end.cursor?.skip ?? 0);
    for await (const { page, firstSeq } of this.links(sync)) {
      const body = await this.snapshots.body(sync.tenantId, sync.id, page);
      if (body === null) continue;
      for (const [index, record] of decodePage(body).entries()) {
        if (firstSeq + index >= firstAgain) again.push(identityOf(record));
        if (record.sourceId !== undefined) ids.add(record.sourceId);
      }
    }
    return { ...end, ids, again };
  }

  /** Packs and compresses a page; the records may change once this has returned, before it resolves. */
  async encode({ records }: BuiltPage): Promise<Uint8Array> {
    return encodePage(records);
  }

  /** @throws StaleClaimError when somebody else appends to this chain */
  async append(sync: Sync, claim: number, end: ChainEnd, page: BuiltPage, body: Uint8Array): Promise<SnapshotPage> {
    const link: SnapshotPage = {
      page: end.pages,
      firstSeq: end.records,
      records: page.records.length,
      bytes: page.bytes,
      contentHash: contentHash(body),
      cursorAfter: { ...page.cursorAfter },
      claim,
    };
    const inserted = await this.snapshots.insertPage(sync.tenantId, sync.id, link, body);
    if (inserted !== 'inserted') {
      throw new StaleClaimError('claimStale', `The snapshot of ${sync.id} goes on in other hands.`, {
        syncId: sync.id,
      });
    }
    return link;
  }

  async *links({ tenantId, id }: Pick<Sync, 'tenantId' | 'id'>): AsyncGenerator<SnapshotPage, void, void> {
    for (let from = 0; ;) {
      const links = await this.snapshots.pages(tenantId, id, from, listedAtOnce);
      yield* links;
      from += links.length;
      if (links.length < listedAtOnce) return;
    }
  }
}

/** By which a record sent again is known to be the same. */
export function identityOf({ bytes, tooLarge }: PageRecord): string {
  return tooLarge?.sha256 ?? recordHash(bytes);
}
