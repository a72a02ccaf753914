import { Module } from '@nestjs/common';
import { APP_FILTER, DiscoveryModule } from '@nestjs/core';
import { SyncQueue } from '#pipeline';
import { Undos } from '../undo/undos.js';
import { Audit } from './access/audit.js';
import { FirstOperatorKey } from './access/first-operator-key.js';
import { RateLimit } from './access/rate-limit.js';
import { DocsController } from './docs/docs.controller.js';
import { EventStreams } from './events/event-streams.js';
import { SyncEventsController } from './events/sync-events.controller.js';
import { SyncFeed } from './events/sync-feed.js';
import { HealthController } from './health/health.controller.js';
import { AccessGuard } from './http/access.guard.js';
import { AnswerInterceptor } from './http/answer.interceptor.js';
import { CsvStreams } from './http/csv-stream.js';
import { EndpointRegistry } from './http/endpoint-registry.js';
import { ProblemFilter } from './http/problem.filter.js';
import { RepeatableRequests } from './http/repeatable-requests.js';
import { OpenApiController } from './openapi/open-api.controller.js';
import { ConnectorsController } from './v1/connectors/connectors.controller.js';
import { MeController } from './v1/me/me.controller.js';
import { ApiKeysController } from './v1/tenants/api-keys/api-keys.controller.js';
import { AttributesController } from './v1/tenants/attributes/attributes.controller.js';
import { AuditController } from './v1/tenants/audit/audit.controller.js';
import { EvaluateController } from './v1/tenants/expressions/evaluate.controller.js';
import { IntegrationRequestsController } from './v1/tenants/integration-requests/integration-requests.controller.js';
import { MoveRequestController } from './v1/tenants/integration-requests/move-request.controller.js';
import { RequestWriter } from './v1/tenants/integration-requests/request-writer.js';
import { ChecksController } from './v1/tenants/integrations/check/checks.controller.js';
import { IntegrationPauser } from './v1/tenants/integrations/integration-pauser.js';
import { IntegrationReader } from './v1/tenants/integrations/integration-reader.js';
import { IntegrationSecrets } from './v1/tenants/integrations/integration-secrets.js';
import { IntegrationsController } from './v1/tenants/integrations/integrations.controller.js';
import { MappingImpactController } from './v1/tenants/integrations/mappings/mapping-impact.controller.js';
import { MappingTrialsController } from './v1/tenants/integrations/mappings/mapping-trials.controller.js';
import { MappingsController } from './v1/tenants/integrations/mappings/mappings.controller.js';
import { PayloadFieldsController } from './v1/tenants/integrations/payload-fields.controller.js';
import { ScimRequestsController } from './v1/tenants/integrations/scim-requests/scim-requests.controller.js';
import { KeyPairsController } from './v1/tenants/integrations/key-pairs/key-pairs.controller.js';
import { ScimTokensController } from './v1/tenants/integrations/scim-tokens/scim-tokens.controller.js';
import { LastFetch } from './v1/tenants/integrations/rate-budget/last-fetch.js';
import { RateBudgetController } from './v1/tenants/integrations/rate-budget/rate-budget.controller.js';
import { SetupController } from './v1/tenants/integrations/setup.controller.js';
import { QueueSyncController } from './v1/tenants/integrations/syncs/queue-sync.controller.js';
import { FailedRecordsRules } from './v1/tenants/integrations/syncs/failed-records-rules.js';
import { SyncRules } from './v1/tenants/integrations/syncs/sync-rules.js';
import { SyncStarter } from './v1/tenants/integrations/syncs/sync-starter.js';
import { LastRecordFinder } from './v1/tenants/outcomes/last-record.js';
import { OutcomeReader } from './v1/tenants/outcomes/outcome-reader.js';
import { NoticesController } from './v1/tenants/notices/notices.controller.js';
import { OutcomesController } from './v1/tenants/outcomes/outcomes.controller.js';
import { PeopleController } from './v1/tenants/people/people.controller.js';
import { PeopleFinder } from './v1/tenants/people/people-finder.js';
import { ReportsController } from './v1/tenants/reports/reports.controller.js';
import { ApprovalEffects } from './v1/tenants/syncs/approval-effects.js';
import { ApprovalsController } from './v1/tenants/syncs/approvals.controller.js';
import { CompareSyncsController } from './v1/tenants/syncs/compare-syncs.controller.js';
import { ExportOutcomesController } from './v1/tenants/syncs/export-outcomes.controller.js';
import { OutcomeLister } from './v1/tenants/syncs/outcome-lister.js';
import { RecordReader } from './v1/tenants/syncs/record-reader.js';
import { RecordRequests } from './v1/tenants/syncs/record-requests.js';
import { RecordsController } from './v1/tenants/syncs/records.controller.js';
import { PushCounts } from './v1/tenants/syncs/session-view.js';
import { SyncDetailReader } from './v1/tenants/syncs/sync-detail-reader.js';
import { SyncOutcomesController } from './v1/tenants/syncs/sync-outcomes.controller.js';
import { SyncProgressReader } from './v1/tenants/syncs/sync-progress-reader.js';
import { SyncTrail } from './v1/tenants/syncs/sync-trail.js';
import { SyncsController } from './v1/tenants/syncs/syncs.controller.js';
import { TrialDocuments } from './v1/tenants/syncs/trial-document.js';
import { UndoController } from './v1/tenants/syncs/undo.controller.js';
import { UndoRules } from './v1/tenants/syncs/undo-rules.js';
import { TenantsController } from './v1/tenants/tenants.controller.js';
import { EditUserController } from './v1/tenants/users/edit-user.controller.js';
import { SyncUserController } from './v1/tenants/users/sync-user.controller.js';
import { ExportUsersController } from './v1/tenants/users/export-users.controller.js';
import { UserEditor } from './v1/tenants/users/user-editor.js';
import { UserFinder } from './v1/tenants/users/user-finder.js';
import { UserHistoryController } from './v1/tenants/users/user-history.controller.js';
import { UserHistory } from './v1/tenants/users/user-history.js';
import { UserQueries } from './v1/tenants/users/user-query.js';
import { UsersController } from './v1/tenants/users/users.controller.js';
import { WebhooksController } from './v1/tenants/webhooks/webhooks.controller.js';

