import { Injectable } from '@nestjs/common';
import type { FetchEnd } from '#connector-sdk';
import type { FetchedPart } from '#connector-runner';
import {
  decodePage,
  type EffectiveOutcome,
  type JsonValue,
  OutcomeStore,
  type PageRecord,
  SnapshotStore,
  type Sync,
  type SyncId,
  SyncStore,
} from '#core';
import { ownSource } from './own-source.js';
import type { StoredRecord } from './page-builder.js';
import { snapshotGone, SourceFailure } from './source-failure.js';
import type { Source } from './source-opener.js';

const outcomesPerBatch = 500;

/** Reads the records that failed in an earlier sync from what it had stored, as if they came from a source. */
@Injectable()
export class FailedRecords {
  constructor(
    private readonly syncs: SyncStore,
    private readonly outcomes: OutcomeStore,
    private readonly snapshots: SnapshotStore,
  ) {}

  open(sync: Sync, failedOf: SyncId, signal: AbortSignal): Source {
    return ownSource(sync, { fetch: ({ cursor }) => this.read(sync, failedOf, cursor, signal) });
  }

  private async *read(
    sync: Sync,
    failedOf: SyncId,
    cursor: JsonValue | null,
    signal: AbortSignal,
  ): AsyncGenerator<FetchedPart, FetchEnd, void> {
    const { tenantId } = sync;
    const original = await this.syncs.sync(tenantId, failedOf);
    const reader = new StoredRecords(this.snapshots, tenantId, original?.snapshotOf ?? failedOf);
    for (let after = typeof cursor === 'number' ? cursor : -1; ;) {
      signal.throwIfAborted();
      const rows = await this.outcomes.list(tenantId, failedOf, { outcome: 'failed' }, after, outcomesPerBatch);
      const last = rows.at(-1);
      if (last === undefined) break;
      const records: StoredRecord[] = [];
      for (const row of rows) records.push(await reader.read(row));
      after = last.seq;
      yield { records, next: after, isFirstOfBatch: true };
    }
    const note = `These are the records that failed in sync ${failedOf}, as it had stored them.`;
    return { extent: 'delta', lastPageSeen: true, note };
  }
}

/** Records of one snapshot, read in order of sequence: each page once. */
class StoredRecords {
  private page: { firstSeq: number; records: PageRecord[] } | null = null;

  constructor(
    private readonly snapshots: SnapshotStore,
    private readonly tenantId: Sync['tenantId'],
    private readonly snapshotOf: SyncId,
  ) {}

  /** @throws SourceFailure `snapshotGone` */
  async read({ seq }: EffectiveOutcome): Promise<StoredRecord> {
    if (this.page === null || seq >= this.page.firstSeq + this.page.records.length) this.page = await this.load(seq);
    const record = this.page.records[seq - this.page.firstSeq];
    if (record === undefined) throw this.gone();
    return { ...record, sourceId: record.sourceId ?? null };
  }

  private async load(seq: number): Promise<{ firstSeq: number; records: PageRecord[] }> {
    const link = await this.snapshots.pageOfSeq(this.tenantId, this.snapshotOf, seq);
    const body = link === null ? null : await this.snapshots.body(this.tenantId, this.snapshotOf, link.page);
    if (link === null || body === null) throw this.gone();
    return { firstSeq: link.firstSeq, records: decodePage(body) };
  }

  private gone(): SourceFailure {
    return new SourceFailure(snapshotGone(this.snapshotOf));
  }
}
