import { Controller } from '@nestjs/common';
import { DirectoryStore, OutcomeStore, type PlannedPage, type SyncId, usersOfPage } from '#core';
import { Consumes, type StageMessage } from '#pipeline';
import { Metrics } from '#telemetry';
import { SyncAdvancer } from '../advance/sync-advancer.js';

/** outcomes → rows: pages' plans and reports of slices. Both are stored once, however often they come. */
@Controller()
export class StoreOutcomesStage {
  constructor(
    private readonly directory: DirectoryStore,
    private readonly outcomes: OutcomeStore,
    private readonly advancer: SyncAdvancer,
    private readonly metrics: Metrics,
  ) {}

  @Consumes('outcomes', { group: 'reporter', maxBatch: 4 })
  async handle(batch: StageMessage<'outcomes'>[]): Promise<void> {
    const touched = new Map<SyncId, StageMessage<'outcomes'>['body']>();
    for (const { body } of batch) {
      touched.set(body.syncId, body);
      if (body.kind === 'slice') await this.outcomes.recordSlice(body);
      else await this.storePlanned(body);
    }
    for (const { tenantId, syncId } of touched.values()) await this.advancer.advance(tenantId, syncId);
  }

  private async storePlanned(page: PlannedPage): Promise<void> {
    const texts = await this.directory.searchTexts(page.tenantId, usersOfPage(page));
    if ((await this.outcomes.insertPlanned(page, texts)) !== 'inserted') return;
    this.metrics.records.inc({ stage: 'reporter/outcomes' }, page.records);
    for (const { code } of page.rows.flatMap(({ problems }) => problems)) this.metrics.mappingProblems.inc({ code });
  }
}
