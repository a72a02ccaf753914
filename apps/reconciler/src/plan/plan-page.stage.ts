import { Controller } from '@nestjs/common';
import { hasEnded, SyncStore, type Lane, type PlannedPage } from '#core';
import { Consumes, TypedBus, type StageMessage } from '#pipeline';
import { Metrics } from '#telemetry';
import { SyncCache } from '../sync-cache.js';
import { PagePlanner } from './plan-page.js';

/** mapped-users → outcomes: every page becomes a plan. Writes nothing, so a redelivered page is planned again. */
@Controller()
export class PlanPageStage {
  constructor(
    private readonly planner: PagePlanner,
    private readonly frozen: SyncCache,
    private readonly syncs: SyncStore,
    private readonly bus: TypedBus,
    private readonly metrics: Metrics,
  ) {}

  @Consumes('mapped-users', { group: 'reconciler', maxBatch: 4 })
  async handle(batch: StageMessage<'mapped-users'>[]): Promise<void> {
    const plans: Record<Lane, PlannedPage[]> = { bulk: [], quick: [] };
    for (const { body, lane } of batch) {
      const sync = await this.syncs.sync(body.tenantId, body.syncId);
      if (sync !== null && hasEnded(sync.state)) continue;
      plans[lane].push(await this.planner.plan(await this.frozen.get(body.tenantId, body.syncId), body));
    }
    if (plans.quick.length > 0) await this.bus.publish('outcomes', 'quick', plans.quick);
    if (plans.bulk.length > 0) await this.bus.publish('outcomes', 'bulk', plans.bulk);
    const people = [...plans.quick, ...plans.bulk].reduce((sum, { records }) => sum + records, 0);
    this.metrics.records.inc({ stage: 'reconciler/mapped-users' }, people);
  }
}
