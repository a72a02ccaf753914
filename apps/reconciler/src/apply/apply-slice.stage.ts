import { Controller } from '@nestjs/common';
import { SyncStore, type ApplySlice, type Lane, type SliceReport } from '#core';
import { Consumes, TypedBus, type StageMessage } from '#pipeline';
import { SliceApplier } from './apply-slice.js';

/** apply-slices → user directory → outcomes. A slice applied twice writes nothing the second time. */
@Controller()
export class ApplySliceStage {
  constructor(
    private readonly applier: SliceApplier,
    private readonly syncs: SyncStore,
    private readonly bus: TypedBus,
  ) {}

  @Consumes('apply-slices', { group: 'reconciler', maxBatch: 4 })
  async handle(batch: StageMessage<'apply-slices'>[]): Promise<void> {
    const reports: Record<Lane, SliceReport[]> = { bulk: [], quick: [] };
    for (const { body, lane } of batch) {
      if (await this.isInWork(body)) reports[lane].push(await this.applier.apply(body));
    }
    if (reports.quick.length > 0) await this.bus.publish('outcomes', 'quick', reports.quick);
    if (reports.bulk.length > 0) await this.bus.publish('outcomes', 'bulk', reports.bulk);
  }

  /** A slice that comes after its round has ended would undo what a later sync wrote to links: it stays unread. */
  private async isInWork({ tenantId, syncId, round }: ApplySlice): Promise<boolean> {
    const sync = await this.syncs.sync(tenantId, syncId);
    return sync?.state === 'applying' && sync.round === round;
  }
}
