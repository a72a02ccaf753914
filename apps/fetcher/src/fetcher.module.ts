import { Module } from '@nestjs/common';
import { MusterConfig } from '#config';
import { ChildRunner, ConnectorRunner } from '#connector-runner';
import { Dialler, EgressPolicy } from '#connector-sdk';
import { SyncQueue } from '#pipeline';
import { Logger, Metrics } from '#telemetry';
import { CheckTask } from './check-task.js';
import { CommitTask } from './commit-task.js';
import { ErrandWork } from './errand-work.js';
import { FailedRecords } from './failed-records.js';
import { FetchTask } from './fetch-task.js';
import { FetchWork } from './fetch-work.js';
import { FetcherLoops } from './fetcher-loops.js';
import { FindWork } from './find-work.js';
import { ManifestWriter } from './manifest-writer.js';
import { PageChain } from './page-chain.js';
import { PagePublishing } from './page-publishing.js';
import { ReplayTask } from './replay-task.js';
import { RepublishTask } from './republish-task.js';
import { ScheduleWork } from './schedule-work.js';
import { Scheduler, SchedulerStores } from './scheduler.js';
import { SecretKeeper } from './secret-keeper.js';
import { SnapshotFetcher } from './snapshot-fetcher.js';
import { SourceOpener } from './source-opener.js';
import { SourceSettings } from './source-settings.js';
import { SyncWatch } from './sync-watch.js';
import { WakeStage } from './wake.stage.js';

/** The role that reads sources: pages, manifests, connector state, connection checks; and that queues scheduled syncs. Needs the platform's ports. */
@Module({
  controllers: [WakeStage],
  providers: [
    CheckTask,
    CommitTask,
    ErrandWork,
    FailedRecords,
    FetchTask,
    FetchWork,
    FetcherLoops,
    FindWork,
    ManifestWriter,
    PageChain,
    PagePublishing,
    ReplayTask,
    RepublishTask,
    ScheduleWork,
    Scheduler,
    SchedulerStores,
    SecretKeeper,
    SnapshotFetcher,
    SourceOpener,
    SourceSettings,
    SyncQueue,
    SyncWatch,
    {
      provide: ConnectorRunner,
      inject: [MusterConfig, Logger, Metrics],
      useFactory: ({ dataDir, connectors }: MusterConfig, logger: Logger, metrics: Metrics) =>
        new ChildRunner({
          limits: connectors.limits,
          privateDirectories: [dataDir, connectors.directory],
          logger,
          metrics,
        }),
    },
    {
      provide: Dialler,
      inject: [MusterConfig],
      useFactory: ({ egress: { allow, hosts, ca, proxy } }: MusterConfig) =>
        new Dialler({ policy: new EgressPolicy({ allow, hosts }), ca, proxy }),
    },
  ],
})
export class FetcherModule {}
