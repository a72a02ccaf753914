import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { SettingsStore } from '#core';
import { defineEndpoint, Endpoint, type InputOf } from '../../../../http/endpoint.js';
import { line } from '../../../../http/fields.js';
import { notFound } from '../../../../http/problem.errors.js';
import { syncMode } from '../../../words.js';
import { syncView, toSyncView } from '../../syncs/sync-view.js';
import { startProblems, SyncStarter } from './sync-starter.js';

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
  problems: [...startProblems, 'notNewestSnapshot', 'notPlanned', 'nothingFailed', 'snapshotGone'],
});

@Controller()
export class QueueSyncController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly starter: SyncStarter,
  ) {}

  @Endpoint(queueSync)
  async start({ tenant, params, body, caller, repeatSeed }: InputOf<typeof queueSync>) {
    const queued = await this.starter.queuedBefore(tenant, repeatSeed);
    if (queued !== null) return toSyncView(queued);
    const integration = await this.settings.integration(tenant.id, params.integration);
    if (integration === null) throw notFound();
    return toSyncView(await this.starter.start({ tenant, integration, asked: body, caller, repeatSeed }));
  }
}
