import { Controller, Injectable } from '@nestjs/common';
import {
  DirectoryStore,
  type EncodedMessage,
  encodeMessage,
  type PageReference,
  type RawPage,
  RejectedRecordError,
  SnapshotStore,
  type Sync,
} from '#core';
import { Consumes, type StageMessage, TypedBus } from '#pipeline';
import { Metrics } from '#telemetry';
import { nothingSeen, type PageIdentities, type SeenOfPage } from './page-job.js';
import { PageMapper } from './page-mapper.js';
import { seenRecords } from './seen-records.js';
import { SyncCache } from './sync-cache.js';

/** Where the mapper's work goes. */
@Injectable()
export class MapperOutput {
  constructor(
    readonly bus: TypedBus,
    readonly metrics: Metrics,
  ) {}
}

/** Raw pages in, mapped pages out. Writes nothing, so any number of mappers may run. */
@Controller()
export class MapRecordsStage {
  constructor(
    private readonly output: MapperOutput,
    private readonly snapshots: SnapshotStore,
    private readonly directory: DirectoryStore,
    private readonly syncs: SyncCache,
    private readonly mapper: PageMapper,
  ) {}

  @Consumes('raw-records', { group: 'mapper', maxBatch: 4 })
  async map(batch: StageMessage<'raw-records'>[]): Promise<void> {
    const [first] = batch;
    if (first === undefined) return;
    const messages = await Promise.all(batch.map(async (message) => this.mapPage(message)));
    await this.output.bus.publishEncoded('mapped-users', first.lane, messages);
    const people = batch.reduce((sum, { body }) => sum + body.records, 0);
    this.output.metrics.records.inc({ stage: 'mapper/raw-records' }, people);
  }

  private async mapPage({ body: raw, lane }: StageMessage<'raw-records'>): Promise<EncodedMessage> {
    const { body: _body, ...reference } = raw;
    const sync = await this.syncs.get(raw.tenantId, raw.syncId);
    const { mapping, attributes, sourceIdExpression } = sync.frozen;
    if (mapping === null) return encodeMessage('mapped-users', { ...reference, mapped: null, seen: nothingSeen.seen });
    const body = raw.body ?? (await this.stored(sync, raw));
    // Asked anew for each page: the first sync of a tenant makes its first users while it runs.
    const isPopulated = await this.directory.hasUsers(sync.tenantId);
    return this.mapper.map(
      {
        reference,
        body,
        today: sync.today,
        mapping: { key: sync.id, definition: mapping.definition, attributes, sourceIdExpression },
      },
      lane,
      isPopulated ? async (identities) => this.lookUp(sync, reference, identities) : null,
    );
  }

  private async lookUp(sync: Sync, { firstSeq }: PageReference, identities: PageIdentities): Promise<SeenOfPage> {
    const sourceIds = [...new Set(identities.sourceIds.filter((sourceId) => sourceId !== null))];
    const links = await this.directory.links(sync.tenantId, sync.integrationId, sourceIds);
    return seenRecords(identities, links, sync, firstSeq);
  }

  private async stored({ tenantId, snapshotOf }: Sync, { syncId, page }: RawPage): Promise<Uint8Array> {
    const body = await this.snapshots.body(tenantId, snapshotOf, page);
    if (body !== null) return body;
    throw new RejectedRecordError('undecodableMessage', `page ${page} of ${syncId} is not stored any more`, {
      syncId,
      page,
    });
  }
}
