import { Module } from '@nestjs/common';
import { AdvanceTicker } from './advance/advance-ticker.js';
import { ApprovalTaker } from './advance/approval-taker.js';
import { Barriers } from './advance/barriers.js';
import { StallWatch } from './advance/stall-watch.js';
import { DriftReplanner } from './advance/drift-replanner.js';
import { Superseder } from './advance/superseder.js';
import { AdvanceOutput, AdvanceSteps, AdvanceStores, SyncAdvancer } from './advance/sync-advancer.js';
import { LiveRequests } from './connections/live-requests.js';
import { LastGoodSyncs } from './metrics/last-good-syncs.js';
import { OpenWork } from './metrics/open-work.js';
import { PipelineGauges } from './metrics/pipeline-gauges.js';
import { SettledPlans } from './metrics/settled-plans.js';
import { RestModule } from './rest/rest.module.js';
import { ReporterCommandsStage } from './stages/commands.stage.js';
import { StoreOutcomesStage } from './stages/store-outcomes.stage.js';
import { UndoGate } from './undo/undo-gate.js';

/** Outcome rows, barriers, sync states, and the API that shows them. */
@Module({
  imports: [RestModule],
  controllers: [StoreOutcomesStage, ReporterCommandsStage],
  providers: [
    SyncAdvancer,
    AdvanceStores,
    AdvanceSteps,
    AdvanceOutput,
    AdvanceTicker,
    ApprovalTaker,
    Barriers,
    DriftReplanner,
    LastGoodSyncs,
    LiveRequests,
    OpenWork,
    PipelineGauges,
    SettledPlans,
    StallWatch,
    Superseder,
    UndoGate,
  ],
})
export class ReporterModule {}
