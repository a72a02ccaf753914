import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  type ConnectorDefinition,
  Dialler,
  type FetchBatch,
  type FetchEnd,
  HttpClient,
  noOwnSecrets,
} from '#connector-sdk';
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
import type { StoredRecord } from './page-builder.js';
import { snapshotGone, SourceFailure } from './source-failure.js';
import { Source } from './source-opener.js';

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
    const http = new HttpClient({ signal });
    const context = {
      config: {},
      secrets: {},
      ownSecrets: noOwnSecrets,
      state: null,
      http,
      dialler: new Dialler(),
      signal,
      progress: () => undefined,
      log: () => undefined,
    };
    const connector: ConnectorDefinition = {
      id: sync.frozen.connectorId,
      title: 'Failed records',
      description: 'The records that failed in an earlier sync.',
      capabilities: { full: true, person: false, delta: true, resume: true, wholeness: 'endMarker' },
      config: z.object({}),
      secrets: z.object({}),
      decoder: 'json',
      sourceIdExpression: sync.frozen.sourceIdExpression,
      defaultMapping: { attributes: {} },
      async *check() {},
      fetch: ({ cursor }) => this.read(sync, failedOf, cursor),
    };
    return new Source(connector, context, http);
  }

  private async *read(
    sync: Sync,
    failedOf: SyncId,
    cursor: JsonValue | null,
  ): AsyncGenerator<FetchBatch, FetchEnd, void> {
    const { tenantId } = sync;
    const original = await this.syncs.sync(tenantId, failedOf);
    const reader = new StoredRecords(this.snapshots, tenantId, original?.snapshotOf ?? failedOf);
    for (let after = typeof cursor === 'number' ? cursor : -1; ;) {
      const rows = await this.outcomes.list(tenantId, failedOf, { outcome: 'failed' }, after, outcomesPerBatch);
      const last = rows.at(-1);
      if (last === undefined) break;
      const records: StoredRecord[] = [];
      for (const row of rows) records.push(await reader.read(row));
      after = last.seq;
      yield { records, next: after };
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
