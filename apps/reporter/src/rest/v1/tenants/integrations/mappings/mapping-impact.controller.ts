import { Controller } from '@nestjs/common';
import { SettingsStore, SyncStore } from '#core';
import { SyncQueue } from '#pipeline';
import { callerName } from '../../../../http/caller.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../../http/endpoint.js';
import { notFound, ProblemError } from '../../../../http/problem.errors.js';
import { idOfMade } from '../../../../http/repeatable-requests.js';
import { syncView, toSyncView } from '../../syncs/sync-view.js';
import { SyncRules } from '../syncs/sync-rules.js';

const measureImpact = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/integrations/{integration}/mappings/{version}/impact',
  role: 'admin',
  idempotencyKey: 'optional',
  summary: 'Find out whom a mapping version would change: a dry replay of the newest complete snapshot',
  description: 'The source is not called and nobody is changed. Follow the sync; its outcomes are the answer.',
  status: 202,
  response: syncView,
  problems: ['connectorMissing', 'integrationDisabled', 'snapshotGone'],
});

@Controller()
export class MappingImpactController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly syncs: SyncStore,
    private readonly rules: SyncRules,
    private readonly queue: SyncQueue,
  ) {}

  @Endpoint(measureImpact)
  async start({ tenant, params, caller, repeatSeed }: InputOf<typeof measureImpact>) {
    const id = idOfMade('sync', repeatSeed);
    const queued = repeatSeed === null ? null : await this.syncs.sync(tenant.id, id);
    if (queued !== null) return toSyncView(queued);
    const integration = await this.settings.integration(tenant.id, params.integration);
    if (integration === null) throw notFound();
    if ((await this.settings.mapping(tenant.id, integration.id, params.version)) === null) throw notFound();
    this.rules.requireEnabled(integration);
    this.rules.requireConnector(integration);
    const mapping = await this.rules.mappingFor(integration, 'dry', params.version);
    const newest = await this.syncs.newestCompleteSnapshot(tenant.id, integration.id);
    if (newest === null) {
      throw new ProblemError('snapshotGone', 'There is no complete snapshot to try it on. Run a dry sync first.');
    }
    const snapshotOf = await this.rules.snapshotFor(integration, 'dry', newest);
    const requestedBy = callerName(caller);
    await this.queue.queue({
      id,
      tenant,
      integration,
      mode: 'dry',
      trigger: 'replay',
      mapping,
      requestedBy,
      snapshotOf,
    });
    const sync = await this.syncs.sync(tenant.id, id);
    if (sync === null) throw notFound();
    return toSyncView(sync);
  }
}
