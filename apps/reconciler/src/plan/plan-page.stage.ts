import { Controller } from '@nestjs/common';
import type { Lane, PlannedPage } from '#core';
import { Consumes, TypedBus, type StageMessage } from '#pipeline';
import { SyncCache } from '../sync-cache.js';
import { PagePlanner } from './plan-page.js';

/** mapped-users → outcomes: every page becomes a plan. Writes nothing, so a redelivered page is planned again. */
@Controller()
export class PlanPageStage {
  constructor(
    private readonly planner: PagePlanner,
    private readonly syncs: SyncCache,
    private readonly bus: TypedBus,
  ) {}

  @Consumes('mapped-users', { group: 'reconciler', maxBatch: 4 })
  async handle(batch: StageMessage<'mapped-users'>[]): Promise<void> {
    const plans: Record<Lane, PlannedPage[]> = { bulk: [], quick: [] };
    for (const { body, lane } of batch) {
      plans[lane].push(await this.planner.plan(await this.syncs.get(body.tenantId, body.syncId), body));
    }
    if (plans.quick.length > 0) await this.bus.publish('outcomes', 'quick', plans.quick);
    if (plans.bulk.length > 0) await this.bus.publish('outcomes', 'bulk', plans.bulk);
  }
}
