import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  type IntegrationId,
  type SyncFilter,
  type SyncId,
  syncModes,
  syncStates,
  SyncStore,
  syncTriggers,
} from '#core';
import { SyncQueue } from '#pipeline';
import { Audit } from '../../../access/audit.js';
import { Answer } from '../../../http/answer.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { instant } from '../../../http/fields.js';
import { decodeCursor, pageOf, pageQuery, toPage } from '../../../http/page.js';
import { notFound, ProblemError } from '../../../http/problem.errors.js';
import { PushCounts } from './session-view.js';
import { SyncDetailReader } from './sync-detail-reader.js';
import { syncDetail, syncView, toSyncView } from './sync-view.js';

const listSyncs = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/syncs',
  role: 'viewer',
  summary: 'The tenant’s syncs, newest first',
  query: z.strictObject({
    integration: z.string().max(100).optional().describe('Of this integration only.'),
    mode: z.enum(syncModes).optional().describe('Of this mode only. A dry one that was approved is live.'),
    trigger: z.enum(syncTriggers).optional().describe('Only those that this has started.'),
    state: z.enum(syncStates).optional().describe('Only those in this state.'),
    session: z
      .string()
      .max(100)
      .optional()
      .describe(
        'The syncs of this push session. Without it and `state`, each session is shown by its newest sync alone.',
      ),
    from: instant.optional().describe('Queued at this instant or after.'),
    to: instant.optional().describe('Queued before this instant.'),
    ...pageQuery,
  }),
  response: pageOf(syncView),
});

const getSync = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/syncs/{sync}',
  role: 'viewer',
  summary: 'One sync: its summary in plain words, counts, safeguards and progress',
  response: syncDetail,
});

const cancelSync = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/syncs/{sync}/cancel',
  role: 'admin',
  idempotencyKey: 'optional',
  summary: 'Stop a sync; what is being written at this moment is finished',
  status: 202,
  response: syncView,
  problems: ['alreadyEnded'],
});

@Controller()
export class SyncsController {
  constructor(
    private readonly syncs: SyncStore,
    private readonly details: SyncDetailReader,
    private readonly pushCounts: PushCounts,
    private readonly queue: SyncQueue,
    private readonly audit: Audit,
  ) {}

  @Endpoint(listSyncs)
  async list({ tenant, query }: InputOf<typeof listSyncs>) {
    const { limit, cursor, integration, session, ...rest } = query;
    const filter: SyncFilter = session === undefined ? {} : { session: session as SyncId };
    // Nobody asks for what waits for a word, and is not shown one that does.
    if (session === undefined && rest.state === undefined) filter.foldSessions = true;
    if (integration !== undefined) filter.integrationId = integration as IntegrationId;
    for (const [name, value] of Object.entries(rest)) {
      if (value !== undefined) Object.assign(filter, { [name]: value });
    }
    const found = await this.syncs.syncs(tenant.id, filter, decodeCursor(cursor) as SyncId | null, limit + 1);
    const page = toPage(
      found,
      limit,
      ({ id }) => id,
      (sync) => sync,
    );
    const counts = await this.pushCounts.of(tenant.id, page.items);
    return { ...page, items: page.items.map((sync) => toSyncView(sync, counts.get(sync.id))) };
  }

  @Endpoint(getSync)
  async read({ tenant, params }: InputOf<typeof getSync>) {
    const sync = await this.syncs.sync(tenant.id, params.sync);
    if (sync === null) throw notFound();
    return this.details.read(sync);
  }

  @Endpoint(cancelSync)
  async cancel({ tenant, params, caller }: InputOf<typeof cancelSync>) {
    const sync = await this.syncs.sync(tenant.id, params.sync);
    if (sync === null) throw notFound();
    if (!(await this.syncs.requestCancel(tenant.id, sync.id))) {
      throw new ProblemError(
        'alreadyEnded',
        'There is nothing left to stop. Reject what is held, if that is what you want.',
      );
    }
    await this.audit.note(caller, tenant.id, 'sync.cancel', sync.id);
    await this.queue.wake(sync, ['fetcher', 'reconciler', 'reporter']);
    const counts = await this.pushCounts.of(tenant.id, [sync]);
    return new Answer(toSyncView({ ...sync, cancelRequested: true }, counts.get(sync.id)));
  }
}
