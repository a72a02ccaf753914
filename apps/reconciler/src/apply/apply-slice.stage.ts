import { Controller } from '@nestjs/common';
import { SyncStore, type ApplySlice, type Lane, type SyncId } from '#core';
import { Consumes, TypedBus, type StageMessage } from '#pipeline';
import { Metrics } from '#telemetry';
import { SliceApplier } from './apply-slice.js';

/** apply-slices → user directory → outcomes. A slice applied twice writes nothing the second time. */
@Controller()
export class ApplySliceStage {
  constructor(
    private readonly applier: SliceApplier,
    private readonly syncs: SyncStore,
    private readonly bus: TypedBus,
    private readonly metrics: Metrics,
  ) {}

  @Consumes('apply-slices', { group: 'reconciler', maxBatch: 4 })
  async handle(batch: StageMessage<'apply-slices'>[]): Promise<void> {
    const bySync = new Map<SyncId, { lane: Lane; slices: ApplySlice[] }>();
    // By sync and round: each is asked for once.
    const inWork = new Map<string, boolean>();
    for (const { body, lane } of batch) {
      const round = `${body.syncId} ${String(body.round)}`;
      if (!inWork.has(round)) inWork.set(round, await this.isInWork(body));
      if (inWork.get(round) === false) continue;
      const known = bySync.get(body.syncId);
      if (known === undefined) bySync.set(body.syncId, { lane, slices: [body] });
      else known.slices.push(body);
    }
    for (const { lane, slices } of bySync.values()) {
      const { reports, written } = await this.applier.apply(slices);
      await this.bus.publish('outcomes', lane, reports);
      this.metrics.records.inc({ stage: 'reconciler/apply-slices' }, written);
      for (const { cause } of reports.flatMap(({ drifted }) => drifted)) this.metrics.drifts.inc({ cause });
    }
  }

  /** A slice that comes after its round has ended would undo what a later sync wrote to links: it stays unread. */
  private async isInWork({ tenantId, syncId, round }: ApplySlice): Promise<boolean> {
    const sync = await this.syncs.sync(tenantId, syncId);
    return sync?.state === 'applying' && sync.round === round;
  }
}
