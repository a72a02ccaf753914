import { Module } from '@nestjs/common';
import { MusterConfig } from '#config';
import { ChildRunner, ConnectorRunner } from '#connector-runner';
import { Dialler, EgressPolicy } from '#connector-sdk';
import { SyncQueue } from '#pipeline';
import { Logger, Metrics } from '#telemetry';
import { ArrivalQueue, ArrivalStores } from './arrival-queue.js';
import { ArrivalWork } from './arrival-work.js';
import { Arrivals } from './arrivals.js';
import { CheckTask } from './check-task.js';
import { CommitTask } from './commit-task.js';
import { ErrandWork } from './errand-work.js';
import { FailedRecords } from './failed-records.js';
import { FetchTask } from './fetch-task.js';
import { FetchWork } from './fetch-work.js';
import { FetcherLoops } from './fetcher-loops.js';
import { FindWork } from './find-work.js';
import { InboxAccounts } from './inbox-accounts.js';
import { InboxServer } from './inbox-server.js';
import { ManifestWriter } from './manifest-writer.js';
import { PageChain } from './page-chain.js';
import { PagePublishing } from './page-publishing.js';
import { ReplayTask } from './replay-task.js';
import { RepublishTask } from './republish-task.js';
import { ScheduleWork } from './schedule-work.js';
import { Scheduler, SchedulerStores } from './scheduler.js';
import { PushQueue, PushQueueStores } from './scim/push-queue.js';
import { PushWork } from './scim/push-work.js';
import { PushedChanges } from './scim/pushed-changes.js';
import { PushedPeopleReader } from './scim/pushed-people-reader.js';
import { ScimAccess } from './scim/scim-access.js';
import { ScimBulk } from './scim/scim-bulk.js';
import { ScimErrors } from './scim/scim-errors.js';
import { ScimFinder } from './scim/scim-finder.js';
import { ScimPresenter } from './scim/scim-presenter.js';
import { ScimRequests } from './scim/scim-requests.js';
import { ScimResources } from './scim/scim-resources.js';
import { ScimOperations, ScimRoutes } from './scim/scim-routes.js';
import { ScimServer } from './scim/scim-server.js';
import { SecretKeeper } from './secret-keeper.js';
import { SnapshotFetcher } from './snapshot-fetcher.js';
import { SourceBudgets } from './rate-budget/source-budgets.js';
import { SourceOpener, SourceWays } from './source-opener.js';
import { SourceSettings } from './source-settings.js';
import { SyncSources } from './sync-sources.js';
import { SyncWatch } from './sync-watch.js';
import { UnaskedWork } from './unasked-work.js';
import { WakeStage } from './wake.stage.js';

/**
 * The role that reads sources: pages, manifests, connector state, connection checks; that queues scheduled syncs and those of
 * files that arrive; and that serves SCIM to identity providers. Needs the platform's ports.
 */
@Module({
  controllers: [WakeStage],
  providers: [
    ArrivalQueue,
    ArrivalStores,
    ArrivalWork,
    Arrivals,
    CheckTask,
    CommitTask,
    ErrandWork,
    FailedRecords,
    FetchTask,
    FetchWork,
    FetcherLoops,
    FindWork,
    InboxAccounts,
    InboxServer,
    ManifestWriter,
    PageChain,
    PagePublishing,
    PushQueue,
    PushQueueStores,
    PushWork,
    PushedChanges,
    PushedPeopleReader,
    ReplayTask,
    RepublishTask,
    ScheduleWork,
    Scheduler,
    SchedulerStores,
    ScimAccess,
    ScimBulk,
    ScimErrors,
    ScimFinder,
    ScimOperations,
    ScimPresenter,
    ScimRequests,
    ScimResources,
    ScimRoutes,
    ScimServer,
    SecretKeeper,
    SnapshotFetcher,
    SourceBudgets,
    SourceOpener,
    SourceSettings,
    SourceWays,
    SyncQueue,
    SyncSources,
    SyncWatch,
    UnaskedWork,
    {
      provide: ConnectorRunner,
      inject: [MusterConfig, Logger, Metrics],
      useFactory: ({ dataDir, sftp, connectors }: MusterConfig, logger: Logger, metrics: Metrics) =>
        new ChildRunner({
          limits: connectors.limits,
          privateDirectories: [dataDir, connectors.directory, ...(sftp === null ? [] : [sftp.directory])],
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
