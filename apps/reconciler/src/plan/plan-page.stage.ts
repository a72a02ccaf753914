import { Controller } from '@nestjs/common';
import { hasEnded, SyncStore, type Lane, type PlannedPage, type SyncId, type TenantId } from '#core';
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
    const ended = new Map<SyncId, boolean>();
    for (const { body, lane } of batch) {
      const { tenantId, syncId } = body;
      if (!ended.has(syncId)) ended.set(syncId, await this.hasEnded(tenantId, syncId));
      if (ended.get(syncId) === true) continue;
      plans[lane].push(await this.planner.plan(await this.frozen.get(tenantId, syncId), body));
    }
    if (plans.quick.length > 0) await this.bus.publish('outcomes', 'quick', plans.quick);
    if (plans.bulk.length > 0) await this.bus.publish('outcomes', 'bulk', plans.bulk);
    const people = [...plans.quick, ...plans.bulk].reduce((sum, { records }) => sum + records, 0);
    this.metrics.records.inc({ stage: 'reconciler/mapped-users' }, people);
  }

  /** Pages that come after their sync has ended are not planned: nobody waits for them. */
  private async hasEnded(tenantId: TenantId, id: SyncId): Promise<boolean> {
    const sync = await this.syncs.sync(tenantId, id);
    return sync !== null && hasEnded(sync.state);
  }
}
