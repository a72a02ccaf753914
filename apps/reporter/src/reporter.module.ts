import { Module } from '@nestjs/common';
import { MusterConfig } from '#config';
import { Dialler, EgressPolicy } from '#connector-sdk';
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
import { NoticeChannels, NoticeDelivery } from './notices/notice-delivery.js';
import { NoticeLoop } from './notices/notice-loop.js';
import { NoticeFacts, NoticeRecipients, NoticeWriter } from './notices/notice-writer.js';
import { SmtpMailer } from './notices/smtp-mailer.js';
import { WebhookSender } from './notices/webhook-sender.js';
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
    NoticeChannels,
    NoticeDelivery,
    NoticeFacts,
    NoticeLoop,
    NoticeRecipients,
    NoticeWriter,
    SmtpMailer,
    WebhookSender,
    OpenWork,
    PipelineGauges,
    SettledPlans,
    StallWatch,
    Superseder,
    UndoGate,
    {
      provide: Dialler,
      inject: [MusterConfig],
      useFactory: ({ egress: { allow, hosts, ca, proxy } }: MusterConfig) =>
        new Dialler({ policy: new EgressPolicy({ allow, hosts }), ca, proxy }),
    },
  ],
})
export class ReporterModule {}
