import { hash } from 'node:crypto';
import { type JsonValue, keptHeadBytes, maxPageBytes, maxPageRecords, maxRecordBytes, type PageRecord } from '#core';
import type { FetchedRecord } from '#connector-runner';

/** Where a fetch goes on after a stored page: the connector's cursor, and how many of the records it leads to are stored. */
export interface PageCursor {
  from: JsonValue | null;
  skip: number;
  /** What the source's first response declared: the only thing about earlier pages that nobody else remembers. */
  declaredFirst: number | null;
}

/** A record that a connector has read, or one that was stored already: of one too large only the head is left. */
export type StoredRecord = FetchedRecord;

/** A page that is full, or the last. */
export interface BuiltPage {
  records: PageRecord[];
  /** Bytes of the records as stored. */
  bytes: number;
  cursorAfter: PageCursor;
}

/** From this share on a page is not worth waiting for another batch. */
const nearlyFull = 0.9;

/** Fills pages with records in order, whatever the batches are in which they come. */
export class PageBuilder {
  private records: PageRecord[] = [];
  private bytes = 0;
  private copied = 0;

  get isNearlyFull(): boolean {
    return this.records.length >= maxPageRecords * nearlyFull || this.bytes >= maxPageBytes * nearlyFull;
  }

  /** Takes a record; gives the page that was full before it, if one was. `before`: where the source stands before the record. */
  add(raw: StoredRecord, before: PageCursor): BuiltPage | null {
    const record = toPageRecord(raw);
    const isFull = this.records.length >= maxPageRecords || this.bytes + record.bytes.length > maxPageBytes;
    const full = isFull ? this.flush(before) : null;
    this.records.push(record);
    this.bytes += record.bytes.length;
    return full;
  }

  /** What is in the open page, as a page; null when it is empty. */
  flush(cursorAfter: PageCursor): BuiltPage | null {
    if (this.records.length === 0) return null;
    const page = { records: this.records, bytes: this.bytes, cursorAfter };
    this.records = [];
    this.bytes = 0;
    this.copied = 0;
    return page;
  }

  /** Makes the open page its own: records are views into a batch that is about to go. */
  copy(): void {
    for (; this.copied < this.records.length; this.copied += 1) {
      const record = this.records[this.copied];
      if (record !== undefined) record.bytes = record.bytes.slice();
    }
  }
}

/** A record as a page holds it: whole, or its head and hash when it is too large. */
export function toPageRecord({ bytes, sourceId, tooLarge, gone }: StoredRecord): PageRecord {
  const known: Partial<PageRecord> = {
    ...(sourceId === null ? {} : { sourceId }),
    ...(gone === undefined ? {} : { gone }),
  };
  if (tooLarge !== undefined) return { ...known, bytes, tooLarge };
  if (bytes.length <= maxRecordBytes) return { ...known, bytes };
  return {
    ...known,
    bytes: bytes.subarray(0, keptHeadBytes),
    tooLarge: { length: bytes.length, sha256: hash('sha256', bytes, 'hex') },
  };
}
