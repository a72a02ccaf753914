import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { SettingsStore, SyncStore } from '#core';
import { SyncQueue } from '#pipeline';
import { Audit } from '../../../../access/audit.js';
import { callerName } from '../../../../http/caller.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../../http/endpoint.js';
import { line } from '../../../../http/fields.js';
import { notFound } from '../../../../http/problem.errors.js';
import { idOfMade } from '../../../../http/repeatable-requests.js';
import { syncMode } from '../../../words.js';
import { syncView, toSyncView } from '../../syncs/sync-view.js';
import { FailedRecordsRules } from './failed-records-rules.js';
import { SyncRules } from './sync-rules.js';

const queueSync = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/integrations/{integration}/syncs',
  role: 'admin',
  idempotencyKey: 'optional',
  summary: 'Start a sync: dry unless asked otherwise',
  description:
    'A dry sync makes the whole plan and changes nobody; approving it applies exactly that plan. Everything that decides a sync is fixed now.',
  body: z.strictObject({
    mode: syncMode.default('dry'),
    replayOfSyncId: line(100).optional().describe('Read that sync’s stored snapshot instead of the source.'),
    mappingVersion: z.int().min(1).optional().describe('Left out: the active one.'),
    only: z
      .enum(['failed'])
      .optional()
      .describe(
        'Read again only the records that failed in the sync that `replayOfSyncId` names, from what it had stored; left out, in the newest sync that has read the source. Nobody else is touched.',
      ),
    reread: z
      .boolean()
      .default(false)
      .describe(
        'Read again what an earlier sync has applied, too: of a connector that leaves it out (`capabilities.reread`), such as one of files, the last one, from its archive if need be.',
      ),
    person: line(500).optional().describe('The source’s own id of one person: fetch only that one.'),
  }),
  status: 202,
  response: syncView,
  problems: [
    'connectorMissing',
    'dryFirst',
    'integrationDisabled',
    'noActiveMapping',
    'notNewestSnapshot',
    'notPlanned',
    'nothingFailed',
    'personUnsupported',
    'snapshotGone',
  ],
});

@Controller()
export class QueueSyncController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly syncs: SyncStore,
    private readonly rules: SyncRules,
    private readonly failed: FailedRecordsRules,
    private readonly queue: SyncQueue,
    private readonly audit: Audit,
  ) {}

  @Endpoint(queueSync)
  async start({ tenant, params, body, caller, repeatSeed }: InputOf<typeof queueSync>) {
    const id = idOfMade('sync', repeatSeed);
    const queued = repeatSeed === null ? null : await this.syncs.sync(tenant.id, id);
    if (queued !== null) return toSyncView(queued);
    const integration = await this.settings.integration(tenant.id, params.integration);
    if (integration === null) throw notFound();
    const { mode, person = null } = body;
    this.rules.requireEnabled(integration);
    this.rules.requireConnector(integration);
    if (person !== null) this.rules.requirePersonFetch(integration, body.only ?? body.replayOfSyncId);
    if (body.reread) this.rules.requireReread(integration, body);
    const mapping = await this.rules.mappingFor(integration, mode, body.mappingVersion);
    const failedOf = body.only === undefined ? null : await this.failed.syncFor(integration, mode, body.replayOfSyncId);
    const snapshotOf =
      body.replayOfSyncId === undefined || failedOf !== null
        ? null
        : await this.rules.snapshotFor(integration, mode, body.replayOfSyncId);
    const becomesLive = mode === 'live' && (await this.rules.becomesLive(integration));
    const sync = await this.queue.prepare({
      id,
      tenant,
      integration,
      mode,
      trigger: snapshotOf === null && failedOf === null ? 'manual' : 'replay',
      mapping,
      requestedBy: callerName(caller),
      person,
      failedOf,
      reread: body.reread,
      ...(snapshotOf === null ? {} : { snapshotOf }),
    });
    const generation = await this.syncs.queue(sync);
    if (becomesLive) {
      await this.settings.makeLive(tenant.id, integration.id);
      await this.audit.note(caller, tenant.id, 'integration.makeLive', integration.id, `live sync ${id}`);
    }
    // Last: a repeated request finds the sync and looks no further.
    await this.queue.wakeFor(sync);
    return toSyncView({ ...sync, generation });
  }
}
