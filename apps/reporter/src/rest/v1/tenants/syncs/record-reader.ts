import { Injectable } from '@nestjs/common';
import { decodePage, type JsonValue, type PageRecord, SnapshotStore, type Sync } from '#core';
import { decodeJsonRecord } from '#mapping';

export interface StoredRecord extends PageRecord {
  seq: number;
  /** The record document; null when the bytes could not be decoded. */
  document: JsonValue;
  decoded: boolean;
}

/** Reads single raw records back out of a sync's snapshot. */
@Injectable()
export class RecordReader {
  constructor(private readonly snapshots: SnapshotStore) {}

  /** Null when the snapshot has no such record, or its pages are past retention. */
  async read(
    { tenantId, snapshotOf }: Pick<Sync, 'tenantId' | 'snapshotOf'>,
    seq: number,
  ): Promise<StoredRecord | null> {
    const page = await this.snapshots.pageOfSeq(tenantId, snapshotOf, seq);
    if (page === null) return null;
    const body = await this.snapshots.body(tenantId, snapshotOf, page.page);
    const record = body === null ? undefined : decodePage(body)[seq - page.firstSeq];
    if (record === undefined) return null;
    const decoded = record.tooLarge === undefined ? decodeJsonRecord(record.bytes) : null;
    return { ...record, seq, decoded: decoded?.ok === true, document: decoded?.ok === true ? decoded.document : null };
  }
}
