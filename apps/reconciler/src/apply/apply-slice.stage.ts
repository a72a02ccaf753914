import { Controller } from '@nestjs/common';
import type { Lane, SliceReport } from '#core';
import { Consumes, TypedBus, type StageMessage } from '#pipeline';
import { SliceApplier } from './apply-slice.js';

/** apply-slices → user directory → outcomes. A slice applied twice writes nothing the second time. */
@Controller()
export class ApplySliceStage {
  constructor(
    private readonly applier: SliceApplier,
    private readonly bus: TypedBus,
  ) {}

  @Consumes('apply-slices', { group: 'reconciler', maxBatch: 4 })
  async handle(batch: StageMessage<'apply-slices'>[]): Promise<void> {
    const reports: Record<Lane, SliceReport[]> = { bulk: [], quick: [] };
    for (const { body, lane } of batch) reports[lane].push(await this.applier.apply(body));
    if (reports.quick.length > 0) await this.bus.publish('outcomes', 'quick', reports.quick);
    if (reports.bulk.length > 0) await this.bus.publish('outcomes', 'bulk', reports.bulk);
  }
}