/** The REST API. The application that takes it is made with `RestAdapter`; ports come from the platform. */
@Module({
  imports: [DiscoveryModule],
  controllers: [
    HealthController,
    OpenApiController,
    DocsController,
    MeController,
    ConnectorsController,
    TenantsController,
    ApiKeysController,
    AttributesController,
    AuditController,
    IntegrationsController,
    IntegrationRequestsController,
    MoveRequestController,
    ChecksController,
    MappingsController,
    MappingTrialsController,
    MappingImpactController,
    PayloadFieldsController,
    ScimRequestsController,
    KeyPairsController,
    ScimTokensController,
    RateBudgetController,
    SetupController,
    QueueSyncController,
    EvaluateController,
    SyncsController,
    UndoController,
    SyncEventsController,
    SyncOutcomesController,
    RecordsController,
    CompareSyncsController,
    ApprovalsController,
    NoticesController,
    WebhooksController,
    OutcomesController,
    UsersController,
    UserHistoryController,
    ExportUsersController,
    ExportOutcomesController,
    ReportsController,
    PeopleController,
    EditUserController,
    SyncUserController,
  ],
  providers: [
    AccessGuard,
    AnswerInterceptor,
    Audit,
    CsvStreams,
    EndpointRegistry,
    EventStreams,
    FirstOperatorKey,
    IntegrationReader,
    LastFetch,
    IntegrationSecrets,
    LastRecordFinder,
    OutcomeLister,
    OutcomeReader,
    PeopleFinder,
    RateLimit,
    RecordReader,
    RecordRequests,
    RepeatableRequests,
    RequestWriter,
    PushCounts,
    SyncDetailReader,
    SyncFeed,
    SyncProgressReader,
    SyncTrail,
    SyncQueue,
    ApprovalEffects,
    IntegrationPauser,
    FailedRecordsRules,
    SyncRules,
    SyncStarter,
    UndoRules,
    Undos,
    TrialDocuments,
    UserEditor,
    UserFinder,
    UserHistory,
    UserQueries,
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
  exports: [Undos],
})
export class RestModule {}
