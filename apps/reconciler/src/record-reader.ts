import { Injectable } from '@nestjs/common';
import { decodePage, SnapshotStore, type MappedRecord, type PageRecord, type Sync, type SyncId } from '#core';
import { mapRawRecord } from '#mapping';
import type { FrozenSync } from './sync-cache.js';

interface DecodedPage {
  snapshotOf: SyncId;
  page: number;
  firstSeq: number;
  records: PageRecord[];
}

const keptPages = 4;

/** Reads single records of a stored snapshot and maps them again, with the very code that the mapper runs. */
@Injectable()
export class RecordReader {
  private readonly recent: DecodedPage[] = [];

  constructor(private readonly snapshots: SnapshotStore) {}

  /** The mapped records of these sequences, by sequence; those no snapshot page holds are absent. */
  async remap({ sync, mapping }: FrozenSync, seqs: readonly number[]): Promise<Map<number, MappedRecord>> {
    const mapped = new Map<number, MappedRecord>();
    if (mapping === null) return mapped;
    for (const seq of [...seqs].sort((left, right) => left - right)) {
      const page = await this.pageOf(sync, seq);
      const record = page?.records[seq - page.firstSeq];
      if (record !== undefined) mapped.set(seq, mapRawRecord(mapping, record, seq, sync.today));
    }
    return mapped;
  }

  private async pageOf(sync: Sync, seq: number): Promise<DecodedPage | null> {
    const { snapshotOf, tenantId } = sync;
    const known = this.recent.find(
      (page) => page.snapshotOf === snapshotOf && seq >= page.firstSeq && seq < page.firstSeq + page.records.length,
    );
    if (known !== undefined) return known;
    const link = await this.snapshots.pageOfSeq(tenantId, snapshotOf, seq);
    if (link === null) return null;
    const body = await this.snapshots.body(tenantId, snapshotOf, link.page);
    if (body === null) return null;
    const page = { snapshotOf, page: link.page, firstSeq: link.firstSeq, records: decodePage(body) };
    this.recent.unshift(page);
    this.recent.length = Math.min(this.recent.length, keptPages);
    return page;
  }
}
